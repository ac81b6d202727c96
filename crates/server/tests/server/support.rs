//! A small town, a running server, and a plain HTTP client.

use serde_json::Value;
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, ExitStatus, Output, Stdio};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long anything may take before a test gives up.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

const CONFIG: &str = r#"
[[site]]
key = "moulin"
name = "Ville de Moulin"
hosts = ["moulin.example"]
origins = ["https://www.moulin.example"]

[[site]]
key = "lavoir"
name = "Ville de Lavoir"
hosts = ["lavoir.example"]
origins = ["https://www.lavoir.example"]

[limits]
questions_per_minute = 0

[egress]
pages_per_second = 0
"#;

const DOCUMENTS: [(&str, &str); 3] = [
    (
        "bibliotheque.md",
        "---\nid: bibliotheque\ntitle: Carte de bibliothèque\nurl: https://www.moulin.example/bibliotheque\n---\n# Carte de bibliothèque\n\nLa carte de bibliothèque est gratuite pour tous les habitants de Moulin. Elle permet d’emprunter dix livres pendant trois semaines.\n",
    ),
    (
        "decheterie.md",
        "---\nid: decheterie\ntitle: Déchèterie\n---\n# Déchèterie\n\nLa déchèterie accepte les gravats, le bois et les appareils électriques. Le dépôt est limité à deux mètres cubes par semaine.\n",
    ),
    (
        "jumelage.md",
        "---\nid: jumelage\ntitle: Comité de jumelage\n---\n# Comité de jumelage\n\nLe comité de jumelage organise chaque année un voyage en Bavière pour les collégiens.\n",
    ),
];

struct Town {
    folder: TempDir,
}

/// Imported once; each test works on a copy.
static TOWN: LazyLock<Town> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let content = folder.path().join("content");
    std::fs::create_dir(&content).unwrap();
    for (name, text) in DOCUMENTS {
        std::fs::write(content.join(name), text).unwrap();
    }
    std::fs::write(folder.path().join("parvis.toml"), CONFIG).unwrap();
    let town = Town { folder };
    let output = parvis(&town.path("data"), &town.path("parvis.toml"))
        .args(["import", "--site", "moulin", "--as", "Ana", "--trusted-by", "Bob"])
        .arg(content)
        .output()
        .unwrap();
    assert_success(&output);
    town
});

impl Town {
    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

/// A data directory and a configuration of one's own.
pub(crate) struct Installation {
    folder: Arc<TempDir>,
}

impl Installation {
    /// A copy of the town, with `extra` behind its configuration.
    pub(crate) fn new(extra: &str) -> Self {
        let folder = Arc::new(tempfile::tempdir().unwrap());
        copy(&TOWN.path("data"), &folder.path().join("data"));
        let installation = Self { folder };
        std::fs::write(installation.config(), overlaid(extra)).unwrap();
        installation
    }

    /// Nothing but a configuration.
    pub(crate) fn empty() -> Self {
        let folder = Arc::new(tempfile::tempdir().unwrap());
        std::fs::write(folder.path().join("parvis.toml"), CONFIG).unwrap();
        Self { folder }
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub(crate) fn config(&self) -> PathBuf {
        self.folder.path().join("parvis.toml")
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn command(&self) -> Command {
        parvis(&self.data(), &self.config())
    }

    pub(crate) fn serve(&self) -> Server {
        let mut command = self.command();
        command.args(["serve", "--listen", "127.0.0.1:0"]);
        Server::start(&mut command, self.path("log"), Some(self.folder.clone()))
    }
}

/// The defaults of the tests, with `extra` settings in place of theirs where both name one.
fn overlaid(extra: &str) -> String {
    let mut config: toml::Table = CONFIG.parse().unwrap();
    for (name, value) in extra.parse::<toml::Table>().unwrap() {
        match (config.get_mut(&name), value) {
            (Some(toml::Value::Table(section)), toml::Value::Table(table)) => section.extend(table),
            (_, value) => {
                config.insert(name, value);
            }
        }
    }
    config.to_string()
}

pub(crate) fn parvis(data: &Path, config: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_parvis"));
    command.arg("--data-dir").arg(data).arg("--config").arg(config);
    command
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

pub(crate) fn assert_success(output: &Output) {
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{}: {said}{}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
}

/// Waits until `holds`, or fails.
pub(crate) fn wait_until(what: &str, mut holds: impl FnMut() -> bool) {
    let began = Instant::now();
    while !holds() {
        assert!(
            began.elapsed() < PATIENCE,
            "{what} did not happen in {PATIENCE:?}"
        );
        std::thread::yield_now();
    }
}

/// A running server, ended by its own process id.
pub(crate) struct Server {
    child: Child,
    _stdout: BufReader<ChildStdout>,
    log: PathBuf,
    pub(crate) address: SocketAddr,
    /// Its data is not deleted before it ends.
    _folder: Option<Arc<TempDir>>,
}

impl Server {
    pub(crate) fn start(command: &mut Command, log: PathBuf, folder: Option<Arc<TempDir>>) -> Self {
        let stderr = std::fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(&log)
            .unwrap();
        let mut child = command.stdout(Stdio::piped()).stderr(stderr).spawn().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        let Some(address) = line.trim().strip_prefix("listening on http://") else {
            let status = child.wait().unwrap();
            panic!("{status}, {line:?}: {}", std::fs::read_to_string(&log).unwrap());
        };
        let address = address.parse().unwrap();
        Self {
            child,
            _stdout: stdout,
            log,
            address,
            _folder: folder,
        }
    }

    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap()
    }

    /// The number of its process.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn signal(&self, signal: &str) {
        let status = Command::new("kill")
            .args([signal, &self.id().to_string()])
            .status()
            .unwrap();
        assert!(status.success());
    }

    pub(crate) fn wait(&mut self) -> ExitStatus {
        let mut status = None;
        wait_until("the end of the process", || {
            status = self.child.try_wait().unwrap();
            status.is_some()
        });
        status.unwrap()
    }

    pub(crate) fn stop(mut self) {
        self.signal("-TERM");
        assert!(self.wait().success());
    }

    pub(crate) fn get(&self, path: &str) -> Response {
        self.request("GET", path).send()
    }

    pub(crate) fn request(&self, method: &str, path: &str) -> Request {
        Request {
            address: self.address,
            method: method.to_owned(),
            path: path.to_owned(),
            headers: vec![("Host".to_owned(), self.address.to_string())],
            body: Vec::new(),
        }
    }

    pub(crate) fn ask(&self, body: &Value) -> Request {
        self.request("POST", "/api/v1/questions").json(body)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already, which is what is wanted.
        let _ended = self.child.kill();
        let _reaped = self.child.wait();
    }
}

/// A request to be sent.
#[derive(Clone)]
pub(crate) struct Request {
    address: SocketAddr,
    method: String,
    path: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Request {
    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers
            .retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn json(self, body: &Value) -> Self {
        self.body("application/json", body.to_string())
    }

    pub(crate) fn body(mut self, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self.header("Content-Type", content_type)
    }

    /// Sends the head and `sent` bytes of the body; the rest is up to the caller.
    pub(crate) fn begin(&self, sent: usize) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let mut head = format!("{} {} HTTP/1.1\r\nConnection: close\r\n", self.method, self.path);
        for (name, value) in &self.headers {
            head += &format!("{name}: {value}\r\n");
        }
        head += &format!("Content-Length: {}\r\n\r\n", self.body.len());
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(&self.body[..sent]).unwrap();
        stream
    }

    pub(crate) fn send(&self) -> Response {
        let stream = self.begin(self.body.len());
        Response::read(stream)
    }

    /// The bytes of the body that `begin` did not send.
    pub(crate) fn rest(&self, sent: usize) -> &[u8] {
        &self.body[sent..]
    }
}

/// A response, whole.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) headers: HashMap<String, String>,
    pub(crate) bytes: Vec<u8>,
}

impl Response {
    pub(crate) fn read(mut stream: TcpStream) -> Self {
        let mut all = Vec::new();
        stream.read_to_end(&mut all).unwrap();
        let end = all
            .windows(4)
            .position(|w| w == b"\r\n\r\n")
            .expect("a whole head");
        let head = String::from_utf8(all[..end].to_vec()).unwrap();
        let mut lines = head.lines();
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let mut headers: HashMap<String, String> = HashMap::new();
        for (name, value) in lines.filter_map(|line| line.split_once(": ")) {
            let held = headers.entry(name.to_lowercase()).or_default();
            *held = if held.is_empty() {
                value.to_owned()
            } else {
                format!("{held}, {value}")
            };
        }
        let body = &all[end + 4..];
        let chunked = headers
            .get("transfer-encoding")
            .is_some_and(|coding| coding == "chunked");
        let bytes = if chunked { dechunk(body) } else { body.to_vec() };
        Self {
            status,
            headers,
            bytes,
        }
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.bytes.clone()).unwrap()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|error| panic!("{error} in {}", self.text()))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    /// The problem's code, once its form is checked.
    pub(crate) fn problem(&self) -> String {
        assert_eq!(
            self.header("content-type"),
            "application/problem+json",
            "{}",
            self.text()
        );
        let details = self.json();
        assert_eq!(details["status"], self.status);
        let code = details["code"].as_str().unwrap().to_owned();
        assert_eq!(details["type"], format!("/problems/{code}"));
        assert!(
            !details["title"].as_str().unwrap().is_empty() && !details["detail"].as_str().unwrap().is_empty()
        );
        code
    }

    /// The events of a stream, in order.
    pub(crate) fn events(&self) -> Vec<(String, Value)> {
        assert_eq!(self.header("content-type"), "text/event-stream");
        let text = self.text();
        // A server that has nothing to say for long sends a comment, which is no event.
        let is_event = |event: &&str| !event.trim().is_empty() && !event.starts_with(':');
        let events = text.split("\n\n").filter(is_event);
        let event = |event: &str| {
            let field = |name: &str| {
                event
                    .lines()
                    .find_map(|line| line.strip_prefix(name))
                    .unwrap()
                    .trim()
                    .to_owned()
            };
            (field("event:"), serde_json::from_str(&field("data:")).unwrap())
        };
        events.map(event).collect()
    }
}

fn dechunk(mut body: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let end = body.windows(2).position(|w| w == b"\r\n").expect("a whole chunk");
        let size = usize::from_str_radix(std::str::from_utf8(&body[..end]).unwrap(), 16).unwrap();
        if size == 0 {
            return bytes;
        }
        bytes.extend_from_slice(&body[end + 2..end + 2 + size]);
        body = &body[end + 4 + size..];
    }
}
