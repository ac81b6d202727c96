//! llama.cpp's own HTTP server, and the scripts that write models.

use generation::Endpoint;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers")
}

/// The Python that holds what the scripts need.
pub(crate) fn python() -> PathBuf {
    folder().join(".venv/bin/python")
}

pub(crate) fn script(name: &str) -> PathBuf {
    folder().join(name)
}

/// The model that a script writes.
pub(crate) fn written(name: &str, model: &Path, arguments: &[&str]) -> PathBuf {
    let mut writing = Command::new(python());
    let written = writing.arg(script(name)).arg(model).args(arguments).status();
    assert!(
        written.unwrap().success(),
        "cargo xtask test installs what it needs"
    );
    model.to_owned()
}

/// llama.cpp's HTTP server with a model.
pub(crate) struct LlamaServer {
    process: Child,
    port: u16,
}

impl LlamaServer {
    /// `role`: "words", "embeddings" or "reranker".
    pub(crate) fn start(model: &Path, role: &str) -> Self {
        let mut process = Command::new(python())
            .arg(script("serve.py"))
            .arg(model)
            .arg(role)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let port = line.trim().rsplit(' ').next().unwrap().parse().unwrap();
        let server = Self { process, port };
        while !server.is_loaded() {
            std::thread::sleep(Duration::from_millis(10));
        }
        server
    }

    /// Where its protocol begins.
    pub(crate) fn endpoint(&self) -> Endpoint {
        Endpoint {
            url: format!("http://127.0.0.1:{}/v1", self.port).parse().unwrap(),
            model: "tiny".into(),
            key: None,
        }
    }

    fn is_loaded(&self) -> bool {
        let Ok(mut stream) = TcpStream::connect(("127.0.0.1", self.port)) else {
            return false;
        };
        let mut answer = String::new();
        let asked = stream.write_all(b"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        asked.is_ok() && stream.read_to_string(&mut answer).is_ok() && answer.starts_with("HTTP/1.1 200")
    }
}

impl Drop for LlamaServer {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}
