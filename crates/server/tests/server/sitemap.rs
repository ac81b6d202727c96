//! Importing a website by its sitemap, from a real server on the loopback.

use crate::support::Installation;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::runtime::Runtime;

const PARAGRAPH: &str = "Le service accueille les habitants du lundi au vendredi, de neuf heures à midi, et répond à toutes les questions sur les démarches, les tarifs et les horaires de la commune. Une pièce d’identité et un justificatif de domicile de moins de trois mois sont demandés pour toute inscription.";

/// A website, and what was asked of it.
struct Website {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
    _runtime: Runtime,
}

#[derive(Clone)]
struct Shared {
    asked: Arc<Mutex<Vec<String>>>,
    elsewhere: Option<SocketAddr>,
}

impl Website {
    fn start(elsewhere: Option<SocketAddr>) -> Self {
        let runtime = Runtime::new().unwrap();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let listener = runtime
            .block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))
            .unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Shared {
            asked: asked.clone(),
            elsewhere,
        };
        let router = axum::Router::new().fallback(respond).with_state(shared);
        runtime.spawn(async move { axum::serve(listener, router).await });
        Self {
            address,
            asked,
            _runtime: runtime,
        }
    }

    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.asked.lock().unwrap())
    }
}

fn page(title: &str) -> Response {
    let html = format!(
        "<!doctype html><html lang=fr><head><title>{title}</title></head><body><main><h1>{title}</h1><p>{PARAGRAPH}</p><p>{PARAGRAPH}</p></main></body></html>"
    );
    (
        [
            (header::CONTENT_TYPE, "text/html; charset=utf-8"),
            (header::ETAG, "\"v1\""),
        ],
        html,
    )
        .into_response()
}

async fn respond(State(shared): State<Shared>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    shared.asked.lock().unwrap().push(path.clone());
    let xml = |body: String| ([(header::CONTENT_TYPE, "application/xml")], body).into_response();
    let known = request
        .headers()
        .get(header::IF_NONE_MATCH)
        .is_some_and(|tag| tag == "\"v1\"");
    match path.as_str() {
        "/robots.txt" => "User-agent: *\nDisallow: /prive/\n".into_response(),
        "/sitemap.xml" => xml("<sitemapindex><sitemap><loc>/pages.xml.gz</loc></sitemap><sitemap><loc>/sitemap.xml</loc></sitemap></sitemapindex>".to_owned()),
        "/pages.xml.gz" => {
            let paths = ["/a", "/b", "/a", "/prive/c", "/gone", "/captcha", "/shell", "/film.mp4", "/away", "/there", "/huge", "/inside"];
            let locations: String = paths.map(|path| format!("<url><loc>{path}</loc></url>")).concat();
            let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
            write!(gzip, "<?xml version=\"1.0\"?><urlset>{locations}<url><loc>http://elsewhere.example/x</loc></url></urlset>").unwrap();
            ([(header::CONTENT_TYPE, "application/gzip")], gzip.finish().unwrap()).into_response()
        }
        "/a" | "/b" if known => StatusCode::NOT_MODIFIED.into_response(),
        "/a" => page("Accueil des services"),
        "/b" => page("Bureau des inscriptions"),
        "/captcha" => ([(header::CONTENT_TYPE, "text/html")], "<html><body><p>Confirmez que vous êtes humain pour continuer : prouvez que vous n'êtes pas un robot.</p><div class=\"g-recaptcha\"></div></body></html>").into_response(),
        "/shell" => ([(header::CONTENT_TYPE, "text/html")], "<html><head><title>Ville</title></head><body><div id=app></div><script src=/app.js></script></body></html>").into_response(),
        "/film.mp4" => ([(header::CONTENT_TYPE, "video/mp4")], "film").into_response(),
        // Another name of this very machine: outside the fence all the same.
        "/away" => Redirect::temporary(&format!("http://localhost:{}/secret", shared.elsewhere.unwrap().port())).into_response(),
        // The same host, another service of it.
        "/there" => Redirect::temporary(&format!("http://{}/secret", shared.elsewhere.unwrap())).into_response(),
        "/inside" => Redirect::temporary("/b").into_response(),
        "/huge" => ([(header::CONTENT_TYPE, "text/html")], "x".repeat(21 * 1024 * 1024)).into_response(),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

#[test]
fn a_website_is_imported_within_its_fence_and_only_once() {
    let elsewhere = Website::start(None);
    let website = Website::start(Some(elsewhere.address));
    let installation = Installation::new("");
    let import = || {
        let sitemap = format!("http://{}/sitemap.xml", website.address);
        let output = installation
            .command()
            .args([
                "import", "--site", "moulin", "--source", "Site web", "--as", "Ana", &sitemap,
            ])
            .output()
            .unwrap();
        let said =
            String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{said}");
        said
    };
    let said = import();
    let held = |path: &str, reason: &str| {
        let whole = format!("{path}: ");
        let line = said
            .lines()
            .find(|line| line.contains(&whole))
            .unwrap_or_else(|| panic!("{path} is not in\n{said}"));
        assert!(line.contains(reason), "{line}");
    };
    held("/prive/c", "robots.txt");
    held("/gone", "404");
    held("/captcha", "prove that a person reads it");
    held("/shell", "almost no text");
    held("/film.mp4", "video/mp4");
    held("/away", "leads outside");
    held("/there", "leads outside");
    held("/huge", "bytes");
    held("elsewhere.example/x", "leads outside");
    let asked = website.asked();
    let times = |path: &str| asked.iter().filter(|asked| *asked == path).count();
    assert_eq!(
        (
            times("/robots.txt"),
            times("/sitemap.xml"),
            times("/a"),
            times("/prive/c")
        ),
        (1, 1, 1, 0)
    );
    assert!(elsewhere.asked().is_empty(), "a redirect led out of the fence");
    assert!(said.contains("2 drafts, 0 published, 1 unchanged"), "{said}");

    let again = import();
    assert!(again.contains("0 drafts, 0 published, 3 unchanged"), "{again}");
}

/// Every way to a peer that our code could take.
const OPENERS: [&str; 8] = [
    "reqwest",
    "TcpStream",
    "UdpSocket",
    "UnixStream",
    "lookup_host",
    "TcpSocket",
    "Client::new",
    "Client::builder()",
];

/// The only files that may hold one: pages are fetched within their fence, gateways and model servers are those of the
/// configuration.
const PLACES: [(&str, usize); 8] = [
    ("generation/src/server.rs", 1),
    ("generation/src/server/scoring.rs", 0),
    ("server/src/fetch/cache.rs", 0),
    ("server/src/fetch/fence.rs", 0),
    ("server/src/fetch/mod.rs", 1),
    ("server/src/sms/gateways.rs", 0),
    ("sms/src/http/send.rs", 1),
    ("sms/src/smpp/connect.rs", 0),
];

#[test]
fn only_imports_and_configured_gateways_and_models_open_connections() {
    let crates = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut stack: Vec<_> = [
        "assistant",
        "domain",
        "generation",
        "ingest",
        "retrieval",
        "server",
        "sms",
        "store",
    ]
    .iter()
    .map(|name| crates.join(name).join("src"))
    .collect();
    let mut found = 0;
    while let Some(path) = stack.pop() {
        if path.is_dir() {
            stack.extend(
                std::fs::read_dir(&path)
                    .unwrap()
                    .map(|entry| entry.unwrap().path()),
            );
            continue;
        }
        let Ok(text) = std::fs::read_to_string(&path) else {
            continue;
        };
        let holds: Vec<_> = OPENERS.iter().filter(|opener| text.contains(**opener)).collect();
        if let Some((_, clients)) = PLACES.iter().find(|(place, _)| path.ends_with(place)) {
            assert!(!holds.is_empty(), "{} opens nothing", path.display());
            assert_eq!(text.matches("Client::builder()").count(), *clients);
            // A proxy of the environment would be a peer that nobody named.
            assert_eq!(text.matches(".no_proxy()").count(), *clients);
            found += 1;
        } else {
            assert!(holds.is_empty(), "{} holds {holds:?}", path.display());
        }
    }
    assert_eq!(found, PLACES.len());
}
