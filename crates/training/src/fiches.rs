//! The State's fiches, as drafts, with how each is called where another links to it.

use anyhow::Context as _;
use domain::document::Draft;
use domain::text::{BlockKind, fold_white_space};
use std::collections::HashMap;
use std::io::Read as _;
use std::path::Path;

/// A fiche.
pub(crate) struct Fiche {
    pub(crate) draft: Draft,
    /// The wordings of links to it, by other fiches.
    pub(crate) links: Vec<String>,
}

/// Reads the archive that `cargo xtask fiches` writes.
pub(crate) fn read(path: &Path) -> anyhow::Result<Vec<Fiche>> {
    let context = ingest::Context {
        timezone: chrono_tz::Europe::Paris,
        base_url: None,
    };
    let open = || std::fs::File::open(path).with_context(|| format!("opening {}", path.display()));
    let mut fiches = Vec::new();
    let name = path.display().to_string();
    ingest::archive::read_zip(
        &name,
        open()?,
        &ingest::archive::Limits::default(),
        &context,
        |draft| {
            fiches.extend(draft.ok().map(|draft| Fiche {
                draft,
                links: Vec::new(),
            }));
        },
    )
    .map_err(|refused| anyhow::anyhow!("{refused}"))?;
    let mut links = links(open()?)?;
    for fiche in &mut fiches {
        let id = fiche.draft.external_id.as_str();
        fiche.links = links.remove(id).unwrap_or_default();
        fiche.links.sort();
        fiche.links.dedup();
    }
    Ok(fiches)
}

fn links(file: std::fs::File) -> anyhow::Result<HashMap<String, Vec<String>>> {
    let mut archive = zip::ZipArchive::new(file)?;
    let mut links: HashMap<String, Vec<String>> = HashMap::new();
    let mut xml = String::new();
    for index in 0..archive.len() {
        xml.clear();
        archive.by_index(index)?.read_to_string(&mut xml)?;
        for link in xml.split("<LienInterne ").skip(1) {
            let Some((attributes, rest)) = link.split_once('>') else {
                continue;
            };
            let Some((words, _)) = rest.split_once("</LienInterne>") else {
                continue;
            };
            let target = attributes
                .split_once("LienPublication=\"")
                .and_then(|(_, id)| id.split_once('"'));
            if let Some((target, _)) = target {
                let words = words
                    .split('<')
                    .map(|part| part.split_once('>').map_or(part, |(_, text)| text));
                let words = words.collect::<Vec<_>>().join("").replace("&amp;", "&");
                links
                    .entry(target.to_owned())
                    .or_default()
                    .push(fold_white_space(&words));
            }
        }
    }
    Ok(links)
}

impl Fiche {
    /// Its headings, as written.
    pub(crate) fn headings(&self) -> impl Iterator<Item = &str> {
        let content = &self.draft.content;
        let headings = content
            .blocks
            .iter()
            .filter(|block| matches!(block.kind, BlockKind::Heading(_) | BlockKind::Question));
        headings.filter_map(|block| content.text.slice(block.span))
    }
}
