//! The files backend of gammu-smsd: a modem's messages as files in an inbox, an outbox, and folders of results.
//!
//! For a test bench, or countries where a person's number may answer for a service: in France it may not. smsd puts
//! the number into each file's name, so that neither names nor paths may be logged. It knows no validity per message,
//! and tells that the network took a message, not that the telephone has it. What it needs:
//!
//! ```text
//! [smsd]
//! service = files
//! inboxpath = /var/spool/gammu/inbox/
//! outboxpath = /var/spool/gammu/outbox/
//! sentsmspath = /var/spool/gammu/sent/
//! errorsmspath = /var/spool/gammu/error/
//! inboxformat = unicode
//! multiparttimeout = 600
//! ```

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use chrono::{DateTime, Utc};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use sha2::{Digest, Sha256};

use crate::gsm;
use crate::message::{About, Address, Inbound, Outbound, Receipt, ReceiptState};

/// 255 parts of UCS-2 fit.
const MAX_FILE: u64 = 64 * 1024;
/// The most messages read in one go; the others wait for the next.
const MAX_MESSAGES: usize = 500;

/// A folder of smsd that cannot be used. It does not show the file: its name holds a number.
#[derive(Debug, thiserror::Error)]
pub enum FilesError {
    /// A folder or file cannot be read.
    #[error(
        "reading gammu-smsd's {folder} folder: {source}; check its path and that this program may read it"
    )]
    Read {
        /// Which folder.
        folder: &'static str,
        /// Why.
        source: io::Error,
    },
    /// The outbox cannot be written.
    #[error(
        "writing into gammu-smsd's outbox folder: {source}; check its path, its permissions and the disk"
    )]
    Write {
        /// Why.
        source: io::Error,
    },
    /// A message was written, and a power cut might undo that.
    #[error("keeping a message in gammu-smsd's outbox folder: {source}; check the disk")]
    Unsynced {
        /// Why.
        source: io::Error,
    },
    /// The piece's id cannot stand in a file's name.
    #[error("writing into gammu-smsd's outbox folder: an id may hold letters, digits and \"-\" alone")]
    Id,
    /// The recipient cannot stand in a file's name.
    #[error("writing into gammu-smsd's outbox folder: the recipient is not a number")]
    Recipient,
}

/// What lies in an inbox. Its `Debug` hides the files' names.
#[derive(Default)]
pub struct Inbox {
    /// Whole messages.
    pub messages: Vec<Received>,
    /// Files that hold no readable message: to be moved away, or they are seen again each time.
    pub unusable: Vec<PathBuf>,
}

/// A message and the files that it was in, to be removed once it is durable.
pub struct Received {
    /// Its files, one for each part.
    pub files: Vec<PathBuf>,
    /// The message, its parts put together.
    pub inbound: Inbound,
}

impl fmt::Debug for Inbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Inbox")
            .field("messages", &self.messages)
            .field("unusable", &self.unusable.len())
            .finish()
    }
}

impl fmt::Debug for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Received")
            .field("files", &self.files.len())
            .field("inbound", &self.inbound)
            .finish()
    }
}

impl Received {
    /// Removes the files; those that are gone already are no error.
    ///
    /// # Errors
    /// When one cannot be removed: it will be read again, with the same id.
    pub fn remove(&self) -> Result<(), FilesError> {
        self.files.iter().try_for_each(|file| remove(file))
    }
}

fn remove(file: &Path) -> Result<(), FilesError> {
    match fs::remove_file(file) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => Err(FilesError::Write { source }),
        _ => Ok(()),
    }
}

/// Reads the messages of an inbox, oldest first, all sent to `own`, the modem's number.
///
/// smsd writes the parts of a message one after the other: a message whose files changed after `settled` (a few
/// seconds ago) is left for the next time.
///
/// # Errors
/// When the folder or a file cannot be read.
pub fn read_inbox(folder: &Path, own: &Address, settled: SystemTime) -> Result<Inbox, FilesError> {
    let failed = |source| FilesError::Read {
        folder: "inbox",
        source,
    };
    let mut inbox = Inbox::default();
    // By name, since it begins with date, time and serial.
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for file in list(folder, "inbox")? {
        let Some((message, sender, part)) = file.file_name().and_then(OsStr::to_str).and_then(inbox_name)
        else {
            inbox.unusable.push(file);
            continue;
        };
        let group = groups.entry(message).or_insert_with(|| Group::new(sender));
        let metadata = file.metadata().map_err(failed)?;
        group.readable &= metadata.len() <= MAX_FILE;
        group.settled &= metadata.modified().map_err(failed)? <= settled;
        group.parts.insert(part, file);
    }
    for (name, group) in groups
        .into_iter()
        .filter(|(_, group)| group.settled)
        .take(MAX_MESSAGES)
    {
        let files: Vec<PathBuf> = group.parts.into_values().collect();
        let Some(from) = group.sender.filter(|_| group.readable) else {
            inbox.unusable.extend(files);
            continue;
        };
        let text = files
            .iter()
            .map(|file| read_text(file))
            .collect::<io::Result<String>>();
        let text = text.map_err(failed)?;
        // The name and the text: the same when the file is read again, and no way back to the number.
        let digest = Sha256::new().chain_update(&name).chain_update(&text).finalize();
        inbox.messages.push(Received {
            files,
            inbound: Inbound {
                id: Some(hex::encode(&digest[..16])),
                from,
                to: own.clone(),
                text,
                concatenation: None,
            },
        });
    }
    Ok(inbox)
}

struct Group {
    sender: Option<Address>,
    settled: bool,
    readable: bool,
    parts: BTreeMap<u32, PathBuf>,
}

impl Group {
    fn new(sender: &str) -> Self {
        Self {
            sender: Address::parse(sender).ok(),
            settled: true,
            readable: true,
            parts: BTreeMap::new(),
        }
    }
}

/// The message's name, the sender and the part's number in "INdate_time_serial_sender_part.txt".
fn inbox_name(name: &str) -> Option<(String, &str, u32)> {
    let (message, part) = name.strip_prefix("IN")?.strip_suffix(".txt")?.rsplit_once('_')?;
    let sender = message.splitn(4, '_').nth(3)?;
    Some((message.to_owned(), sender, part.parse().ok()?))
}

/// smsd writes UTF-16 with a mark ("unicode"), or the charset of its locale ("standard").
fn read_text(file: &Path) -> io::Result<String> {
    let mut octets = Vec::new();
    File::open(file)?.take(MAX_FILE).read_to_end(&mut octets)?;
    let fallback = if str::from_utf8(&octets).is_ok() {
        UTF_8
    } else {
        WINDOWS_1252
    };
    let (charset, mark) = Encoding::for_bom(&octets).unwrap_or((fallback, 0));
    let (text, _) = charset.decode_without_bom_handling(&octets[mark..]);
    // In UTF-16 smsd (1.42) writes as many units as the text has octets of UTF-8: what follows the NUL is its memory.
    Ok(text.split('\0').next().unwrap_or_default().to_owned())
}

/// Queues a text and gives its file. A piece that is in the outbox already is not written again.
///
/// # Errors
/// When the folder cannot be written, or the piece cannot be named.
pub fn write_outbox(folder: &Path, outbound: &Outbound, now: DateTime<Utc>) -> Result<PathBuf, FilesError> {
    let failed = |source| FilesError::Write { source };
    let id = &outbound.id;
    if id.is_empty() || !id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
        return Err(FilesError::Id);
    }
    let to = outbound.to.as_str();
    if !to
        .strip_prefix('+')
        .unwrap_or(to)
        .bytes()
        .all(|b| b.is_ascii_digit())
    {
        return Err(FilesError::Recipient);
    }
    let ending = format!("_{id}.txt");
    let is_it = |file: &PathBuf| file.as_os_str().as_encoded_bytes().ends_with(ending.as_bytes());
    if let Some(queued) = list(folder, "outbox")?.into_iter().find(is_it) {
        return Ok(queued);
    }
    let text = gsm::Text::new(&outbound.text);
    let mut octets = vec![0xff, 0xfe];
    octets.extend(text.as_str().encode_utf16().flat_map(u16::to_le_bytes));
    // smsd takes files that begin with "OUT" as soon as they are there: it must see the whole text or nothing.
    let aside = folder.join(format!(".{id}"));
    let queued = folder.join(format!("OUTC{}_00_{to}{ending}", now.format("%Y%m%d_%H%M%S")));
    let written = File::create(&aside)
        .and_then(|mut file| file.write_all(&octets).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&aside, &queued));
    if let Err(source) = written {
        // The text of an answer does not stay behind.
        fs::remove_file(&aside).ok();
        return Err(failed(source));
    }
    // From here on smsd may have it.
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(|source| FilesError::Unsynced { source })?;
    Ok(queued)
}

/// What became of a piece, and the file that tells, to be removed once that is durable.
pub struct Finished {
    /// The file.
    file: PathBuf,
    /// [`ReceiptState::Accepted`] when the network took it, and nothing more will follow;
    /// [`ReceiptState::Undeliverable`] when smsd gave up.
    pub receipt: Receipt,
}

impl fmt::Debug for Finished {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Finished")
            .field("receipt", &self.receipt)
            .finish_non_exhaustive()
    }
}

impl Finished {
    /// Removes the file; when it is gone already, that is no error.
    ///
    /// # Errors
    /// When it cannot be removed: it will be read again.
    pub fn remove(&self) -> Result<(), FilesError> {
        remove(&self.file)
    }
}

/// Reads the folders of sent and failed messages.
///
/// # Errors
/// When one cannot be read.
pub fn results(sent: &Path, failed: &Path) -> Result<Vec<Finished>, FilesError> {
    let mut finished = Vec::new();
    for (folder, name, state) in [
        (sent, "sent", ReceiptState::Accepted),
        (failed, "error", ReceiptState::Undeliverable),
    ] {
        for file in list(folder, name)? {
            let stem = file.file_stem().and_then(OsStr::to_str);
            if let Some((_, id)) = stem.and_then(|stem| stem.strip_prefix("OUT")?.rsplit_once('_')) {
                let receipt = Receipt {
                    about: About::Ours(id.to_owned()),
                    state,
                    error: None,
                };
                finished.push(Finished { file, receipt });
            }
        }
    }
    Ok(finished)
}

fn list(folder: &Path, name: &'static str) -> Result<Vec<PathBuf>, FilesError> {
    let failed = |source| FilesError::Read { folder: name, source };
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        // Names that begin with a dot are files being written.
        if entry.file_type().map_err(failed)?.is_file()
            && !entry.file_name().as_encoded_bytes().starts_with(b".")
        {
            files.push(entry.path());
        }
    }
    files.sort_unstable();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        format!("\u{feff}{text}").encode_utf16().flat_map(order).collect()
    }

    fn read(files: &[(&str, Vec<u8>)]) -> (tempfile::TempDir, Inbox) {
        let folder = tempfile::tempdir().unwrap();
        for (name, octets) in files {
            fs::write(folder.path().join(name), octets).unwrap();
        }
        let own = Address::parse("+33600000000").unwrap();
        let far = SystemTime::UNIX_EPOCH + Duration::from_secs(1 << 40);
        let inbox = read_inbox(folder.path(), &own, far).unwrap();
        (folder, inbox)
    }

    fn outbound(id: &str, to: &str) -> Outbound {
        Outbound {
            id: id.into(),
            from: Address::parse("+33600000000").unwrap(),
            to: Address::parse(to).unwrap(),
            text: "Ouvert à 9 h, « été » compris".into(),
            concatenation: None,
            encoding: gsm::Encoding::Gsm,
            validity: Duration::from_secs(3600),
        }
    }

    #[test]
    fn messages_are_read_in_their_order_whatever_the_charset_of_their_files() {
        let (_folder, inbox) = read(&[
            ("IN20261123_033314_02_+33612345678_00.txt", "été".into()),
            (
                "IN20261123_033314_00_+33612345678_00.txt",
                utf16("Привет", u16::to_be_bytes),
            ),
            (
                "IN20261123_033313_00_0612345678_00.txt",
                utf16("à 8 h\0x", u16::to_le_bytes),
            ),
            ("IN20261123_033315_00_36000_00.txt", b"\xe9t\xe9".to_vec()),
        ]);
        let texts: Vec<_> = inbox.messages.iter().map(|it| it.inbound.text.as_str()).collect();
        assert_eq!(texts, ["à 8 h", "Привет", "été", "été"]);
        assert_eq!(inbox.messages[1].inbound.from.as_str(), "+33612345678");
        assert!(inbox.unusable.is_empty());
    }

    #[test]
    fn the_parts_of_a_message_are_put_together_and_another_message_of_the_same_second_is_not() {
        let (_folder, inbox) = read(&[
            ("IN20261123_033314_00_+33612345678_01.txt", b"b".to_vec()),
            ("IN20261123_033314_00_+33612345678_00.txt", b"a".to_vec()),
            ("IN20261123_033314_00_+33612345678_10.txt", b"c".to_vec()),
            ("IN20261123_033314_00_+33612345679_00.txt", b"d".to_vec()),
        ]);
        let texts: Vec<_> = inbox.messages.iter().map(|it| it.inbound.text.as_str()).collect();
        assert_eq!(texts, ["abc", "d"]);
        assert_eq!(inbox.messages[0].files.len(), 3);
    }

    #[test]
    fn a_file_read_again_has_the_same_id_and_removed_ones_are_gone() {
        let (folder, inbox) = read(&[("IN20261123_033314_00_+33612345678_00.txt", b"a".to_vec())]);
        let again = read(&[("IN20261123_033314_00_+33612345678_00.txt", b"a".to_vec())]).1;
        let other = read(&[("IN20261123_033315_00_+33612345678_00.txt", b"a".to_vec())]).1;
        let id = |inbox: &Inbox| inbox.messages[0].inbound.id.clone().unwrap();
        assert_eq!(id(&inbox), id(&again));
        assert_ne!(id(&inbox), id(&other));
        let shown = format!("{inbox:?}");
        assert!(!shown.contains("612345678"), "{shown}");
        inbox.messages[0].remove().unwrap();
        inbox.messages[0].remove().unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_message_still_being_written_waits() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(
            folder.path().join("IN20261123_033314_00_+33612345678_00.txt"),
            "a",
        )
        .unwrap();
        let own = Address::parse("+33600000000").unwrap();
        let inbox = read_inbox(folder.path(), &own, SystemTime::UNIX_EPOCH).unwrap();
        assert!(inbox.messages.is_empty() && inbox.unusable.is_empty());
    }

    #[test]
    fn files_that_hold_no_message_are_told_and_do_not_hide_the_others() {
        let (_folder, inbox) = read(&[
            ("IN20261123_033314_00_+33612345678_00.bin", b"\0".to_vec()),
            ("IN20261123_033314_00__00.txt", b"a".to_vec()),
            ("IN20261123_033314_00_+33612345671_00.txt", vec![b'a'; 70_000]),
            ("notes.txt", b"a".to_vec()),
            ("IN20261123_033314_00_+33612345672_00.txt", b"a".to_vec()),
        ]);
        assert_eq!((inbox.messages.len(), inbox.unusable.len()), (1, 4));
    }

    #[test]
    fn a_piece_is_queued_once_and_its_results_name_it() {
        let (outbox, sent, failed) = (
            tempfile::tempdir().unwrap(),
            tempfile::tempdir().unwrap(),
            tempfile::tempdir().unwrap(),
        );
        let now = DateTime::UNIX_EPOCH;
        let piece = outbound("piece-1", "+33612345678");
        let file = write_outbox(outbox.path(), &piece, now).unwrap();
        assert_eq!(
            file.file_name().unwrap(),
            "OUTC19700101_000000_00_+33612345678_piece-1.txt"
        );
        assert_eq!(read_text(&file).unwrap(), "Ouvert à 9 h, \"été\" compris");
        let later = now + chrono::TimeDelta::seconds(9);
        assert_eq!(write_outbox(outbox.path(), &piece, later).unwrap(), file);
        let other = write_outbox(outbox.path(), &outbound("ce-1", "+33612345678"), now).unwrap();
        fs::rename(&file, sent.path().join(file.file_name().unwrap())).unwrap();
        fs::rename(&other, failed.path().join(other.file_name().unwrap())).unwrap();
        let results = results(sent.path(), failed.path()).unwrap();
        let told: Vec<_> = results
            .iter()
            .map(|it| (it.receipt.about.clone(), it.receipt.state))
            .collect();
        assert_eq!(
            told,
            [
                (About::Ours("piece-1".into()), ReceiptState::Accepted),
                (About::Ours("ce-1".into()), ReceiptState::Undeliverable),
            ]
        );
        results[0].remove().unwrap();
        assert_eq!(fs::read_dir(sent.path()).unwrap().count(), 0);
    }

    #[test]
    fn ids_and_recipients_that_would_break_a_name_are_refused() {
        let outbox = tempfile::tempdir().unwrap();
        for id in ["", "a_b", "../a", "a.b"] {
            let refused = write_outbox(outbox.path(), &outbound(id, "+33612345678"), DateTime::UNIX_EPOCH);
            assert!(matches!(refused, Err(FilesError::Id)), "{id}");
        }
        let refused = write_outbox(outbox.path(), &outbound("a", "../Mairie"), DateTime::UNIX_EPOCH);
        assert!(matches!(refused, Err(FilesError::Recipient)));
    }
}
