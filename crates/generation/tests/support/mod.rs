//! A model of random weights, llama.cpp's own HTTP server for it, and a prompt.

use generation::{Failed, Limits, Prompt, Words};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

pub(crate) fn prompt() -> Prompt {
    Prompt {
        instructions: "Réécris.".into(),
        material: "La piscine ouvre à 9 h.".into(),
        lock: None,
    }
}

pub(crate) fn limits() -> Limits {
    Limits {
        tokens: 16,
        silence: Duration::from_secs(20),
        whole: Duration::from_secs(40),
    }
}

/// All that was said, and why no more came.
pub(crate) async fn said(mut words: Words) -> (String, Option<Failed>) {
    let mut text = String::new();
    while let Some(piece) = words.next().await {
        match piece {
            Ok(piece) => text.push_str(&piece),
            Err(failed) => return (text, Some(failed)),
        }
    }
    (text, None)
}

fn peers() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers")
}

fn python() -> PathBuf {
    peers().join(".venv/bin/python")
}

/// Writes the model, the same each time.
pub(crate) fn tiny_model(folder: &Path) -> PathBuf {
    tiny_model_of(folder, &[])
}

/// The same with other measures.
pub(crate) fn tiny_model_of(folder: &Path, measures: &[&str]) -> PathBuf {
    let model = folder.join("tiny.gguf");
    let written = Command::new(python())
        .arg(peers().join("tiny_model.py"))
        .arg(&model)
        .args(measures)
        .status();
    assert!(
        written.unwrap().success(),
        "cargo xtask test installs what it needs"
    );
    model
}

/// llama.cpp's HTTP server with a model of random weights.
pub(crate) struct LlamaServer {
    process: Child,
    pub(crate) port: u16,
}

impl LlamaServer {
    pub(crate) fn start(model: &Path) -> Self {
        let mut process = Command::new(python())
            .arg(peers().join("serve.py"))
            .arg(model)
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
}

impl LlamaServer {
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
