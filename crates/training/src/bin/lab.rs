//! lab (not committed)
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::allow_attributes,
    unreachable_pub,
    missing_docs
)]
use anyhow::Context as _;
use domain::document::{Content, Draft};
use domain::ids::{CollectionId, DocumentId, RevisionId, Sequence};
use domain::passage;
use retrieval::{Change, Index, IndexEntry, PassageEntry, Query};
use std::io::Write as _;
fn entry(content: &Content, kind: domain::document::DocumentKind, id: i64) -> IndexEntry {
    IndexEntry {
        document: DocumentId(id),
        revision: RevisionId(id),
        collection: CollectionId(1),
        kind,
        title: content.title.clone(),
        questions: content.questions.clone(),
        keywords: content.keywords.clone(),
        passages: passage::split(&content.text, &content.blocks)
            .into_iter()
            .map(|spec| {
                let trail: Vec<_> = spec
                    .trail
                    .iter()
                    .filter_map(|span| content.text.slice(*span))
                    .collect();
                PassageEntry {
                    ordinal: spec.ordinal,
                    trail: trail.join("\n"),
                    body: content.text.slice(spec.span).unwrap_or_default().to_owned(),
                }
            })
            .collect(),
    }
}
fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().collect();
    let context = ingest::Context {
        timezone: chrono_tz::Europe::Paris,
        base_url: None,
    };
    let mut drafts: Vec<Draft> = std::fs::read_to_string(&args[1])?
        .lines()
        .enumerate()
        .map(|(n, line)| {
            ingest::corpus::read_row(&args[1], n + 1, line, &context).map_err(|e| anyhow::anyhow!("{e}"))
        })
        .collect::<anyhow::Result<_>>()?;
    if args[2] == "1" {
        for d in &mut drafts {
            d.content.title.clear();
        }
    }
    let names: Vec<String> = drafts.iter().map(|d| d.external_id.as_str().to_owned()).collect();
    let index = Index::in_memory()?;
    let changes: Vec<_> = drafts
        .iter()
        .enumerate()
        .map(|(n, d)| Change::Put(entry(&d.content, d.kind, n as i64)))
        .collect();
    index.apply(&changes, Sequence(1))?;
    for pair in args[3..].chunks(2) {
        let started = std::time::Instant::now();
        let mut w = std::io::BufWriter::new(std::fs::File::create(&pair[1])?);
        let mut count = 0;
        for line in std::fs::read_to_string(&pair[0])?.lines() {
            let row: serde_json::Value = serde_json::from_str(line)?;
            let query = row["query"].as_str().context("query")?;
            let gold: Vec<DocumentId> = row["gold"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|g| names.iter().position(|n| Some(n.as_str()) == g.as_str()))
                .map(|n| DocumentId(n as i64))
                .collect();
            let show = |without: &[DocumentId], most: usize| -> anyhow::Result<Vec<serde_json::Value>> {
                Ok(index
                    .observe(&Query::new(query), &[CollectionId(1)], without)?
                    .iter()
                    .take(most)
                    .map(|o| {
                        let mut f = o.evidence.clone();
                        f.push(o.score);
                        serde_json::json!([names[o.document.0 as usize], f])
                    })
                    .collect())
            };
            serde_json::to_writer(
                &mut w,
                &serde_json::json!({"qid": row["qid"], "query": query, "gold": row["gold"], "c": show(&[], 60)?, "near": if gold.is_empty() { vec![] } else { show(&gold, 1)? }}),
            )?;
            w.write_all(b"\n")?;
            count += 1;
        }
        eprintln!(
            "{} {count} {:.3} ms",
            pair[1],
            started.elapsed().as_secs_f64() * 1000.0 / f64::from(count)
        );
    }
    Ok(())
}
