//! The pages and the widget: what works without scripts, and what protects those who read.

use crate::api::one_of_each;
use crate::support::{Installation, Server, assert_success};
use flate2::read::GzDecoder;
use std::io::Read;

/// A server with one site, as most towns have it: pages need no key.
fn one_town() -> (Installation, Server) {
    let installation = Installation::new("[[site]]\nkey = \"moulin\"\nname = \"Ville de Moulin\"\n");
    let server = installation.serve();
    (installation, server)
}

fn form(fields: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish()
}

#[test]
fn everything_carries_the_security_headers() {
    let (_installation, server) = one_town();
    for (what, response) in one_of_each(&server) {
        let policy = response.header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self'"),
            "{what}: {policy}"
        );
        assert!(
            !policy.contains("unsafe") && policy.contains("frame-ancestors 'none'"),
            "{what}: {policy}"
        );
        assert_eq!(response.header("x-content-type-options"), "nosniff", "{what}");
        assert_eq!(response.header("referrer-policy"), "no-referrer", "{what}");
        assert_eq!(
            response.header("cross-origin-opener-policy"),
            "same-origin",
            "{what}"
        );
        let shared = if what == "/widget.js" {
            "cross-origin"
        } else {
            "same-origin"
        };
        assert_eq!(response.header("cross-origin-resource-policy"), shared, "{what}");
        assert!(!response.header("permissions-policy").is_empty(), "{what}");
        assert_eq!(response.header("set-cookie"), "", "{what}");
        assert_eq!(response.header("x-request-id").len(), 16, "{what}");
        let cached = response.header("cache-control");
        let asset = what == "/widget.js" || (what.starts_with("/assets/") && response.status == 200);
        assert_eq!(
            cached,
            if asset { "public, max-age=300" } else { "no-store" },
            "{what}"
        );
    }
}

#[test]
fn no_page_holds_what_the_policy_forbids() {
    let (_installation, server) = one_town();
    for path in [
        "/",
        "/?q=La+carte+est-elle+gratuite",
        "/confidentialite",
        "/accessibilite",
        "/qualite",
        "/s/moulin/documents/decheterie",
        "/nothing",
    ] {
        let page = server.request("GET", path).header("Accept", "text/html").send();
        assert!(page.header("content-type").starts_with("text/html"), "{path}");
        let html = page.text();
        for forbidden in [
            "<style",
            " style=\"",
            " onclick=",
            "<script>",
            "javascript:",
            "src=\"http",
            "<link rel=\"stylesheet\" href=\"http",
        ] {
            assert!(!html.contains(forbidden), "{path} holds {forbidden}");
        }
    }
}

#[test]
fn a_question_is_answered_without_scripts_and_stays_out_of_the_address() {
    let (_installation, server) = one_town();
    let send = |fields: &[(&str, &str)]| {
        server
            .request("POST", "/")
            .body("application/x-www-form-urlencoded", form(fields))
            .send()
    };
    let page = send(&[
        ("question", "La carte de bibliothèque est-elle gratuite ?"),
        ("conversation", ""),
    ]);
    assert_eq!((page.status, page.header("location")), (200, ""));
    let html = page.text();
    assert!(html.contains("gratuite pour tous les habitants"), "{html}");
    assert!(
        html.contains("https://www.moulin.example/bibliotheque#:~:text="),
        "{html}"
    );
    let code = html
        .split("name=\"conversation\" value=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    let deleted = send(&[("conversation", &code), ("action", "delete")]);
    assert_eq!(deleted.status, 200);
    let path = format!("/api/v1/conversations/{code}");
    assert_eq!(
        server.request("DELETE", &path).send().problem(),
        "unknown_conversation"
    );
    let expired = send(&[("question", "Et le samedi ?"), ("conversation", &code)]);
    assert_eq!(expired.status, 404);
    assert!(
        expired.text().contains("Et le samedi ?"),
        "the question is kept in the field"
    );
}

#[test]
fn what_a_resident_writes_cannot_become_part_of_the_page() {
    let (_installation, server) = one_town();
    let attack = "<script>alert(1)</script>\"><img src=x onerror=alert(1)>";
    let body = form(&[("question", attack), ("conversation", "\"><b>")]);
    let page = server
        .request("POST", "/")
        .body("application/x-www-form-urlencoded", body)
        .send();
    assert!(
        !page.text().contains("<script>alert")
            && !page.text().contains("<img src=x")
            && !page.text().contains("\"><b>")
    );
}

#[test]
fn forms_of_other_sites_are_refused() {
    let (_installation, server) = one_town();
    let body = form(&[("question", "Bonjour")]);
    let post = |origin: &str, site: &str| {
        let form = server
            .request("POST", "/")
            .body("application/x-www-form-urlencoded", body.clone());
        form.header("Origin", origin)
            .header("Sec-Fetch-Site", site)
            .send()
            .status
    };
    assert_eq!(post("https://evil.example", "cross-site"), 403);
    assert_eq!(post("null", "cross-site"), 403);
    assert_eq!(
        post("null", "same-origin"),
        200,
        "our own page, which sends no referrer"
    );
}

#[test]
fn a_document_without_a_page_has_one_here_with_the_quote_marked() {
    let (_installation, server) = one_town();
    let answer = server
        .ask(&serde_json::json!({ "question": "Quels gravats accepte la déchèterie ?" }))
        .send()
        .json();
    let sources = answer["statements"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|s| s["sources"].as_array().unwrap());
    let url = sources
        .filter_map(|s| s["url"].as_str())
        .find(|url| url.starts_with("/s/"))
        .expect("a page of ours")
        .to_owned();
    let path = url.split('#').next().unwrap();
    assert!(path.starts_with("/s/moulin/documents/decheterie?span="), "{url}");
    let html = server.get(path).text();
    let marked: Vec<_> = html
        .split("<mark")
        .skip(1)
        .map(|rest| rest.split_once('>').unwrap().1.split_once("</mark>").unwrap().0)
        .collect();
    assert!(marked.concat().contains("gravats"), "{marked:?}");
    let plain = server.get("/s/moulin/documents/decheterie").text();
    assert!(plain.contains("gravats") && !plain.contains("<mark"));
    for span in ["9999-10000", "x", "5-2", "1-18446744073709551615"] {
        assert_eq!(
            server
                .get(&format!("/s/moulin/documents/decheterie?span={span}"))
                .status,
            200,
            "{span}"
        );
    }
}

/// Pages whose answers come from fields that stand in no block of theirs.
const FIELDS: [(&str, &str); 3] = [
    (
        "piscine.md",
        "---\nid: piscine\nkind: place\ntitle: Piscine du Moulin\nplace:\n  phone: 02 61 91 10 20\n  opening_hours: \"Mo-Su 09:00-19:00\"\n---\n# Piscine du Moulin\n\nLe grand bassin mesure vingt-cinq mètres.\n",
    ),
    (
        "chorale.md",
        "---\nid: chorale\nkind: event\ntitle: Répétition de la chorale\nevent:\n  start: 2026-01-07T18:00\n  end: 2026-01-07T20:00\n  rrule: FREQ=WEEKLY\n---\n# Répétition de la chorale\n\nLes nouveaux chanteurs sont les bienvenus.\n",
    ),
    (
        "agglomeration.md",
        "---\nid: agglomeration\nkind: organisation\ntitle: Agglomération de l’Aurance\norganisation:\n  level: intercommunal\n  competences:\n    - {subject: eau potable, terms: [robinet]}\n---\n# Agglomération de l’Aurance\n\nElle réunit douze communes.\n",
    ),
];

#[test]
fn a_field_that_an_answer_rests_on_is_marked_on_the_page_and_no_other() {
    let installation = Installation::new("[[site]]\nkey = \"moulin\"\nname = \"Ville de Moulin\"\n");
    let folder = installation.path("fields");
    std::fs::create_dir(&folder).unwrap();
    for (name, text) in FIELDS {
        std::fs::write(folder.join(name), text).unwrap();
    }
    let import = ["import", "--site", "moulin", "--as", "Ana", "--trusted-by", "Bob"];
    assert_success(&installation.command().args(import).arg(&folder).output().unwrap());
    let server = installation.serve();
    for (question, marked) in [
        (
            "Quel est le téléphone de la piscine du Moulin ?",
            "02 61 91 10 20",
        ),
        (
            "Quels sont les horaires de la piscine du Moulin cette semaine ?",
            "tous les jours de 9 h à 19 h",
        ),
        ("Quand a lieu la répétition de la chorale ?", "mercredi"),
        (
            "Qui s’occupe de l’eau potable ?",
            "Agglomération de l’Aurance qui s’en occupe",
        ),
    ] {
        let answer = server
            .ask(&serde_json::json!({ "question": question }))
            .send()
            .json();
        let url = answer["statements"][0]["sources"][0]["url"]
            .as_str()
            .unwrap_or_else(|| panic!("{answer}"));
        let html = server.get(url.split('#').next().unwrap()).text();
        let marks: Vec<_> = html
            .split("<mark id=\"extrait\">")
            .skip(1)
            .map(|rest| rest.split("</mark>").next().unwrap())
            .collect();
        assert!(
            marks.len() == 1 && marks[0].replace(['\u{a0}', '\u{202f}'], " ").contains(marked),
            "{question} {url} {marks:?}"
        );
        assert!(html.contains("href=\"#extrait\""), "{question}");
    }
    let plain = server.get("/s/moulin/documents/piscine").text();
    assert!(
        plain.contains("tous les jours") && !plain.contains("<mark"),
        "{plain}"
    );
}

#[test]
fn the_pages_of_a_town_wear_its_theme_and_those_of_another_do_not() {
    let installation = Installation::new(
        "[[site]]\nkey = \"moulin\"\nname = \"Ville de Moulin\"\nhosts = [\"moulin.example\"]\ntheme = { accent = \"#123456\" }\n\n[[site]]\nkey = \"lavoir\"\nname = \"Ville de Lavoir\"\nhosts = [\"lavoir.example\"]\n",
    );
    let server = installation.serve();
    for path in ["/", "/confidentialite", "/nothing"] {
        let page = |host| {
            let request = server.request("GET", path).header("Host", host);
            request.header("Accept", "text/html").send().text()
        };
        assert!(
            page("moulin.example").contains("<link rel=\"stylesheet\" href=\"/s/moulin/theme.css\">"),
            "{path}"
        );
        assert!(!page("lavoir.example").contains("theme.css"), "{path}");
    }
    let theme = server.get("/s/moulin/theme.css");
    assert_eq!(
        (theme.status, theme.text().as_str()),
        (200, ":root{--parvis-accent:#123456;}\n")
    );
    assert_eq!(theme.header("content-type"), "text/css; charset=utf-8");
    assert_eq!(server.get("/s/lavoir/theme.css").status, 404);
}

#[test]
fn a_missing_page_speaks_to_persons_and_to_programs() {
    let (_installation, server) = one_town();
    let page = server
        .request("GET", "/nothing")
        .header("Accept", "text/html")
        .send();
    assert_eq!(page.status, 404);
    assert!(page.text().contains("<html"));
    assert_eq!(server.get("/nothing").problem(), "not_found");
}

#[test]
fn the_widget_is_small_cached_and_carries_its_texts() {
    let (_installation, server) = one_town();
    let plain = server.get("/widget.js");
    assert!(plain.text().contains("\"widget-send\":") && !plain.text().contains("/*TEXTS*/"));
    let zipped = server
        .request("GET", "/widget.js")
        .header("Accept-Encoding", "br, gzip")
        .send();
    assert_eq!(zipped.header("content-encoding"), "gzip");
    assert!(zipped.bytes.len() < 20_000, "{} bytes", zipped.bytes.len());
    let mut text = String::new();
    GzDecoder::new(zipped.bytes.as_slice())
        .read_to_string(&mut text)
        .unwrap();
    assert_eq!(text, plain.text());
    let again = server
        .request("GET", "/widget.js")
        .header("If-None-Match", plain.header("etag"))
        .send();
    assert_eq!((again.status, again.bytes.len()), (304, 0));
}
