//! By webhooks: Kannel, and requests that are not a gateway's.

use super::peers::{Kannel, free_ports, swallow_answers};
use super::{metric, serve, town};
use crate::support::{Installation, wait_until};

/// How long the code of a link is.
const CODE: usize = 16;

/// The code of the link in an answer, as far as it came.
fn code(answer: &str) -> String {
    let (_, after) = answer.split_once("/r/").unwrap();
    after.chars().take_while(char::is_ascii_hexdigit).collect()
}

/// The address that links begin with.
const LINKS: &str = "public_url = \"https://v.example\"";

pub(super) fn by_kannel(site: &str, sendsms_port: u16, webhook_port: u16) -> Installation {
    town(
        site,
        &format!(
            "driver = \"kannel\"\nsendsms_url = \"http://127.0.0.1:{sendsms_port}/cgi-bin/sendsms\"\n\
             username = \"parvis\"\npassword = \"password\"\ntoken = \"token\"\nnumbers = \"without_plus\"\n\
             webhook_url = \"http://127.0.0.1:{webhook_port}/sms/kannel\"\nsource_addresses = [\"127.0.0.1\"]\n\
             [gateway.secrets]\npassword = {{ env = \"TOWN_PASSWORD\" }}\ntoken = {{ env = \"TOWN_TOKEN\" }}"
        ),
    )
}

#[test]
fn a_question_brought_again_after_we_died_is_answered_once_with_a_link_to_its_sources() {
    let [webhooks, port] = free_ports();
    let kannel = Kannel::start(webhooks);
    let installation = by_kannel(LINKS, kannel.sendsms_port, webhooks);
    let telephone = kannel.telephone("33612345678 36555 text la carte de bibliotheque est gratuite ?");
    // Nobody listens yet.
    wait_until("message sent by the telephone", || telephone.has_sent());

    let mut server = serve(&installation, port);
    let tries = swallow_answers(webhooks, port, 1);
    wait_until("message stored", || {
        metric(&server, "parvis_sms_total{fate=\"received\"}") == 1
    });
    // Kannel does not know it, and we die before it asks again.
    server.signal("-KILL");
    server.wait();
    drop(server);
    let server = serve(&installation, port);
    wait_until("message brought again", || {
        metric(&server, "parvis_sms_total{fate=\"known\"}") >= 1
    });
    wait_until("answer on the telephone", || telephone.reads().contains("/r/"));
    wait_until("its end", || code(&telephone.reads()).len() == CODE);
    let (answer, parts) = (telephone.reads(), telephone.got().len());
    assert!(parts <= 2, "{answer}");
    assert!(
        answer.starts_with("La carte de bibliothèque est gratuite pour tous"),
        "{answer}"
    );
    {
        let tries = tries.lock().unwrap();
        let questions: Vec<_> = tries.iter().filter(|line| !line.contains("&dlr=")).collect();
        assert!(questions.len() >= 2, "{questions:?}");
        assert!(
            questions.iter().all(|line| *line == questions[0]),
            "{questions:?}"
        );
    }

    let code = code(&answer);
    let page = server.get(&format!("/r/{code}"));
    assert_eq!(page.status, 200);
    assert_eq!(page.header("cache-control"), "no-store");
    assert!(page.header("x-robots-tag").contains("noindex"));
    let words = page.text();
    assert!(
        words.contains("gratuite") && words.contains("https://www.moulin.example/bibliotheque"),
        "{words}"
    );
    assert!(
        !words.contains("bibliotheque est gratuite"),
        "the question is shown"
    );
    let unknown = server
        .request("GET", "/r/0123456789abcdef")
        .header("Accept", "text/html")
        .send();
    assert_eq!(unknown.status, 404);
    assert!(unknown.text().contains("href=\"/\""));

    // A receipt came too: nothing waits any more.
    wait_until("receipts", || {
        tries
            .lock()
            .unwrap()
            .iter()
            .any(|line| line.contains("&dlr=") || line.contains("?dlr="))
    });
    assert_eq!(telephone.got().len(), parts, "answered twice");
    let log = server.log();
    for secret in ["612345678", "jeton", "secret", "gratuite", &code, "coding="] {
        assert!(!log.contains(secret), "the log holds {secret}:\n{log}");
    }
    assert!(
        log.contains("/sms/{gateway}") && log.contains("/r/{code}"),
        "{log}"
    );
    server.stop();
}

#[test]
fn a_page_whose_words_are_withdrawn_is_gone_and_says_so() {
    let [webhooks, port] = free_ports();
    let kannel = Kannel::start(webhooks);
    let installation = by_kannel(LINKS, kannel.sendsms_port, webhooks);
    let server = serve(&installation, port);
    let _passing = swallow_answers(webhooks, port, 0);
    let telephone = kannel.telephone("33612345678 36555 text la carte de bibliotheque est gratuite ?");
    wait_until("answer on the telephone", || telephone.reads().contains("/r/"));
    wait_until("its end", || code(&telephone.reads()).len() == CODE);
    let path = format!("/r/{}", code(&telephone.reads()));
    let withdrawn = installation
        .command()
        .args([
            "review",
            "retract",
            "--all",
            "--match",
            "biblio",
            "--why",
            "Carte modifiée",
            "--as",
            "Ana",
            "--yes",
        ])
        .output()
        .unwrap();
    crate::support::assert_success(&withdrawn);
    let page = server.request("GET", &path).header("Accept", "text/html").send();
    assert_eq!(page.status, 410);
    assert!(page.text().contains("href=\"/\"") && !page.text().contains("gratuite"));
    server.stop();
}

#[test]
fn what_is_not_a_gateways_is_refused_and_nothing_of_it_is_logged() {
    let [webhooks, port] = free_ports();
    let installation = by_kannel(LINKS, 9, webhooks);
    let server = serve(&installation, port);
    let at = |query: &str| format!("/sms/kannel?from=33612345678&to=36555&text=un+secret{query}");
    assert_eq!(server.get(&at("")).status, 401);
    assert_eq!(server.get(&at("&token=faux")).status, 401);
    assert_eq!(server.get(&at("&token=jeton")).status, 200);
    assert_eq!(server.request("PUT", &at("&token=jeton")).send().status, 405);
    assert_eq!(server.get("/sms/autre?from=33612345678").status, 404);
    // A stranger's body is not even read.
    for (query, status) in [("&token=jeton", 413), ("", 401)] {
        let long = server
            .request("POST", &at(query))
            .body("text/plain", vec![b'a'; 256 * 1024 + 1])
            .send();
        assert_eq!(long.status, status);
    }
    // A gateway is no web page: nothing is said of origins, and a burst is not too fast.
    let foreign = server
        .request("POST", &at("&token=jeton&id=7"))
        .header("Origin", "https://elsewhere.example")
        .body("text/plain", "autre chose")
        .send();
    assert_eq!(foreign.status, 200);
    for _ in 0..100 {
        assert_eq!(server.get(&at("&token=jeton")).status, 200);
    }
    assert_eq!(metric(&server, "parvis_sms_total{fate=\"webhook_refused\"}"), 3);
    let log = server.log();
    for secret in ["612345678", "jeton", "un+secret", "autre chose", "from="] {
        assert!(!log.contains(secret), "the log holds {secret}:\n{log}");
    }
    let metrics = server.get("/metrics").text();
    assert!(!metrics.contains("612345678") && metrics.contains("parvis_sms_waiting{gateway=\"kannel\""));
    server.stop();
}
