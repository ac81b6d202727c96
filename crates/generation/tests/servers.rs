//! A town's model servers: llama.cpp's own, and some that misbehave.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails as its test does")]

mod misbehaving;
mod peers;
mod support;

use generation::{Failed, Generator, Limit, Limits, Server};
use misbehaving::Misbehaving;
use peers::LlamaServer;
use std::io::Write;
use std::net::TcpStream;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::Duration;
use support::{limits, prompt, said};

fn servers(ports: &[u16], at_once: usize) -> Generator {
    let endpoints = ports.iter().copied().map(misbehaving::endpoint).collect();
    Generator::Server(Server::new(endpoints, at_once).unwrap())
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
    let llama = LlamaServer::start(&support::tiny_model(folder.path()), "words");
    let generator = Generator::Server(Server::new(vec![llama.endpoint()], 4).unwrap());
    let several: Vec<_> = (0..4).map(|_| generator.words(prompt(), limits())).collect();
    let mut texts = Vec::new();
    for words in several {
        let (text, failed) = said(words).await;
        assert!(
            matches!(failed, None | Some(Failed::Unfinished { .. })),
            "{failed:?}"
        );
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
                said(generator.words(prompt(), limits())).await,
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
    let (text, failed) = said(generator.words(prompt(), limits())).await;
    assert_eq!(text, "Bon");
    assert!(matches!(failed, Some(Failed::Cut { .. })), "{failed:?}");
    assert_eq!(other.asked(), 0);
}

#[tokio::test]
async fn a_silent_server_and_an_endless_one_end_at_their_limits() {
    let silent = Misbehaving::start(|stream, _| {
        stream
            .write_all(format!("{HEAD}{}", piece("Bon")).as_bytes())
            .unwrap();
        // Signs of life are no words.
        while stream.write_all(b": here\n\n").is_ok() {}
    });
    let short = Limits {
        silence: Duration::from_millis(100),
        ..limits()
    };
    let (text, failed) = said(servers(&[silent.port], 1).words(prompt(), short)).await;
    assert_eq!(text, "Bon");
    let limit = |failed: Option<Failed>| match failed {
        Some(Failed::TooSlow { limit, .. }) => limit,
        other => panic!("{other:?}"),
    };
    assert_eq!(limit(failed), Limit::Silence);
    let endless = Misbehaving::start(|stream, _| {
        stream.write_all(HEAD.as_bytes()).unwrap();
        while stream.write_all(piece("bla ").as_bytes()).is_ok() {}
    });
    let short = Limits {
        whole: Duration::from_secs(1),
        ..limits()
    };
    let (text, failed) = said(servers(&[endless.port], 1).words(prompt(), short)).await;
    assert!(text.starts_with("bla bla"));
    assert_eq!(limit(failed), Limit::Whole);
}

#[tokio::test]
async fn an_answer_that_was_cut_at_its_most_tokens_is_said_to_be() {
    let long = Misbehaving::start(|stream, _| {
        let end = serde_json::json!({"choices": [{"delta": {}, "finish_reason": "length"}]});
        let answer = format!("{HEAD}{}data: {end}\n\ndata: [DONE]\n\n", piece("Bon"));
        stream.write_all(answer.as_bytes()).unwrap();
    });
    let generator = servers(&[long.port], 1);
    for _ in 0..2 {
        let (text, failed) = said(generator.words(prompt(), limits())).await;
        assert_eq!(text, "Bon");
        assert!(matches!(failed, Some(Failed::Unfinished { .. })), "{failed:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_only_server_fails_one_question_at_a_time_finds_out() {
    let (leave, left) = mpsc::channel::<()>();
    let asked_before = AtomicUsize::new(0);
    let failing = Misbehaving::start(move |_, _| {
        if asked_before.fetch_add(1, Ordering::SeqCst) == 1 {
            left.recv().unwrap();
        }
    });
    let generator = servers(&[failing.port], 4);
    let first = said(generator.words(prompt(), limits())).await.1;
    assert!(matches!(first, Some(Failed::Unreachable { .. })), "{first:?}");
    let probe = generator.words(prompt(), limits());
    while failing.asked() < 2 {
        tokio::task::yield_now().await;
    }
    assert_eq!(
        said(generator.words(prompt(), limits())).await.1,
        Some(Failed::Busy)
    );
    leave.send(()).unwrap();
    assert!(matches!(said(probe).await.1, Some(Failed::Unreachable { .. })));
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
        let mut words = generator.words(prompt(), limits());
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
    let mut first = generator.words(prompt(), limits());
    assert!(first.next().await.unwrap().is_ok());
    assert_eq!(
        said(generator.words(prompt(), limits())).await,
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
    let (_, failed) = said(servers(&[refusing.port], 1).words(prompt(), limits())).await;
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
