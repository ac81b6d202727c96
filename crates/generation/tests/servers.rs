//! A town's model servers: llama.cpp's own, and some that misbehave.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails as its test does")]

use generation::{Endpoint, Failed, Generator, Limits, Prompt, Server, Words};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::time::Duration;

fn prompt() -> Prompt {
    Prompt {
        instructions: "Réécris.".into(),
        material: "La piscine ouvre à 9 h.".into(),
    }
}

fn limits() -> Limits {
    Limits {
        tokens: 16,
        silence: Duration::from_secs(20),
        whole: Duration::from_secs(40),
    }
}

fn endpoint(port: u16) -> Endpoint {
    Endpoint {
        url: format!("http://127.0.0.1:{port}/v1").parse().unwrap(),
        model: "tiny".into(),
        key: Some("secret-of-the-town".into()),
    }
}

fn servers(ports: &[u16], at_once: usize) -> Generator {
    Generator::Server(Server::new(ports.iter().copied().map(endpoint).collect(), at_once).unwrap())
}

/// All that was said, and why no more came.
async fn said(mut words: Words) -> (String, Option<Failed>) {
    let mut text = String::new();
    while let Some(piece) = words.next().await {
        match piece {
            Ok(piece) => text.push_str(&piece),
            Err(failed) => return (text, Some(failed)),
        }
    }
    (text, None)
}

/// llama.cpp's HTTP server with a model of random weights.
struct LlamaServer {
    process: Child,
    port: u16,
}

impl LlamaServer {
    fn start(folder: &Path) -> Self {
        let peers = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers");
        let python = peers.join(".venv/bin/python");
        let model = folder.join("tiny.gguf");
        let written = Command::new(&python)
            .arg(peers.join("tiny_model.py"))
            .arg(&model)
            .status();
        assert!(
            written.unwrap().success(),
            "cargo xtask test installs what it needs"
        );
        let mut process = Command::new(&python)
            .arg(peers.join("serve.py"))
            .arg(&model)
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
        Self { process, port }
    }
}

impl Drop for LlamaServer {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

/// A server that does `behave` with each connection, once it has read the request.
struct Misbehaving {
    port: u16,
    asked: Arc<AtomicUsize>,
}

impl Misbehaving {
    fn start(behave: impl Fn(&mut TcpStream, &str) + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let request = read_request(&mut stream);
                count.fetch_add(1, Ordering::SeqCst);
                behave(&mut stream, &request);
            }
        });
        Self { port, asked }
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

fn read_request(stream: &mut TcpStream) -> String {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let (mut head, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        if line.trim().is_empty() {
            break;
        }
        head.push_str(&line);
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    head + &String::from_utf8(body).unwrap()
}

const HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n";

fn piece(words: &str) -> String {
    format!(
        "data: {}\n\n",
        serde_json::json!({"choices": [{"delta": {"content": words}}]})
    )
}

fn good() -> Misbehaving {
    Misbehaving::start(|stream, _| {
        let answer = format!("{HEAD}{}{}data: [DONE]\n\n", piece("Bon"), piece("jour"));
        stream.write_all(answer.as_bytes()).unwrap();
    })
}

#[tokio::test]
async fn llama_cpps_own_server_streams_its_words_to_several_residents_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let llama = LlamaServer::start(folder.path());
    let generator = servers(&[llama.port], 4);
    // It answers 503 until its model is loaded.
    let mut tries = 0;
    loop {
        let (text, failed) = said(generator.words(prompt(), limits()).unwrap()).await;
        match failed {
            None => {
                assert!(!text.is_empty());
                break;
            }
            Some(Failed::Refused { .. } | Failed::Unreachable { .. }) if tries < 200 => {
                tries += 1;
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            Some(failed) => panic!("{failed}"),
        }
    }
    let several: Vec<_> = (0..4)
        .map(|_| generator.words(prompt(), limits()).unwrap())
        .collect();
    let mut texts = Vec::new();
    for words in several {
        let (text, failed) = said(words).await;
        assert_eq!(failed, None);
        texts.push(text);
    }
    assert!(texts.iter().all(|text| !text.is_empty()));
}

#[tokio::test]
async fn where_a_server_fails_before_its_first_word_the_next_one_is_asked_and_remembered() {
    let failures = [
        "HTTP/1.1 503 Loading\r\ncontent-length: 0\r\n\r\n".to_owned(),
        "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n".to_owned(),
        String::new(),
        format!("{HEAD}data: <html>\n\n"),
        format!("{HEAD}data: {{\"error\":{{}}}}\n\n"),
    ];
    for failure in failures {
        let failing = move |stream: &mut TcpStream, _: &str| stream.write_all(failure.as_bytes()).unwrap();
        let (first, second) = (Misbehaving::start(failing), good());
        let generator = servers(&[first.port, second.port], 1);
        for asked in 1..=2 {
            assert_eq!(
                said(generator.words(prompt(), limits()).unwrap()).await,
                ("Bonjour".into(), None)
            );
            assert_eq!((first.asked(), second.asked()), (1, asked));
        }
    }
}

#[tokio::test]
async fn after_a_first_word_nobody_else_is_asked() {
    let broken = Misbehaving::start(|stream, _| {
        stream
            .write_all(format!("{HEAD}{}", piece("Bon")).as_bytes())
            .unwrap();
    });
    let other = good();
    let generator = servers(&[broken.port, other.port], 1);
    let (text, failed) = said(generator.words(prompt(), limits()).unwrap()).await;
    assert_eq!(text, "Bon");
    assert!(matches!(failed, Some(Failed::Cut { .. })), "{failed:?}");
    assert_eq!(other.asked(), 0);
}

#[tokio::test]
async fn a_silent_server_and_an_endless_one_end_at_their_limits() {
    let silent = Misbehaving::start(|stream, _| {
        stream.write_all(HEAD.as_bytes()).unwrap();
        let _until_it_is_closed = stream.read(&mut [0]);
    });
    let short = Limits {
        silence: Duration::from_millis(100),
        ..limits()
    };
    let (text, failed) = said(servers(&[silent.port], 1).words(prompt(), short).unwrap()).await;
    assert_eq!(text, "");
    assert!(
        matches!(
            failed,
            Some(Failed::TooSlow {
                whole_or_silence: "model.silence_seconds",
                ..
            })
        ),
        "{failed:?}"
    );
    let endless = Misbehaving::start(|stream, _| {
        stream.write_all(HEAD.as_bytes()).unwrap();
        while stream.write_all(piece("bla ").as_bytes()).is_ok() {}
    });
    let short = Limits {
        whole: Duration::from_millis(300),
        ..limits()
    };
    let (text, failed) = said(servers(&[endless.port], 1).words(prompt(), short).unwrap()).await;
    assert!(text.starts_with("bla bla"));
    assert!(
        matches!(
            failed,
            Some(Failed::TooSlow {
                whole_or_silence: "model.seconds",
                ..
            })
        ),
        "{failed:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn who_leaves_stops_the_model_and_frees_the_place() {
    let (closed, was_closed) = mpsc::channel();
    let endless = Misbehaving::start(move |stream, _| {
        stream.write_all(HEAD.as_bytes()).unwrap();
        while stream.write_all(piece("bla ").as_bytes()).is_ok() {}
        closed.send(()).unwrap();
    });
    let generator = servers(&[endless.port], 1);
    for _ in 0..2 {
        let mut words = generator.words(prompt(), limits()).unwrap();
        assert_eq!(words.next().await, Some(Ok("bla ".into())));
        drop(words);
        was_closed.recv_timeout(Duration::from_secs(30)).unwrap();
    }
}

#[tokio::test]
async fn whoever_finds_no_free_place_in_time_is_told_so() {
    let endless = Misbehaving::start(|stream, _| {
        stream.write_all(HEAD.as_bytes()).unwrap();
        while stream.write_all(piece("bla ").as_bytes()).is_ok() {}
    });
    let generator = servers(&[endless.port], 1);
    let mut first = generator.words(prompt(), limits()).unwrap();
    assert!(first.next().await.unwrap().is_ok());
    let short = Limits {
        whole: Duration::from_millis(100),
        ..limits()
    };
    assert_eq!(
        said(generator.words(prompt(), short).unwrap()).await,
        (String::new(), Some(Failed::Busy))
    );
}

#[tokio::test]
async fn the_request_is_that_of_the_protocol_with_its_key_and_nobodys_failure_tells_the_question() {
    let (sent, requests) = mpsc::channel();
    let refusing = Misbehaving::start(move |stream, request| {
        sent.send(request.to_owned()).unwrap();
        let echo = "HTTP/1.1 400 Bad Request\r\ncontent-length: 9\r\n\r\nLa piscin";
        stream.write_all(echo.as_bytes()).unwrap();
    });
    let (_, failed) = said(servers(&[refusing.port], 1).words(prompt(), limits()).unwrap()).await;
    let request = requests.recv().unwrap();
    let (head, body) = request.split_at(request.find('{').unwrap());
    assert!(head.starts_with("POST /v1/chat/completions HTTP/1.1"), "{head}");
    assert!(
        head.contains("authorization: Bearer secret-of-the-town"),
        "{head}"
    );
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!(
        (&body["model"], &body["stream"], &body["max_tokens"]),
        (&"tiny".into(), &true.into(), &16.into())
    );
    assert_eq!(body["messages"][1]["content"], "La piscine ouvre à 9 h.");
    let failed = failed.unwrap().to_string();
    assert!(
        failed.contains("400") && !failed.contains("piscin") && !failed.contains("secret"),
        "{failed}"
    );
}

#[tokio::test]
async fn without_a_model_there_are_no_words() {
    assert!(Generator::None.words(prompt(), limits()).is_none());
}
