//! The command line: one definition for parsing, help and errors.

use chrono::{DateTime, Utc};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::net::SocketAddr;
use std::path::PathBuf;

/// Answers a town's residents from the content that the town has validated, and shows its proof.
#[derive(Debug, Parser)]
#[command(name = "parvis", version, max_term_width = 100)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What every command takes.
#[derive(Debug, Args)]
pub(crate) struct Global {
    /// Where the database, the index and the installation key are kept [default: data; data/demo for demo]
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) data_dir: Option<PathBuf>,
    /// The configuration [default: the built-in one, see parvis.default.toml]
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Log more; twice for everything
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub(crate) verbose: u8,
    /// Log less; twice for errors only
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub(crate) quiet: u8,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Load an invented town into its own database, and serve it
    Demo(Demo),
    /// Serve the sites of the configuration
    Serve(Serve),
    /// Ask a question; exit status 3 where the validated content does not answer
    Ask(Ask),
    /// Read a file, a folder, a zip archive or a sitemap into drafts; exit status 2 where some were refused
    Import(Import),
    /// List, read, approve, publish or retract what was imported; who did what
    #[command(subcommand)]
    Review(Review),
    /// Ask the questions of an exam and mark the answers
    Exam(Exam),
    /// Count the answers of the last 30 days, what the model had of them, and what they took of energy
    Quality(Quality),
    /// Try the town's number without a telephone
    #[command(subcommand)]
    Sms(Sms),
    /// Look for damage, an index that lags behind and jobs that failed; exit status 1 where something is wrong
    Check,
    /// Delete the conversations that have expired, and the keys of periods that are over
    Purge,
}

/// `parvis demo`
#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// Delete what the demo holds, and load it again
    #[arg(long)]
    pub(crate) fresh: bool,
    /// Where to listen; port 0 takes any free port
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub(crate) listen: Option<SocketAddr>,
    /// Do not open a browser
    #[arg(long)]
    pub(crate) no_open: bool,
    /// A language model to say extracts again in plain words: a GGUF file; needs a build with `--features llama`
    #[arg(long, value_name = "FILE")]
    pub(crate) model: Option<PathBuf>,
    /// Let pages of this origin embed the widget ("http://localhost:3000")
    #[arg(long, value_name = "URL")]
    pub(crate) allow_origin: Vec<String>,
    /// The instant to take for now, RFC 3339
    #[arg(long, value_name = "INSTANT")]
    pub(crate) now: Option<DateTime<Utc>>,
}

/// `parvis serve`
#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// Where to listen; port 0 takes any free port
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub(crate) listen: Option<SocketAddr>,
}

/// `parvis ask`
#[derive(Debug, Args)]
pub(crate) struct Ask {
    /// The question, as a resident would ask it
    pub(crate) question: String,
    /// Print the answer as the HTTP interface gives it
    #[arg(long)]
    pub(crate) json: bool,
    /// The site to ask; needed where there are several
    #[arg(long, value_name = "KEY")]
    pub(crate) site: Option<String>,
    /// The most characters of the answer: 306 for one SMS answer, 459 for a long one
    #[arg(long, value_name = "CHARACTERS")]
    pub(crate) budget: Option<usize>,
    /// The instant to take for now, RFC 3339
    #[arg(long, value_name = "INSTANT")]
    pub(crate) now: Option<DateTime<Utc>>,
    /// The language of the phrases around the extracts
    #[arg(long, value_name = "LANGUAGE", value_parser = assistant::Language::ALL.map(assistant::Language::tag))]
    pub(crate) lang: Option<String>,
}

/// `parvis import`
#[derive(Debug, Args)]
pub(crate) struct Import {
    /// A file, a folder, a zip archive, or the address of a sitemap
    #[arg(value_name = "PATH|SITEMAP")]
    pub(crate) from: String,
    /// The site to import for; needed where there are several
    #[arg(long, value_name = "KEY")]
    pub(crate) site: Option<String>,
    /// The collection to import into [default: the site's key]
    #[arg(long, value_name = "NAME")]
    pub(crate) collection: Option<String>,
    /// Let other sites subscribe to the collection
    #[arg(long, requires = "collection")]
    pub(crate) shared: bool,
    /// Who publishes this, as residents read it [default: the site's name]
    #[arg(long, value_name = "NAME")]
    pub(crate) source: Option<String>,
    /// Your name, for the audit trail
    #[arg(long = "as", value_name = "NAME")]
    pub(crate) author: String,
    /// Who declares the source trusted, who may be yourself: it then publishes by itself, until `parvis review distrust`
    #[arg(long, value_name = "NAME")]
    pub(crate) trusted_by: Option<String>,
}

/// `parvis review`
#[derive(Debug, Subcommand)]
pub(crate) enum Review {
    /// List revisions
    List {
        #[command(flatten)]
        filter: Filter,
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Show what revisions would change in what is published
    Diff(Chosen),
    /// Vouch for revisions that somebody else wrote or imported
    Approve(Step),
    /// Refuse revisions for good
    Reject(Ending),
    /// Let approved revisions answer
    Publish(Step),
    /// Stop published revisions from answering
    Retract(Ending),
    /// Show who did what and when, latest first
    Log {
        /// Only what is about this source and its documents
        #[arg(long, value_name = "NAME")]
        source: Option<String>,
        /// At most so many lines
        #[arg(long, value_name = "LINES", default_value_t = 50)]
        limit: u32,
    },
    /// Stop a trusted source from publishing by itself; what it published stays
    Distrust {
        /// The source's name, as citations show it
        #[arg(long, value_name = "NAME")]
        source: String,
        /// Your name, for the audit trail
        #[arg(long = "as", value_name = "NAME")]
        person: String,
    },
}

/// Which revisions a list holds.
#[derive(Debug, Default, Args)]
pub(crate) struct Filter {
    /// draft, submitted, approved, published, retired or rejected
    #[arg(long, value_name = "STATE")]
    pub(crate) state: Option<String>,
    /// Only those of this source
    #[arg(long, value_name = "NAME")]
    pub(crate) source: Option<String>,
    /// Only those whose title holds this
    #[arg(long = "match", value_name = "TEXT")]
    pub(crate) matching: Option<String>,
}

/// Revisions, by number or by filter.
#[derive(Debug, Args)]
pub(crate) struct Chosen {
    /// Their numbers, from `parvis review list`
    #[arg(value_name = "ID", required_unless_present = "all")]
    pub(crate) ids: Vec<i64>,
    /// All those that the filter lets through
    #[arg(long, conflicts_with = "ids")]
    pub(crate) all: bool,
    #[command(flatten)]
    pub(crate) filter: Filter,
}

/// A step in the life of revisions.
#[derive(Debug, Args)]
pub(crate) struct Step {
    #[command(flatten)]
    pub(crate) chosen: Chosen,
    /// Your name, for the audit trail
    #[arg(long = "as", value_name = "NAME")]
    pub(crate) person: String,
    /// Do not ask before doing it to all
    #[arg(long)]
    pub(crate) yes: bool,
}

/// A step that needs a reason.
#[derive(Debug, Args)]
pub(crate) struct Ending {
    #[command(flatten)]
    pub(crate) step: Step,
    /// Why; the reason stays in the audit trail
    #[arg(long, value_name = "TEXT")]
    pub(crate) why: String,
}

/// `parvis sms`
#[derive(Debug, Subcommand)]
pub(crate) enum Sms {
    /// A telephone in the terminal: each line is a message to the town, nothing leaves this machine
    Simulate(Simulate),
}

/// `parvis sms simulate`
#[derive(Debug, Args)]
pub(crate) struct Simulate {
    /// The telephone's number [default: one of those reserved for fiction]
    #[arg(
        long,
        value_name = "NUMBER",
        default_value = "+33639980001",
        hide_default_value = true
    )]
    pub(crate) from: String,
    /// The site to write to; needed where there are several
    #[arg(long, value_name = "KEY")]
    pub(crate) site: Option<String>,
    /// Print one JSON object for each message, with what came in return
    #[arg(long)]
    pub(crate) json: bool,
    /// The instant to take for now, RFC 3339
    #[arg(long, value_name = "INSTANT")]
    pub(crate) now: Option<DateTime<Utc>>,
}

/// `parvis exam`
#[derive(Debug, Args)]
pub(crate) struct Exam {
    /// The questions: JSON lines {"qid","query","gold":[…],"answer"?}
    #[arg(long, value_name = "FILE")]
    pub(crate) questions: PathBuf,
    /// Documents to ask instead of the site: JSON lines {"id","title","text","url"?}
    #[arg(long, value_name = "FILE")]
    pub(crate) corpus: Option<PathBuf>,
    /// Print the marks as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
    /// Write a JSON line for each question here
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// The most characters of an answer
    #[arg(long, value_name = "CHARACTERS", default_value_t = 459)]
    pub(crate) budget: usize,
    /// Examine the language model of the configuration instead: what becomes of its sentences on the answers
    #[arg(long, conflicts_with_all = ["budget", "out"])]
    pub(crate) model: bool,
    /// Examine each of these GGUF files likewise, with the settings of [model], and print a row for each; needs a build
    /// with `--features llama`
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with_all = ["budget", "out", "model"])]
    pub(crate) models: Vec<PathBuf>,
    /// With a model: ask it for very simple words
    #[arg(long, conflicts_with = "lang")]
    pub(crate) easy_to_read: bool,
    /// With a model: ask for answers in this language, the extracts translated
    #[arg(long, value_name = "LANGUAGE", value_parser = assistant::Language::ALL.map(assistant::Language::tag))]
    pub(crate) lang: Option<String>,
    /// Leave out what the configuration says of it, to see what it is worth
    #[arg(long, value_enum, value_name = "USE", value_delimiter = ',')]
    pub(crate) without: Vec<Use>,
    /// The site to ask; needed where there are several
    #[arg(long, value_name = "KEY", conflicts_with = "corpus")]
    pub(crate) site: Option<String>,
    /// The instant to take for now, RFC 3339
    #[arg(long, value_name = "INSTANT")]
    pub(crate) now: Option<DateTime<Utc>>,
}

/// What a model is for, besides saying extracts again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Use {
    /// The other wordings of questions that found nothing
    OtherWordings,
    /// The second opinion on which page answers best
    SecondOpinion,
}

/// `parvis quality`
#[derive(Debug, Args)]
pub(crate) struct Quality {
    /// Print the figures as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
    /// The site to count; needed where there are several
    #[arg(long, value_name = "KEY")]
    pub(crate) site: Option<String>,
    /// The instant to take for now, RFC 3339
    #[arg(long, value_name = "INSTANT")]
    pub(crate) now: Option<DateTime<Utc>>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_definition_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn global_options_may_follow_the_command() {
        let cli = Cli::try_parse_from([
            "parvis",
            "ask",
            "Où ?",
            "--data-dir",
            "d",
            "--now",
            "2026-03-18T10:00:00+01:00",
        ])
        .unwrap();
        assert_eq!(cli.global.data_dir, Some("d".into()));
        assert!(matches!(cli.command, Command::Ask(Ask { now: Some(_), .. })));
    }

    #[test]
    fn a_step_takes_numbers_or_a_filter_not_both() {
        let parses = |args: &[&str]| Cli::try_parse_from(["parvis", "review"].iter().chain(args)).is_ok();
        assert!(parses(&["approve", "1", "2", "--as", "Ana"]));
        assert!(parses(&["approve", "--all", "--source", "Ville", "--as", "Ana"]));
        assert!(!parses(&["approve", "--as", "Ana"]) && !parses(&["approve", "1", "--all", "--as", "Ana"]));
        assert!(!parses(&["reject", "1", "--as", "Ana"]), "without a reason");
        assert!(parses(&[
            "retract", "--all", "--match", "Piscine", "--why", "Vidange", "--as", "Ana"
        ]));
    }
}
