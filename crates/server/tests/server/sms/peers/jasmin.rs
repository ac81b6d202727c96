//! Jasmin, an SMS gateway of another make: an SMPP server between us and an SMSC, with the RabbitMQ and Redis it needs.

use super::{Program, Smsc, free_ports};
use crate::support::{PATIENCE, assert_success, wait_until};
use std::fs::File;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;
use tempfile::TempDir;

const PACKAGE: &str = "jasmin==0.11.0";

/// Jasmin's own lock is one for the whole machine, and stays behind when it is killed: here it lies in our folder.
const LAUNCHER: &str = "import lockfile, runpy, sys\n\
                        FileLock = lockfile.FileLock\n\
                        lockfile.FileLock = lambda path: FileLock('jasmind')\n\
                        sys.argv = sys.argv[1:]\n\
                        runpy.run_path(sys.argv[0], run_name='__main__')\n";

/// All on the loopback, with their data in one folder.
pub(in crate::sms) struct Jasmin {
    /// Ended in this order.
    _programs: [Program; 4],
    folder: TempDir,
    /// Where it takes binds of "parvis", whose password is "secret".
    pub(in crate::sms) port: u16,
}

impl Jasmin {
    /// One that brings what the SMSC delivers to whoever is bound as "parvis", and submits to it what they submit.
    pub(in crate::sms) fn start(smsc: &Smsc) -> Self {
        let python = PYTHON.as_path();
        let directory = tempfile::tempdir().unwrap();
        let folder = directory.path();
        let [mapper, amqp, cache, console, port] = free_ports();
        let port_mapper = port_mapper(folder, mapper);
        let rabbitmq = rabbitmq(folder, mapper, amqp);
        let redis = redis(folder, cache);
        std::fs::create_dir_all(folder.join("etc/jasmin/store")).unwrap();
        let configuration = configuration(python, [amqp, cache, console, port]);
        std::fs::write(folder.join("jasmin.cfg"), configuration).unwrap();
        let mut command = Command::new(python);
        command
            .args(["-c", LAUNCHER])
            .arg(python.with_file_name("jasmind.py"))
            .args(["--config", "jasmin.cfg", "--disable-http-api"])
            .args(["--enable-dlr-lookup", "--enable-dlr-thrower"])
            .env("ROOT_PATH", folder)
            .env("LOG_PATH", folder.join("log"));
        let jasmin = listening(&mut command, folder, console);
        configure(console, smsc.port);
        Self {
            _programs: [jasmin, redis, rabbitmq, port_mapper],
            folder: directory,
            port,
        }
    }

    /// What its SMPP server did.
    pub(in crate::sms) fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log/default-smpps_01.log")).unwrap()
    }

    /// What a program in its Python says of a file: to look into a database without code of ours.
    pub(in crate::sms) fn python(program: &str, file: &Path) -> String {
        let mut command = Command::new(PYTHON.as_path());
        let output = command.args(["-c", program]).arg(file).output().unwrap();
        assert_success(&output);
        String::from_utf8(output.stdout).unwrap()
    }
}

/// Starts a program and waits until it listens, or ends.
fn listening(command: &mut Command, folder: &Path, port: u16) -> Program {
    let log = folder.join(format!("{port}.log"));
    let file = File::create(&log).unwrap();
    command
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(file.try_clone().unwrap())
        .stderr(file);
    let mut program = Program::start(command).unwrap();
    wait_until("a peer's port", || {
        if let Some(status) = program.0.try_wait().unwrap() {
            panic!("{status}: {}", std::fs::read_to_string(&log).unwrap());
        }
        TcpStream::connect(("127.0.0.1", port)).is_ok()
    });
    program
}

/// Erlang's, which RabbitMQ would else start as a daemon that outlives it.
fn port_mapper(folder: &Path, port: u16) -> Program {
    let port_as_text = port.to_string();
    let mut command = Command::new("epmd");
    command.args(["-address", "127.0.0.1", "-port", &port_as_text]);
    listening(&mut command, folder, port)
}

fn rabbitmq(folder: &Path, mapper: u16, port: u16) -> Program {
    let [distribution] = free_ports();
    // Debian's own script on PATH changes the user.
    let mut command = Command::new("/usr/lib/rabbitmq/bin/rabbitmq-server");
    command
        // The Erlang machine takes the place of the script, so that it ends with us.
        .env("RUNNING_UNDER_SYSTEMD", "true")
        .env("HOME", folder)
        .env("ERL_EPMD_ADDRESS", "127.0.0.1")
        .env("ERL_EPMD_PORT", mapper.to_string())
        .env("RABBITMQ_NODENAME", "rabbit@localhost")
        .env("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1")
        .env("RABBITMQ_NODE_PORT", port.to_string())
        .env("RABBITMQ_DIST_PORT", distribution.to_string())
        .env(
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS",
            "-kernel inet_dist_use_interface {127,0,0,1}",
        )
        .env("RABBITMQ_LOGS", "-");
    for (name, file) in [
        ("CONF_ENV_FILE", "rabbitmq-env.conf"),
        ("CONFIG_FILE", "rabbitmq"),
        ("ENABLED_PLUGINS_FILE", "plugins"),
        ("MNESIA_BASE", "mnesia"),
        ("PID_FILE", "rabbitmq.pid"),
    ] {
        command.env(format!("RABBITMQ_{name}"), folder.join(file));
    }
    listening(&mut command, folder, port)
}

fn redis(folder: &Path, port: u16) -> Program {
    let port_as_text = port.to_string();
    let mut command = Command::new("redis-server");
    command.args(["--bind", "127.0.0.1", "--save", "", "--port", &port_as_text]);
    listening(&mut command, folder, port)
}

/// Its settings: all on the loopback, and tried again soon what we did not take.
fn configuration(python: &Path, [amqp, cache, console, port]: [u16; 4]) -> String {
    let [router, clients, servers] = free_ports();
    let environment = python.ancestors().nth(2).unwrap();
    let libraries = std::fs::read_dir(environment.join("lib")).unwrap();
    let protocol = libraries
        .map(|version| version.unwrap().path())
        .map(|version| version.join("site-packages/txamqp/specs/standard/amqp0-9-1.stripped.xml"))
        .find(|file| file.is_file())
        .unwrap();
    format!(
        "[smpp-server]\nbind = 127.0.0.1\nport = {port}\nlog_level = DEBUG\nresponseTimerSecs = 5\n\
         [smpp-server-pb]\nbind = 127.0.0.1\nport = {servers}\n\
         [client-management]\nbind = 127.0.0.1\nport = {clients}\n\
         [router]\nbind = 127.0.0.1\nport = {router}\n\
         [jcli]\nbind = 127.0.0.1\nport = {console}\nauthentication = no\n\
         [amqp-broker]\nport = {amqp}\nspec = {}\n\
         [redis-client]\nport = {cache}\n\
         [deliversm-thrower]\nretry_delay = 1\nmax_retries = 60\n\
         [dlr-thrower]\nretry_delay = 1\nmax_retries = 60\n\
         [dlr]\ndlr_lookup_retry_delay = 1\ndlr_lookup_max_retries = 10\n",
        protocol.display()
    )
}

/// Names, at its console, who may bind, the SMSC, and the routes between the two.
fn configure(console: u16, smsc: u16) {
    let mut console = TcpStream::connect(("127.0.0.1", console)).unwrap();
    console.set_read_timeout(Some(PATIENCE)).unwrap();
    read_until(&mut console, |said| said.contains("Session ref"));
    let connector =
        format!("host 127.0.0.1\nport {smsc}\nusername jasmin\npassword jasmin\nsubmit_throughput 0");
    for entry in [
        "group -a\ngid towns\nok",
        "user -a\nuid parvis\nusername parvis\npassword secret\ngid towns\nok",
        &format!("smppccm -a\ncid operator\n{connector}\nok"),
        "smppccm -1 operator",
        "mtrouter -a\ntype DefaultRoute\nconnector smppc(operator)\nrate 0\nok",
        "morouter -a\ntype DefaultRoute\nconnector smpps(parvis)\nok",
    ] {
        let mut said = String::new();
        for line in entry.lines() {
            write!(console, "{line}\r\n").unwrap();
            said = read_until(&mut console, |said| {
                said.ends_with("> ") || said.ends_with("jcli : ")
            });
        }
        assert!(said.contains("Successfully"), "{entry}: {said}");
    }
}

fn read_until(console: &mut TcpStream, holds: impl Fn(&str) -> bool) -> String {
    let (mut said, mut buffer) = (String::new(), [0; 4096]);
    while !holds(&said) {
        let read = console.read(&mut buffer).unwrap();
        assert_ne!(read, 0, "Jasmin's console is closed: {said}");
        said += &String::from_utf8_lossy(&buffer[..read]);
    }
    said
}

/// The Python of a virtual environment with Jasmin, kept beside what cargo builds.
static PYTHON: LazyLock<PathBuf> = LazyLock::new(|| {
    let environment = Path::new(env!("CARGO_TARGET_TMPDIR")).join("jasmin");
    let python = environment.join("bin/python");
    let stamp = environment.join("parvis-installed");
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == PACKAGE) {
        return python;
    }
    let run = |command: &mut Command| {
        let output = command
            .output()
            .unwrap_or_else(|error| panic!("{command:?}: {error}; apt-get install python3-venv"));
        assert_success(&output);
    };
    run(Command::new("python3")
        .args(["-m", "venv", "--clear"])
        .arg(&environment));
    run(Command::new(&python).args(["-m", "pip", "install", "--quiet", PACKAGE]));
    std::fs::write(&stamp, PACKAGE).unwrap();
    python
});
