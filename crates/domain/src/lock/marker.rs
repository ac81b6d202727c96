//! The numbers in brackets that end a line: the extracts that it rests on.

/// What the markers of a sentence have to name.
pub(super) struct Markers<'c> {
    /// Of each claim of the sentence, the extracts that make it.
    made_by: &'c [u64],
    /// How many extracts there are.
    extracts: usize,
}

/// What is wrong with markers.
#[derive(Debug, PartialEq, Eq)]
enum Wrong {
    /// They are only begun.
    Unfinished,
    /// They cannot become right.
    Never,
}

impl<'c> Markers<'c> {
    pub(super) fn new(made_by: &'c [u64], extracts: usize) -> Self {
        Self { made_by, extracts }
    }

    /// Whether `text` is whole markers that name all extracts needed.
    pub(super) fn are(&self, text: &str) -> bool {
        self.read(text) == Ok(true)
    }

    /// Whether `text` may become such.
    pub(super) fn may_begin_with(&self, text: &str) -> bool {
        self.read(text) != Err(Wrong::Never)
    }

    /// Whether nothing is left to name after `text`.
    fn read(&self, text: &str) -> Result<bool, Wrong> {
        let mut rest = text;
        let mut named = 0_u64;
        let mut ended = false;
        while !rest.is_empty() {
            if let Some(after) = rest.strip_prefix('[') {
                let (number, after) = self.number(after, named)?;
                named |= 1 << (number - 1);
                rest = after;
            } else if let Some(after) = rest.strip_prefix(' ') {
                rest = after;
            } else if let Some(after) = rest.strip_prefix('.').filter(|_| !ended && self.is_named(named)) {
                ended = true;
                rest = after;
            } else {
                return Err(Wrong::Never);
            }
            // After its full stop a line names nothing more.
            if ended && rest.starts_with('[') {
                return Err(Wrong::Never);
            }
        }
        Ok(self.is_named(named))
    }

    /// The number at the beginning of `text` and what follows its bracket: an extract that is not named yet and holds what
    /// the named ones do not.
    fn number<'t>(&self, text: &'t str, named: u64) -> Result<(usize, &'t str), Wrong> {
        let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (number, after) = text.split_at(digits);
        let useful = (1..=self.extracts).filter(|extract| self.is_useful(*extract, named));
        if after.is_empty() {
            let begins = useful
                .map(|extract| extract.to_string())
                .any(|whole| whole.starts_with(number));
            return Err(if begins { Wrong::Unfinished } else { Wrong::Never });
        }
        let number: usize = number.parse().map_err(|_| Wrong::Never)?;
        let after = after.strip_prefix(']').ok_or(Wrong::Never)?;
        useful
            .into_iter()
            .find(|extract| *extract == number)
            .map(|number| (number, after))
            .ok_or(Wrong::Never)
    }

    fn is_useful(&self, extract: usize, named: u64) -> bool {
        let bit = 1 << (extract - 1);
        let adds = self.made_by.iter().any(|by| by & named == 0 && by & bit != 0);
        adds || named == 0 && self.made_by.is_empty()
    }

    fn is_named(&self, named: u64) -> bool {
        named != 0 && self.made_by.iter().all(|by| by & named != 0)
    }
}
