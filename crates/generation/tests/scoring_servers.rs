//! Servers that should give numbers, and misbehave.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails as its test does")]

mod misbehaving;

use generation::{Embedder, Failed, Reranker, ScoringServer};
use misbehaving::{Misbehaving, endpoint};
use std::io::Write;
use std::net::TcpStream;
use std::sync::{Arc, mpsc};
use std::time::Duration;
use tokio::time::Instant;

fn texts() -> Vec<String> {
    ["La carte est gratuite.", "La piscine ouvre à 9 h."]
        .map(str::to_owned)
        .to_vec()
}

fn soon() -> Instant {
    Instant::now() + Duration::from_secs(60)
}

fn server(of: &Misbehaving) -> ScoringServer {
    ScoringServer::new(endpoint(of.port)).unwrap()
}

/// A server that answers so.
fn saying(body: String) -> Misbehaving {
    Misbehaving::start(move |stream, _| respond(stream, "200 OK", &body))
}

fn respond(stream: &mut TcpStream, status: &str, body: &str) {
    let length = body.len();
    let answer = format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}");
    // Who waits no longer hears nothing.
    let _unheard = stream.write_all(answer.as_bytes());
}

async fn vectors(of: &Misbehaving) -> Result<(), Failed> {
    Embedder::Server(server(of))
        .vectors(&texts(), soon())
        .await
        .map(drop)
}

async fn scores(of: &Misbehaving) -> Result<Vec<f32>, Failed> {
    Reranker::Server(server(of))
        .scores("Où ?", &texts(), soon())
        .await
}

#[tokio::test]
async fn numbers_that_are_not_one_set_for_each_text_are_refused() {
    let garbage = [
        "",
        "<html>",
        "{}",
        r#"{"error":{"message":"La piscine"}}"#,
        r#"{"data":[],"results":[]}"#,
        r#"{"data":[{"index":0,"embedding":[1,0]}],"results":[{"index":0,"relevance_score":1}]}"#,
        r#"{"data":[{"index":0,"embedding":[1,0]},{"index":0,"embedding":[0,1]}],
            "results":[{"index":0,"relevance_score":1},{"index":0,"relevance_score":2}]}"#,
        r#"{"data":[{"index":0,"embedding":[1,0]},{"index":2,"embedding":[0,1]}],
            "results":[{"index":0,"relevance_score":1},{"index":2,"relevance_score":2}]}"#,
        r#"{"data":[{"index":0,"embedding":[1,0]},{"index":-1,"embedding":[0,1]}],
            "results":[{"index":0,"relevance_score":1},{"index":-1,"relevance_score":2}]}"#,
        r#"{"data":[{"index":0,"embedding":[1,0]},{"index":1,"embedding":[0,NaN]}],
            "results":[{"index":0,"relevance_score":1},{"index":1,"relevance_score":NaN}]}"#,
        r#"{"data":[{"index":0,"embedding":[1,0]},{"index":1,"embedding":[0,null]}],
            "results":[{"index":0,"relevance_score":1},{"index":1,"relevance_score":null}]}"#,
        r#"{"data":[{"index":0,"embedding":[1,0]},{"index":1,"embedding":[0,1e300]}],
            "results":[{"index":0,"relevance_score":1},{"index":1,"relevance_score":1e300}]}"#,
        r#"{"data":[{"index":0,"embedding":[1,0]},{"index":1,"embedding":[]}],
            "results":[{"index":0},{"index":1}]}"#,
        r#"{"data":[{"index":0,"embedding":[1,0]},{"index":1,"embedding":[0,0]}],
            "results":[{"index":0,"relevance_score":"high"},{"index":1,"relevance_score":2}]}"#,
    ];
    for body in garbage {
        let failed = vectors(&saying(body.to_owned())).await;
        assert!(matches!(failed, Err(Failed::Garbled { .. })), "{body} {failed:?}");
        let failed = scores(&saying(body.to_owned())).await;
        assert!(matches!(failed, Err(Failed::Garbled { .. })), "{body} {failed:?}");
    }
}

#[tokio::test]
async fn numbers_in_another_order_are_put_in_that_of_the_texts() {
    let body =
        r#"{"results":[{"index":1,"relevance_score":-3.5},{"index":0,"relevance_score":7,"document":{}}]}"#;
    assert_eq!(scores(&saying(body.to_owned())).await, Ok(vec![7.0, -3.5]));
    let body = r#"{"data":[{"index":1,"embedding":[0,5]},{"index":0,"embedding":[3,4]}]}"#;
    let of = saying(body.to_owned());
    let vectors = Embedder::Server(server(&of))
        .vectors(&texts(), soon())
        .await
        .unwrap();
    assert!((vectors[0].cosine(&vectors[1]).unwrap() - 0.8).abs() < 1e-6);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_hangs_is_left_in_time_and_then_costs_one_question_at_a_time() {
    let (leave, left) = mpsc::channel::<()>();
    let hanging = Misbehaving::start(move |_, _| {
        let _left = left.recv();
    });
    let reranker = Arc::new(Reranker::Server(server(&hanging)));
    let in_a_moment = Instant::now() + Duration::from_millis(50);
    let first = reranker.scores("Où ?", &texts(), in_a_moment).await;
    assert!(matches!(first, Err(Failed::TooSlow { .. })), "{first:?}");
    leave.send(()).unwrap();
    let probing = Arc::clone(&reranker);
    let probe = tokio::spawn(async move { probing.scores("Où ?", &texts(), soon()).await });
    while hanging.asked() < 2 {
        tokio::task::yield_now().await;
    }
    assert_eq!(reranker.scores("Où ?", &texts(), soon()).await, Err(Failed::Busy));
    leave.send(()).unwrap();
    assert!(matches!(probe.await.unwrap(), Err(Failed::Unreachable { .. })));
}

#[tokio::test]
async fn an_endless_answer_is_left() {
    let endless = Misbehaving::start(|stream, _| {
        stream
            .write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n[")
            .unwrap();
        while stream.write_all(&[b' '; 65_536]).is_ok() {}
    });
    let failed = scores(&endless).await;
    assert!(matches!(failed, Err(Failed::Garbled { .. })), "{failed:?}");
}

#[tokio::test]
async fn the_requests_are_those_of_the_protocols_with_their_key_and_no_failure_tells_the_texts() {
    let (sent, requests) = mpsc::channel();
    let refusing = Misbehaving::start(move |stream, request| {
        sent.send(request.to_owned()).unwrap();
        respond(stream, "400 Bad Request", "La piscine");
    });
    for (path, fields) in [
        ("embeddings", ["input", "input"]),
        ("rerank", ["query", "documents"]),
    ] {
        let failed = match path {
            "embeddings" => vectors(&refusing).await.unwrap_err(),
            _ => scores(&refusing).await.unwrap_err(),
        };
        let request = requests.recv().unwrap();
        let (head, body) = request.split_at(request.find('{').unwrap());
        assert!(head.starts_with(&format!("POST /v1/{path} HTTP/1.1")), "{head}");
        assert!(
            head.contains("authorization: Bearer secret-of-the-town"),
            "{head}"
        );
        let body: serde_json::Value = serde_json::from_str(body).unwrap();
        assert_eq!(body["model"], "tiny");
        assert_eq!(body[fields[1]], serde_json::json!(texts()));
        assert!(!body[fields[0]].is_null());
        let failed = failed.to_string();
        assert!(
            failed.contains("400") && !failed.contains("piscine") && !failed.contains("secret"),
            "{failed}"
        );
    }
}
