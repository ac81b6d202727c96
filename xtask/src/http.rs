//! A small HTTP/1.1 client for the benchmarks: one connection kept alive, one request at a time.

use std::io::{BufRead, BufReader, Read, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use anyhow::Context as _;

/// A connection to a server on this machine.
pub(crate) struct Connection {
    stream: BufReader<TcpStream>,
    address: String,
}

/// What came back.
#[derive(Debug, PartialEq)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) body: String,
}

impl Connection {
    /// Connects to `127.0.0.1:8080`.
    pub(crate) fn open(address: &str) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).with_context(|| format!("connecting to {address}"))?;
        stream.set_nodelay(true).context("setting up the connection")?;
        stream
            .set_read_timeout(Some(Duration::from_secs(60)))
            .context("setting up the connection")?;
        Ok(Self {
            stream: BufReader::new(stream),
            address: address.to_owned(),
        })
    }

    pub(crate) fn get(&mut self, path: &str) -> anyhow::Result<Response> {
        self.send(&format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\nAccept: application/json\r\n\r\n",
            self.address
        ))
    }

    pub(crate) fn post_json(&mut self, path: &str, body: &str) -> anyhow::Result<Response> {
        self.send(&format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nAccept: application/json\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        ))
    }

    fn send(&mut self, request: &str) -> anyhow::Result<Response> {
        self.stream
            .get_mut()
            .write_all(request.as_bytes())
            .context("sending a request")?;
        read_response(&mut self.stream).context("reading a response")
    }
}

fn read_response(stream: &mut impl BufRead) -> anyhow::Result<Response> {
    let start = read_line(stream)?;
    let status = start.split(' ').nth(1).and_then(|code| code.parse().ok());
    let status = status.with_context(|| format!("not an HTTP status line: {start:?}"))?;
    let mut length = 0;
    let mut chunked = false;
    loop {
        let line = read_line(stream)?;
        let Some((name, value)) = line.split_once(':') else {
            break;
        };
        let value = value.trim();
        if name.eq_ignore_ascii_case("content-length") {
            length = value
                .parse()
                .with_context(|| format!("not a length: {value:?}"))?;
        } else if name.eq_ignore_ascii_case("transfer-encoding") {
            chunked = value.eq_ignore_ascii_case("chunked");
        }
    }
    let body = if chunked {
        read_chunks(stream)?
    } else {
        read_exactly(stream, length)?
    };
    Ok(Response {
        status,
        body: String::from_utf8(body).context("the body is not UTF-8")?,
    })
}

fn read_line(stream: &mut impl BufRead) -> anyhow::Result<String> {
    let mut line = String::new();
    let read = stream.read_line(&mut line)?;
    anyhow::ensure!(read > 0, "the server closed the connection");
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

fn read_exactly(stream: &mut impl Read, length: usize) -> anyhow::Result<Vec<u8>> {
    let mut bytes = vec![0; length];
    stream.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn read_chunks(stream: &mut impl BufRead) -> anyhow::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let line = read_line(stream)?;
        let size = line.split(';').next().unwrap_or_default().trim();
        let length =
            usize::from_str_radix(size, 16).with_context(|| format!("not a chunk's size: {line:?}"))?;
        body.extend(read_exactly(stream, length)?);
        read_line(stream)?;
        if length == 0 {
            return Ok(body);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> anyhow::Result<Response> {
        read_response(&mut text.as_bytes())
    }

    #[test]
    fn a_body_is_read_by_its_length_or_its_chunks() {
        let whole = read("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello, and the next").unwrap();
        assert_eq!(
            whole,
            Response {
                status: 200,
                body: "hello".into()
            }
        );
        let chunks =
            read("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n");
        assert_eq!(
            chunks.unwrap(),
            Response {
                status: 200,
                body: "hello".into()
            }
        );
        assert_eq!(read("HTTP/1.1 204 No Content\r\n\r\n").unwrap().status, 204);
    }

    #[test]
    fn a_response_cut_short_is_an_error() {
        assert!(read("HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\nhello").is_err());
        assert!(read("").is_err());
        assert!(read("nonsense\r\n\r\n").is_err());
    }
}
