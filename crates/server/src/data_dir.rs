//! The data directory: who uses it, and the installation's key.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// A directory that holds the database, the index and the key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DataDir(PathBuf);

/// The right to serve from a data directory, for as long as this lives; the system takes it back from a killed process.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

/// What is wrong with a data directory.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DataDirError {
    /// A file of it cannot be read or written.
    #[error("{doing} {}: {source}; check the rights of --data-dir", path.display())]
    File {
        /// What was being done.
        doing: &'static str,
        /// To what.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// Another process serves from it.
    #[error("another parvis already serves from {}; stop it first, or give another --data-dir", .0.display())]
    InUse(PathBuf),
    /// The key file is not a key.
    #[error("{} does not hold the 32 bytes of an installation key; restore it from a backup", .0.display())]
    BadKey(PathBuf),
}

impl DataDir {
    /// The directory at `path`, made where it is missing.
    pub(crate) fn open(path: &Path) -> Result<Self, DataDirError> {
        let failed = |source| DataDirError::File {
            doing: "making",
            path: path.to_owned(),
            source,
        };
        std::fs::create_dir_all(path).map_err(failed)?;
        Ok(Self(path.to_owned()))
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// The path of something in it.
    pub(crate) fn join(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Takes the right to serve from it.
    pub(crate) fn lock(&self) -> Result<Lock, DataDirError> {
        let path = self.join("parvis.lock");
        let failed = |source| DataDirError::File {
            doing: "locking",
            path: path.clone(),
            source,
        };
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(failed)?;
        match file.try_lock() {
            Ok(()) => Ok(Lock { _file: file }),
            Err(TryLockError::WouldBlock) => Err(DataDirError::InUse(self.0.clone())),
            Err(TryLockError::Error(source)) => Err(failed(source)),
        }
    }

    /// The key from which the keys of transcripts are derived; made at the first start.
    pub(crate) fn installation_key(&self) -> Result<[u8; 32], DataDirError> {
        let path = self.join("installation.key");
        match File::open(&path) {
            Ok(file) => read_key(file, &path),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => make_key(&path),
            Err(source) => Err(DataDirError::File {
                doing: "reading",
                path,
                source,
            }),
        }
    }
}

fn read_key(file: File, path: &Path) -> Result<[u8; 32], DataDirError> {
    let mut bytes = Vec::with_capacity(33);
    file.take(33)
        .read_to_end(&mut bytes)
        .map_err(|source| DataDirError::File {
            doing: "reading",
            path: path.to_owned(),
            source,
        })?;
    bytes
        .try_into()
        .map_err(|_| DataDirError::BadKey(path.to_owned()))
}

fn make_key(path: &Path) -> Result<[u8; 32], DataDirError> {
    let failed = |source| DataDirError::File {
        doing: "writing",
        path: path.to_owned(),
        source,
    };
    let mut key = [0; 32];
    getrandom::fill(&mut key).map_err(|error| failed(std::io::Error::other(error.to_string())))?;
    // Written aside and then given its name, so that a crash leaves no half of a key.
    let aside = path.with_extension(format!("key.{}", std::process::id()));
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&aside).map_err(failed)?;
    file.write_all(&key)
        .and_then(|()| file.sync_all())
        .map_err(failed)?;
    // A link fails where the name is taken: another process that started at the same time made the key first.
    let linked = std::fs::hard_link(&aside, path);
    std::fs::remove_file(&aside).map_err(failed)?;
    match linked {
        Ok(()) => Ok(key),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            read_key(File::open(path).map_err(failed)?, path)
        }
        Err(error) => Err(failed(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_made_once_and_only_its_owner_reads_it() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let dir = DataDir::open(&folder.path().join("a/b")).unwrap();
        let key = dir.installation_key().unwrap();
        assert_ne!(key, [0; 32]);
        assert_eq!(dir.installation_key().unwrap(), key);
        let mode = std::fs::metadata(dir.join("installation.key"))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_key_that_was_cut_short_is_refused_and_kept() {
        let folder = tempfile::tempdir().unwrap();
        let dir = DataDir::open(folder.path()).unwrap();
        std::fs::write(dir.join("installation.key"), [7; 31]).unwrap();
        assert!(matches!(dir.installation_key(), Err(DataDirError::BadKey(_))));
        assert_eq!(std::fs::read(dir.join("installation.key")).unwrap(), [7; 31]);
    }

    #[test]
    fn only_one_process_serves_from_a_directory() {
        let folder = tempfile::tempdir().unwrap();
        let dir = DataDir::open(folder.path()).unwrap();
        let first = dir.lock().unwrap();
        assert!(matches!(dir.lock(), Err(DataDirError::InUse(_))));
        drop(first);
        dir.lock().unwrap();
    }
}
