//! Successive indexes of an installation: the one that answers, and the one being built to take its place.

use crate::error::{Result, files};
use crate::index::{Index, Opened};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Marks an index that was built to its end.
const COMPLETE: &str = "complete";

/// The folder that holds an index's generations, one folder each.
#[derive(Debug, Clone)]
pub struct Generations {
    base: PathBuf,
}

/// What the folder holds at one moment.
#[derive(PartialEq)]
struct State {
    numbers: Vec<u64>,
    /// The last one that was built to its end.
    newest: Option<u64>,
}

impl Generations {
    /// The generations of a folder, which may not exist yet.
    pub fn new(base: impl Into<PathBuf>) -> Self {
        Self { base: base.into() }
    }

    /// Opens the newest generation that was built to its end.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn open_newest(&self) -> Result<Opened> {
        loop {
            let seen = self.state()?;
            let opened = match seen.newest {
                Some(number) => Index::open(&self.folder(number)),
                None => Ok(Opened::Missing),
            };
            // Another process may have promoted the next one meanwhile, and removed this one.
            if matches!(opened, Ok(Opened::Ready(_))) || self.state()? == seen {
                return opened;
            }
        }
    }

    /// Starts the next generation, empty; it does not count until it is promoted. Only one process may build at a time:
    /// what another build left behind, because it was killed, is removed first.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn start_next(&self) -> Result<NextGeneration> {
        let found = self.state()?;
        let next = found.numbers.last().copied().unwrap_or(0) + 1;
        self.remove_others(found.newest)?;
        let folder = self.folder(next);
        Ok(NextGeneration {
            index: Arc::new(Index::create(&folder)?),
            folder,
            generations: self.clone(),
            number: next,
        })
    }

    fn folder(&self, number: u64) -> PathBuf {
        self.base.join(format!("{number:06}"))
    }

    fn numbers(&self) -> Result<Vec<u64>> {
        let entries = match std::fs::read_dir(&self.base) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(files("open", &self.base)(error)),
        };
        let mut numbers: Vec<u64> = entries
            .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
            .collect();
        numbers.sort_unstable();
        Ok(numbers)
    }

    fn state(&self) -> Result<State> {
        let numbers = self.numbers()?;
        let is_complete = |number: &&u64| self.folder(**number).join(COMPLETE).exists();
        Ok(State {
            newest: numbers.iter().rfind(is_complete).copied(),
            numbers,
        })
    }

    fn remove_others(&self, kept: Option<u64>) -> Result<()> {
        for number in self.numbers()?.into_iter().filter(|number| Some(*number) != kept) {
            let folder = self.folder(number);
            std::fs::remove_dir_all(&folder).map_err(files("remove", &folder))?;
        }
        Ok(())
    }
}

/// A generation being built. The former one answers until this one is promoted.
#[derive(Debug)]
pub struct NextGeneration {
    index: Arc<Index>,
    folder: PathBuf,
    generations: Generations,
    number: u64,
}

impl NextGeneration {
    /// The index to fill.
    #[must_use]
    pub fn index(&self) -> &Arc<Index> {
        &self.index
    }

    /// Where it is.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Makes it the newest generation, removes the former ones from the disk, and returns it.
    ///
    /// An index already open on a former generation goes on answering until it is dropped.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn promote(self) -> Result<Arc<Index>> {
        let marker = self.folder.join(COMPLETE);
        let file = std::fs::File::create(&marker).map_err(files("promote", &marker))?;
        file.sync_all().map_err(files("promote", &marker))?;
        // It is the newest already: what cannot be removed now is removed before the next build.
        let _removed = self.generations.remove_others(Some(self.number));
        Ok(self.index)
    }

    /// Gives it up, and the room on the disk that it took.
    ///
    /// # Errors
    /// When the folder cannot be removed; the next build removes it then.
    pub fn discard(self) -> Result<()> {
        drop(self.index);
        std::fs::remove_dir_all(&self.folder).map_err(files("remove", &self.folder))
    }
}
