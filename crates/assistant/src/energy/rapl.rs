//! The energy counters of the processor's packages, as Linux's power capping framework shows them (Intel and AMD).
//!
//! <https://docs.kernel.org/power/powercap/powercap.html>: a package is a folder `intel-rapl:N` whose `name` begins with
//! "package"; its `energy_uj` counts microjoules and begins again at zero after `max_energy_range_uj`. Parts of a package
//! (`intel-rapl:N:M`) are counted in it already. Since 2020 the counters are root's alone to read, unless an
//! administrator opens them.

use std::fs::File;
use std::os::unix::fs::FileExt as _;
use std::path::Path;

/// The counters of a machine.
#[derive(Debug)]
pub(super) struct Rapl {
    packages: Vec<Package>,
    /// Microjoules since they were found.
    total: u64,
}

#[derive(Debug)]
struct Package {
    counter: File,
    /// The counter begins again after this.
    range: u64,
    last: u64,
}

impl Rapl {
    /// The packages under `folder`; none where there is none, or where one of them may not be read: part of a machine is
    /// not its energy.
    pub(super) fn find(folder: &Path) -> Option<Self> {
        let mut packages = Vec::new();
        for entry in std::fs::read_dir(folder).ok()?.flatten() {
            let path = entry.path();
            let name = std::fs::read_to_string(path.join("name")).unwrap_or_default();
            if is_domain(&entry.file_name().to_string_lossy()) && name.starts_with("package") {
                packages.push(Package::open(&path)?);
            }
        }
        (!packages.is_empty()).then_some(Self { packages, total: 0 })
    }

    /// Microjoules since the counters were found.
    pub(super) fn read(&mut self) -> u64 {
        self.total += self.packages.iter_mut().map(Package::gained).sum::<u64>();
        self.total
    }
}

/// Whether a folder is one of a whole domain: `intel-rapl:0`, not `intel-rapl:0:1`, nor the same by another
/// interface, `intel-rapl-mmio:0`.
fn is_domain(name: &str) -> bool {
    name.strip_prefix("intel-rapl:")
        .is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}

impl Package {
    fn open(folder: &Path) -> Option<Self> {
        let range = std::fs::read_to_string(folder.join("max_energy_range_uj")).ok()?;
        let mut package = Self {
            counter: File::open(folder.join("energy_uj")).ok()?,
            range: range.trim().parse().ok()?,
            last: 0,
        };
        package.last = package.now()?;
        Some(package)
    }

    fn now(&self) -> Option<u64> {
        // The longest number of 64 bits has twenty digits.
        let mut bytes = [0; 24];
        let read = self.counter.read_at(&mut bytes, 0).ok()?;
        std::str::from_utf8(&bytes[..read]).ok()?.trim().parse().ok()
    }

    /// What it gained since it was asked last; nothing where it cannot be read any more.
    fn gained(&mut self) -> u64 {
        let Some(now) = self.now() else { return 0 };
        let gained = match now.checked_sub(self.last) {
            Some(gained) => gained,
            None => self.range.saturating_sub(self.last) + now,
        };
        self.last = now;
        gained
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;
    use tempfile::TempDir;

    /// A folder like Linux's, whose counters gain what a test says.
    pub(in crate::energy) struct Packages {
        folder: TempDir,
        /// The range and the count of each.
        counters: Vec<(u64, u64)>,
    }

    impl Packages {
        pub(in crate::energy) fn new(ranges: &[u64]) -> Self {
            let folder = tempfile::tempdir().unwrap();
            for (number, range) in ranges.iter().enumerate() {
                domain(
                    folder.path(),
                    &format!("intel-rapl:{number}"),
                    &format!("package-{number}"),
                    *range,
                );
            }
            let counters = ranges.iter().map(|range| (*range, 0)).collect();
            Self { folder, counters }
        }

        pub(in crate::energy) fn folder(&self) -> &Path {
            self.folder.path()
        }

        pub(in crate::energy) fn gain(&mut self, number: usize, microjoules: u64) {
            let (range, count) = &mut self.counters[number];
            *count += microjoules;
            if *count > *range {
                *count -= *range;
            }
            let counter = self.folder.path().join(format!("intel-rapl:{number}/energy_uj"));
            std::fs::write(counter, format!("{count}\n")).unwrap();
        }
    }

    fn domain(folder: &Path, file_name: &str, name: &str, range: u64) {
        let domain = folder.join(file_name);
        std::fs::create_dir_all(&domain).unwrap();
        for (file, text) in [
            ("name", name.to_owned()),
            ("max_energy_range_uj", range.to_string()),
            ("energy_uj", "0".to_owned()),
        ] {
            std::fs::write(domain.join(file), text + "\n").unwrap();
        }
    }

    #[test]
    fn a_counter_that_begins_again_loses_nothing() {
        let mut packages = Packages::new(&[262_143_328_850]);
        let mut rapl = Rapl::find(packages.folder()).unwrap();
        packages.gain(0, 262_143_328_000);
        assert_eq!(rapl.read(), 262_143_328_000);
        packages.gain(0, 1_000);
        assert_eq!(packages.counters[0].1, 150, "it began again");
        assert_eq!(rapl.read(), 262_143_329_000);
    }

    #[test]
    fn packages_are_added_up_and_their_parts_and_the_platform_are_not() {
        let mut packages = Packages::new(&[1_000, 1_000]);
        for (file_name, name) in [
            ("intel-rapl:0:0", "core"),
            ("intel-rapl:2", "psys"),
            ("intel-rapl-mmio:0", "package-0"),
            ("intel-rapl", "package-9"),
        ] {
            domain(packages.folder(), file_name, name, 1_000);
            std::fs::write(packages.folder().join(file_name).join("energy_uj"), "999").unwrap();
        }
        let mut rapl = Rapl::find(packages.folder()).unwrap();
        packages.gain(0, 5);
        packages.gain(1, 7);
        assert_eq!(rapl.read(), 12);
    }

    #[test]
    fn a_machine_without_counters_or_with_one_that_may_not_be_read_has_none() {
        let empty = tempfile::tempdir().unwrap();
        assert!(Rapl::find(empty.path()).is_none() && Rapl::find(&empty.path().join("none")).is_none());
        let packages = Packages::new(&[1_000, 1_000]);
        // Whoever runs the tests may be one who may read everything.
        std::fs::remove_file(packages.folder().join("intel-rapl:1/energy_uj")).unwrap();
        assert!(Rapl::find(packages.folder()).is_none());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn whatever_counters_gain_is_read(gains in prop::collection::vec((0_usize..2, 0_u64..100), 0..30)) {
            let mut packages = Packages::new(&[100, 173]);
            let mut rapl = Rapl::find(packages.folder()).unwrap();
            let mut gained = 0;
            for (number, microjoules) in gains {
                packages.gain(number, microjoules);
                gained += microjoules;
                prop_assert_eq!(rapl.read(), gained);
            }
        }
    }
}
