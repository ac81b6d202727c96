//! An HTTP server of a few lines, and programs that end with the test that started them.

#[path = "../peers/kannel.rs"]
pub(crate) mod kannel;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue, Method};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufStream};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// A request as it came.
pub(crate) struct Seen {
    pub(crate) method: Method,
    pub(crate) path_and_query: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

/// What the server does with a request.
pub(crate) enum Answer {
    /// A status line's end, headers each with its line's end, and a body.
    Say(&'static str, &'static str, String),
    /// Closes the connection without a word.
    Hang,
    /// Keeps the connection open without a word.
    Wait,
}

/// A server on a free port of the loopback, until it is dropped.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    task: JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Server {
    pub(crate) async fn start(
        on: SocketAddr,
        answer: impl Fn(Seen) -> Answer + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind(on).await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let answer = Arc::new(answer);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let answer = Arc::clone(&answer);
                tokio::spawn(async move {
                    // A peer that goes away ends its connection, not the server.
                    serve(stream, &*answer).await.ok();
                });
            }
        });
        Self { address, task }
    }
}

async fn serve(stream: TcpStream, answer: &(impl Fn(Seen) -> Answer + Sync)) -> std::io::Result<()> {
    let mut stream = BufStream::new(stream);
    while let Some(seen) = read(&mut stream).await? {
        match answer(seen) {
            Answer::Say(status, headers, body) => {
                let head = format!(
                    "HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\n\r\n",
                    body.len()
                );
                stream.write_all(head.as_bytes()).await?;
                stream.write_all(body.as_bytes()).await?;
                stream.flush().await?;
            }
            Answer::Hang => break,
            Answer::Wait => std::future::pending().await,
        }
    }
    Ok(())
}

async fn read(stream: &mut BufStream<TcpStream>) -> std::io::Result<Option<Seen>> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(None);
        }
        match line.trim_end() {
            "" => break,
            line => lines.push(line.to_owned()),
        }
    }
    let mut first = lines.first().expect("a request line").split(' ');
    let method = first
        .next()
        .and_then(|method| method.parse().ok())
        .expect("a method");
    let path_and_query = first.next().expect("a path").to_owned();
    let headers: HeaderMap = lines[1..]
        .iter()
        .filter_map(|line| {
            let (name, value) = line.split_once(':')?;
            Some((
                HeaderName::try_from(name).ok()?,
                HeaderValue::from_str(value.trim()).ok()?,
            ))
        })
        .collect();
    let length = headers
        .get("content-length")
        .map_or("0", |value| value.to_str().expect("a length"));
    let mut body = vec![0; length.parse().expect("a length")];
    stream.read_exact(&mut body).await?;
    Ok(Some(Seen {
        method,
        path_and_query,
        headers,
        body,
    }))
}

/// Ports that were free a moment ago, all different.
pub(crate) fn free_ports<const N: usize>() -> [u16; N] {
    kannel::free_ports().expect("free ports")
}

/// Looks again and again, for half a minute at most.
pub(crate) async fn eventually<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    for _ in 0..600 {
        if let Some(found) = look() {
            return found;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("half a minute later: no {what}");
}

pub(crate) fn client() -> reqwest::Client {
    // Another test may have installed it.
    rustls::crypto::ring::default_provider().install_default().ok();
    sms::http::client(Duration::from_secs(2), Duration::from_millis(1500)).expect("a client")
}
