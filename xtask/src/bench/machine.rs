//! What this machine is, to stand beside every figure, and what a process takes of it.

use std::path::Path;
use std::process::Command;

use crate::process;

/// Processor, cores, memory, kernel, compiler.
pub(super) fn description() -> String {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let model = field(&read("/proc/cpuinfo"), "model name")
        .unwrap_or("unknown processor")
        .to_owned();
    let memory = field(&read("/proc/meminfo"), "MemTotal")
        .and_then(kilobytes)
        .unwrap_or(0);
    let kernel = read("/proc/sys/kernel/osrelease");
    let compiler = process::output(Command::new("rustc").arg("-V")).unwrap_or_default();
    format!(
        "machine: {cores} cores of {model}, {:.1} GB of memory, Linux {}, {compiler}",
        memory as f64 / 1e9,
        kernel.trim()
    )
}

/// The most memory that a process has held, in bytes; none once it has ended.
pub(super) fn peak_memory(pid: u32) -> Option<u64> {
    status(pid, "VmHWM")
}

/// The memory that a process holds now, in bytes.
pub(super) fn memory(pid: u32) -> Option<u64> {
    status(pid, "VmRSS")
}

fn status(pid: u32, name: &str) -> Option<u64> {
    let text = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    field(&text, name).and_then(kilobytes)
}

fn field<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    text.lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(key, _)| key.trim() == name)
        .map(|(_, v)| v.trim())
}

/// `1234 kB` in bytes.
fn kilobytes(value: &str) -> Option<u64> {
    Some(value.split_whitespace().next()?.parse::<u64>().ok()? * 1024)
}

/// The bytes of a folder's files.
pub(super) fn folder_size(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| match entry.metadata() {
            Ok(metadata) if metadata.is_dir() => folder_size(&entry.path()),
            Ok(metadata) => metadata.len(),
            Err(_) => 0,
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kernel_says_what_a_process_holds() {
        let own = std::process::id();
        assert!(peak_memory(own).is_some_and(|bytes| bytes > 100_000));
        assert!(memory(own).is_some_and(|bytes| bytes > 100_000));
        assert_eq!(kilobytes("  12 kB"), Some(12 * 1024));
        assert_eq!(
            field("model name\t: Some CPU @ 2:30\n", "model name"),
            Some("Some CPU @ 2:30")
        );
    }
}
