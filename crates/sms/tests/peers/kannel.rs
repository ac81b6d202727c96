//! Kannel on the loopback: bearerbox and smsbox with the fake SMSC, and `fakesmsc` that stands for telephones. Shared by
//! the tests of the crates `sms` and `server` and by the benchmark, which include this file by its path.

use std::io;
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How long a program may take until it listens.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long between two looks whether it does.
const LOOK: Duration = Duration::from_millis(5);

/// A program that ends with what started it.
pub(crate) struct Program(pub(crate) Child);

impl Program {
    pub(crate) fn start(command: &mut Command) -> io::Result<Self> {
        let spawned = command.spawn();
        spawned.map(Self).map_err(|error| {
            let packages = "apt-get install kannel kannel-extras gammu gammu-smsd nodejs";
            io::Error::new(error.kind(), format!("starting {command:?}: {error}; {packages}"))
        })
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended by itself.
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// Ports that were free a moment ago, all different.
pub(crate) fn free_ports<const N: usize>() -> io::Result<[u16; N]> {
    let listeners = (0..N)
        .map(|_| TcpListener::bind("127.0.0.1:0"))
        .collect::<io::Result<Vec<_>>>()?;
    let mut ports = [0; N];
    for (port, listener) in ports.iter_mut().zip(&listeners) {
        *port = listener.local_addr()?.port();
    }
    Ok(ports)
}

/// Kannel, configured as the documentation says.
pub(crate) struct Kannel {
    /// Where `fakesmsc` connects.
    pub(crate) smsc_port: u16,
    /// Where answers are sent to.
    pub(crate) sendsms_port: u16,
    // Ends before the other, which it is connected to.
    _smsbox: Program,
    _bearerbox: Program,
}

impl Kannel {
    /// One that posts what comes to a port of the loopback. Its configuration, with `more` groups behind, is written into
    /// the folder.
    pub(crate) fn start(folder: &Path, webhook_port: u16, more: &str) -> io::Result<Self> {
        let [admin, boxes, smsc_port, sendsms_port] = free_ports()?;
        let configuration = format!(
            "group = core\nadmin-port = {admin}\nadmin-interface = \"127.0.0.1\"\nadmin-password = a\n\
             smsbox-port = {boxes}\nsmsbox-interface = \"127.0.0.1\"\nbox-allow-ip = \"127.0.0.1\"\n\
             sms-combine-concatenated-mo = false\ndlr-storage = internal\n\n\
             group = smsc\nsmsc = fake\nsmsc-id = fake\nport = {smsc_port}\nconnect-allow-ip = 127.0.0.1\n\n\
             group = smsbox\nbearerbox-host = 127.0.0.1\nbearerbox-port = {boxes}\nsendsms-port = {sendsms_port}\n\
             sendsms-interface = \"127.0.0.1\"\nhttp-request-retry = 60\nhttp-queue-delay = 1\n\n\
             group = sms-service\nkeyword = default\ncatch-all = true\nmax-messages = 0\nsend-sender = true\n\
             post-url = \"http://127.0.0.1:{webhook_port}/sms/kannel?token=jeton&id=%I&coding=%c&charset=%C&udh=%u\"\n\n\
             group = sendsms-user\nusername = parvis\npassword = secret\nuser-allow-ip = \"127.0.0.1\"\n\
             concatenation = true\nmax-messages = 10\n\n{more}"
        );
        let path = folder.join("kannel.conf");
        std::fs::write(&path, configuration)?;
        let program = |name: &str, port: u16| {
            let mut command = Command::new(name);
            command
                .arg(&path)
                .current_dir(folder)
                .stdout(Stdio::null())
                .stderr(Stdio::null());
            let program = Program::start(&mut command)?;
            until_listening(name, port)?;
            io::Result::Ok(program)
        };
        let bearerbox = program("/usr/sbin/bearerbox", boxes)?;
        let smsbox = program("/usr/sbin/smsbox", sendsms_port)?;
        Ok(Self {
            smsc_port,
            sendsms_port,
            _smsbox: smsbox,
            _bearerbox: bearerbox,
        })
    }
}

/// `fakesmsc` towards a port of the loopback; its further options and its messages are to be added.
pub(crate) fn fakesmsc(port: u16) -> Command {
    let mut command = Command::new("/usr/lib/kannel/test/fakesmsc");
    command.args(["-H", "127.0.0.1", "-r", &port.to_string()]);
    command
}

fn until_listening(name: &str, port: u16) -> io::Result<()> {
    let began = Instant::now();
    while let Err(error) = TcpStream::connect(("127.0.0.1", port)) {
        if began.elapsed() > PATIENCE {
            let told = format!("{name} does not listen on port {port} after {PATIENCE:?}: {error}");
            return Err(io::Error::new(error.kind(), told));
        }
        thread::sleep(LOOK);
    }
    Ok(())
}
