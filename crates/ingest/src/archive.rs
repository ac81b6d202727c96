//! Zip archives, entry by entry: what a reader knows is read, the rest is passed over.
//!
//! Sizes are counted while bytes come out, never believed from the archive's directory, and at most
//! one entry is in memory. Nothing is written to disk, so paths inside name documents and nothing else.

use crate::{ArchiveFault, Context, Format, Place, Reason, Refused, read};
use domain::document::Draft;
use std::io::{Read, Seek};
use zip::ZipArchive;

/// What an archive may cost.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Entries, folders included.
    pub entries: usize,
    /// Bytes of one entry, expanded.
    pub entry_bytes: u64,
    /// Bytes of all entries, expanded.
    pub total_bytes: u64,
    /// Times an entry may be larger than its compressed form.
    pub ratio: u64,
}

impl Default for Limits {
    /// Room for the State's fiches, several times over.
    fn default() -> Self {
        Self {
            entries: 50_000,
            entry_bytes: crate::MAX_FILE_BYTES,
            total_bytes: 2 * 1024 * 1024 * 1024,
            ratio: 200,
        }
    }
}

/// Entries smaller than this are never bombs, whatever their ratio.
const SMALL_BYTES: u64 = 1024 * 1024;

/// Reads the archive `name`, handing each draft or refusal to `sink` as it comes.
///
/// # Errors
/// When the archive cannot be opened, or costs more than `limits` allow; what came before was handed over.
pub fn read_zip(
    name: &str,
    bytes: impl Read + Seek,
    limits: &Limits,
    context: &Context,
    mut sink: impl FnMut(Result<Draft, Refused>),
) -> Result<(), Refused> {
    let malformed = |detail: String| {
        Refused::whole(
            name,
            Reason::Malformed {
                format: "zip",
                detail,
            },
        )
    };
    let mut archive = ZipArchive::new(bytes).map_err(|e| malformed(e.to_string()))?;
    if archive.len() > limits.entries {
        return Err(Refused::whole(
            name,
            ArchiveFault::TooManyEntries {
                limit: limits.entries,
            }
            .into(),
        ));
    }
    let mut total = 0;
    let mut content = Vec::new();
    for index in 0..archive.len() {
        let raw = archive
            .by_index_raw(index)
            .map_err(|e| malformed(e.to_string()))?;
        let path = raw.name().map_err(|e| malformed(e.to_string()))?.into_owned();
        let refuse = |reason: Reason| Refused::new(name, Place::Entry(path.clone()), reason);
        let format = Format::of_file_name(&path).filter(|_| raw.is_file() && !is_hidden(&path));
        let Some(format) = format else { continue };
        if raw.encrypted() {
            sink(Err(refuse(ArchiveFault::Encrypted.into())));
            continue;
        }
        let compressed = raw.compressed_size();
        drop(raw);
        content.clear();
        let allowed = limits.entry_bytes.min(limits.total_bytes.saturating_sub(total));
        let ceiling = allowed.min(compressed.saturating_mul(limits.ratio).max(SMALL_BYTES));
        let entry = match archive.by_index(index) {
            Ok(entry) => entry,
            Err(error) => {
                sink(Err(refuse(Reason::Malformed {
                    format: "zip",
                    detail: error.to_string(),
                })));
                continue;
            }
        };
        let expanded = entry.take(ceiling + 1).read_to_end(&mut content);
        total += content.len() as u64;
        if total > limits.total_bytes {
            return Err(Refused::whole(
                name,
                ArchiveFault::TooLarge {
                    limit: limits.total_bytes,
                }
                .into(),
            ));
        }
        match expanded {
            Err(error) => sink(Err(refuse(Reason::Malformed {
                format: "zip",
                detail: error.to_string(),
            }))),
            Ok(_) if content.len() as u64 > limits.entry_bytes => {
                sink(Err(refuse(Reason::TooLarge {
                    limit: limits.entry_bytes,
                })));
            }
            Ok(_) if content.len() as u64 > ceiling => {
                sink(Err(refuse(
                    ArchiveFault::SuspiciousRatio { limit: limits.ratio }.into(),
                )));
            }
            Ok(_) => {
                // XML of another kind lies in the State's archives too.
                let drafts = read(format, &format!("{name}!{path}"), &content, context).into_iter();
                drafts
                    .filter(|d| !matches!(d, Err(e) if e.reason == Reason::UnknownFormat))
                    .for_each(&mut sink);
            }
        }
    }
    Ok(())
}

/// Whether an entry belongs to the machine that packed the archive.
fn is_hidden(path: &str) -> bool {
    path.split(['/', '\\'])
        .any(|part| part == "__MACOSX" || (part.starts_with('.') && part != "." && part != ".."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support;
    use std::io::{Cursor, Write};
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    fn pack(entries: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (path, content) in entries {
            writer.start_file(*path, SimpleFileOptions::default()).unwrap();
            writer.write_all(content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn unpack(bytes: &[u8], limits: Limits) -> (Vec<Result<Draft, Refused>>, Result<(), Refused>) {
        let mut drafts = Vec::new();
        let context = test_support::file("", "").context;
        let outcome = read_zip("site.zip", Cursor::new(bytes), &limits, context, |draft| {
            drafts.push(draft);
        });
        (drafts, outcome)
    }

    #[test]
    fn known_entries_are_read_and_others_passed_over() {
        let bytes = pack(&[
            ("a/b.md", b"Un."),
            ("photo.jpg", b"\xff"),
            ("__MACOSX/a.md", b"x"),
            ("bad.md", b"\xff"),
        ]);
        let (drafts, outcome) = unpack(&bytes, Limits::default());
        assert_eq!(outcome, Ok(()));
        assert_eq!(drafts.len(), 2);
        assert_eq!(drafts[0].as_ref().unwrap().external_id.as_str(), "a/b");
        assert_eq!(drafts[1].as_ref().unwrap_err().file, "site.zip!bad.md");
    }

    #[test]
    fn a_bomb_is_refused_and_its_neighbours_are_read() {
        let bomb = vec![b'a'; 8 * 1024 * 1024];
        let bytes = pack(&[("bomb.txt", &bomb), ("b.md", b"Deux.")]);
        let (drafts, _) = unpack(&bytes, Limits::default());
        assert_eq!(
            drafts[0].as_ref().unwrap_err().reason,
            ArchiveFault::SuspiciousRatio { limit: 200 }.into()
        );
        assert!(drafts[1].is_ok());
    }

    #[test]
    fn each_limit_is_kept() {
        let text = b"Bonjour. ".repeat(100);
        let bytes = pack(&[("a.txt", &text), ("b.txt", &text)]);
        let limits = Limits::default();
        let (_, outcome) = unpack(&bytes, Limits { entries: 1, ..limits });
        assert_eq!(
            outcome.unwrap_err().reason,
            ArchiveFault::TooManyEntries { limit: 1 }.into()
        );
        let (drafts, outcome) = unpack(
            &bytes,
            Limits {
                total_bytes: 1000,
                ..limits
            },
        );
        assert_eq!(drafts.len(), 1);
        assert_eq!(
            outcome.unwrap_err().reason,
            ArchiveFault::TooLarge { limit: 1000 }.into()
        );
        let (drafts, _) = unpack(
            &bytes,
            Limits {
                entry_bytes: 100,
                ..limits
            },
        );
        assert_eq!(
            drafts[0].as_ref().unwrap_err().reason,
            Reason::TooLarge { limit: 100 }
        );
    }

    #[test]
    fn a_truncated_archive_is_refused() {
        let bytes = pack(&[("a.md", b"Un.")]);
        let (_, outcome) = unpack(&bytes[..bytes.len() / 2], Limits::default());
        assert!(matches!(
            outcome.unwrap_err().reason,
            Reason::Malformed { format: "zip", .. }
        ));
    }
}
