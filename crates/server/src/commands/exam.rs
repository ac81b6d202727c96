//! `parvis exam`: a town's own questions, asked as residents ask them, and marked.

#[cfg(feature = "llama")]
mod candidates;

use super::{catch_up, clock, open_existing, site};
use crate::cli::{self, Use};
use crate::config::Config;
use crate::terminal::{progress, say};
use anyhow::{Context as _, Result, bail};
use assistant::{Context, Exam, Language, Marks, Model, ModelMarks, Question, RevisionFilter, Row, Wish};
use chrono::{DateTime, Utc};
use domain::life::State;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

pub(super) async fn run(args: cli::Exam, config: &Config) -> Result<ExitCode> {
    if let Some(file) = args.models.first().filter(|_| !cfg!(feature = "llama")) {
        bail!(
            "this parvis was built without models in its process: to examine {}, build it with `cargo build --release \
             --features llama`",
            file.display()
        );
    }
    let file = args.questions.display().to_string();
    let text = std::fs::read_to_string(&args.questions).with_context(|| format!("reading {file}"))?;
    let questions = Question::read_all(&file, &text)?;
    let now = clock(args.now).now();
    let exam = match &args.corpus {
        Some(corpus) => of_corpus(corpus, now).await?,
        None => of_site(args.site.as_deref(), config).await?,
    };
    let exam = match args.model || !args.models.is_empty() {
        true => exam.with_meter(config.energy.meter()),
        false => exam,
    };
    let has_model = args.model || !args.models.is_empty();
    if !has_model && (args.easy_to_read || args.lang.is_some()) {
        bail!("--easy-to-read and --lang are of a language model; give --model, or --models with files");
    }
    let exam = match config.second_opinion.opinion()? {
        Some(opinion) if !args.without.contains(&Use::SecondOpinion) => exam.with_second_opinion(opinion),
        _ => exam,
    };
    let wish = Wish {
        easy_to_read: args.easy_to_read,
        language: args.lang.as_deref().and_then(Language::parse),
    };
    #[cfg(feature = "llama")]
    if !args.models.is_empty() {
        let settings = candidates::Settings {
            model: &config.model,
            without: &args.without,
            wish,
            now,
            json: args.json,
        };
        return candidates::run(&exam, &args.models, &questions, &settings).await;
    }
    let bar = progress(questions.len() as u64, "asking");
    if args.model {
        let Some(model) = config.model.model()? else {
            bail!(
                "there is no model to examine; name its server under [model] in a parvis.toml and give it with --config"
            );
        };
        let model = left_out(model, &args.without);
        let holding = exam.hold_for_model(model, wish, &questions, now, || bar.inc(1));
        let marks = holding.await?;
        bar.finish_and_clear();
        return model_table(&marks, args.json);
    }
    let (marks, rows) = exam.hold(&questions, args.budget, now, || bar.inc(1)).await?;
    bar.finish_and_clear();
    if let Some(out) = &args.out {
        write_rows(out, &rows).with_context(|| format!("writing {}", out.display()))?;
    }
    if args.json {
        say(serde_json::to_string(&marks)?)?;
    } else {
        table(&marks)?;
    }
    Ok(ExitCode::SUCCESS)
}

async fn of_corpus(path: &Path, now: DateTime<Utc>) -> Result<Exam> {
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path).with_context(|| format!("reading {name}"))?;
    let context = Context {
        timezone: chrono_tz::Europe::Paris,
        base_url: None,
    };
    let rows = || text.lines().enumerate().filter(|(_, row)| !row.trim().is_empty());
    let bar = progress(rows().count() as u64, "indexing");
    let documents = rows().map(|(index, row)| assistant::read_row(&name, index + 1, row, &context));
    let exam = Exam::of_corpus(documents, now, |done| bar.set_position(done.saved as u64)).await?;
    bar.finish_and_clear();
    Ok(exam)
}

async fn of_site(key: Option<&str>, config: &Config) -> Result<Exam> {
    let (assistant, data_dir) = open_existing(config).await?;
    let site = site(&assistant, key).await?;
    catch_up(&assistant, &data_dir).await?;
    let published = RevisionFilter {
        states: vec![State::Published],
        ..RevisionFilter::default()
    };
    let documents = assistant.revisions(&published).await?.len();
    Ok(Exam::of_site(assistant, &site.key, documents))
}

fn write_rows(path: &Path, rows: &[Row]) -> Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    for row in rows {
        serde_json::to_writer(&mut out, row)?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    Ok(())
}

/// The model without the uses that are to be left out.
fn left_out(model: Model, without: &[Use]) -> Model {
    let other_wordings = model.other_wordings;
    Model {
        other_wordings: other_wordings.filter(|_| !without.contains(&Use::OtherWordings)),
        ..model
    }
}

fn model_table(marks: &ModelMarks, json: bool) -> Result<ExitCode> {
    if json {
        say(serde_json::to_string(marks)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    for (name, count) in [
        ("given", marks.given),
        ("reworded", marks.reworded),
        ("shown", marks.shown),
        ("dropped", marks.dropped),
        ("repeated", marks.repeated),
    ] {
        say(format!("{name:<20} {count:>8}"))?;
    }
    for (name, mark, digits) in [
        ("answered", marks.answered, 3),
        ("refused", marks.refused, 3),
        ("proven", marks.proven, 3),
        ("reading_ease", marks.reading_ease, 1),
        ("of_extracts", marks.reading_ease_of_extracts, 1),
        ("tokens_per_second", marks.tokens_per_second, 1),
        ("watt_hours", marks.watt_hours, 6),
        ("of_extracts_alone", marks.watt_hours_of_extracts, 6),
    ] {
        if let Some(mark) = mark {
            say(format!("{name:<20} {mark:>8.digits$}"))?;
        }
    }
    for (name, times) in [
        ("ms_to_first", &marks.ms_to_first),
        ("ms_to_end", &marks.ms_to_end),
    ] {
        let (median, p99) = (times.median, times.p99);
        say(format!("{name:<20} {median:>8.0} median, {p99:.0} p99"))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn table(marks: &Marks) -> Result<()> {
    let shares = [
        ("R@1", marks.recall_1),
        ("R@3", marks.recall_3),
        ("R@5", marks.recall_5),
        ("R@10", marks.recall_10),
        ("MRR@10", marks.mrr_10),
        ("span_in_answer", marks.span_in_answer),
        ("span_in_answer_306", marks.span_in_answer_306),
        ("answered", marks.answered),
        ("precision", marks.precision),
        ("refused", marks.refused),
        ("auroc", marks.auroc),
        ("verdicts", marks.verdicts),
    ];
    for (name, share) in shares {
        if let Some(share) = share {
            say(format!("{name:<20} {share:>8.3}"))?;
        }
    }
    let times = &marks.ms_per_question;
    say(format!(
        "{:<20} {:>8.2} median, {:.2} p99",
        "ms_per_question", times.median, times.p99
    ))?;
    say(format!("{:<20} {:>8}", "questions", marks.questions))?;
    say(format!("{:<20} {:>8}", "documents", marks.documents))?;
    say(format!("{:<20} {:>8.2}", "index_seconds", marks.index_seconds))?;
    if let Some(opinions) = &marks.second_opinions {
        for (name, count) in [
            ("asked", opinions.asked),
            ("given", opinions.given),
            ("followed", opinions.followed),
        ] {
            say(format!("{:<20} {count:>8}", format!("opinions_{name}")))?;
        }
    }
    if !marks.reliability.is_empty() {
        say("\nconfidence  right  questions")?;
        for bin in &marks.reliability {
            say(format!(
                "{:>10.2}  {:>5.2}  {:>9}",
                bin.confidence, bin.right, bin.questions
            ))?;
        }
    }
    Ok(())
}
