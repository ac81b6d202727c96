//! Names that nobody can guess: of messages, pieces and links.

use anyhow::{Result, anyhow};

/// So many random bytes.
pub(super) fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| anyhow!("drawing a name: {error}"))?;
    Ok(bytes)
}

/// The same as hexadecimal digits.
pub(super) fn random_hex<const N: usize>() -> Result<String> {
    Ok(random::<N>()?.iter().map(|byte| format!("{byte:02x}")).collect())
}
