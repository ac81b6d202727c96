//! Messages through Kannel: from a telephone's message to the answer on it, beside Kannel's own round trip to a webhook
//! that answers at once; and a burst.

#[path = "../../../../crates/sms/tests/peers/kannel.rs"]
mod peer;
#[path = "../../../../crates/sms/tests/peers/wire.rs"]
mod wire;

use std::collections::{HashMap, HashSet};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use peer::Kannel;
use wire::{Passed, TOWN, Wire};

use super::super::town::Town;
use super::super::{Bench, SITE, figure, milliseconds, quantile};
use super::{BURST, PER_SECOND};

const ECHOES: usize = 200;
const PACED: usize = 400;
/// When nothing came to a telephone for so long, nothing more will.
const SILENCE: Duration = Duration::from_secs(20);
/// How long is looked for an answer that comes twice.
const AFTERWARDS: Duration = Duration::from_secs(2);

pub(super) fn run(bench: &Bench, questions: &[String]) -> anyhow::Result<()> {
    let folder = bench.data.with_file_name("kannel");
    std::fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
    let [webhook] = peer::free_ports()?;
    let responder = responder().context("listening as a webhook")?;
    let echo = format!(
        "group = sms-service\nkeyword = echo\nmax-messages = 1\nsend-sender = true\n\
         post-url = \"http://127.0.0.1:{responder}/\"\n"
    );
    let kannel = Kannel::start(&folder, webhook, &echo).context("starting Kannel")?;
    let config = folder.join("parvis.toml");
    let written = configuration(&folder, kannel.sendsms_port, webhook)?;
    std::fs::write(&config, written).with_context(|| format!("writing {}", config.display()))?;
    let _town = Town::start_at(bench, &config, &format!("127.0.0.1:{webhook}"))?;

    println!("sms through kannel (bearerbox, smsbox and fakesmsc, on the same cores)");
    let interval = 1.0 / PER_SECOND as f64;
    let echoes = load(&kannel, &["echo bonjour".to_owned()], (ECHOES, interval))?;
    let own = quantile(&echoes.times, 0.5);
    figure(
        &format!("{PER_SECOND} a second, Kannel's own round trip, median"),
        &milliseconds(own),
        "",
    );
    // fakesmsc takes plain letters; one segment each.
    let plain = questions
        .iter()
        .filter(|question| question.is_ascii() && question.len() <= 70);
    let plain: Vec<String> = plain.take(500).cloned().collect();
    let paced = load(&kannel, &plain, (PACED, interval))?;
    figure(
        "the same, our answer, to its last segment",
        &milliseconds(quantile(&paced.times, 0.5)),
        &format!("under {}", milliseconds(own + Duration::from_millis(15))),
    );
    figure(
        "the same, 99th percentile",
        &milliseconds(quantile(&paced.times, 0.99)),
        "",
    );
    let burst = load(&kannel, &plain, (BURST, 0.0))?;
    for measured in [&paced, &burst] {
        figure(
            &format!("of {}: lost, doubled", measured.asked),
            &format!("{}, {}", measured.asked - measured.times.len(), measured.doubled),
            "0, 0",
        );
    }
    let rate = |messages: usize, time: Duration| format!("{:.0}", messages as f64 / time.as_secs_f64());
    figure(
        &format!("a burst of {BURST}, answered a second"),
        &rate(burst.times.len(), burst.took),
        "",
    );
    let echoes = load(&kannel, &["echo bonjour".to_owned()], (BURST, 0.0))?;
    figure(
        "the same, Kannel's own round trip",
        &rate(echoes.times.len(), echoes.took),
        "",
    );
    Ok(())
}

/// What the telephones saw.
#[derive(Default)]
struct Measured {
    asked: usize,
    /// From a question to the last segment of its answer, sorted.
    times: Vec<Duration>,
    /// Segments that came again.
    doubled: usize,
    /// From the first question to the last answer.
    took: Duration,
}

/// What one telephone got.
struct Telephone {
    asked: Instant,
    parts: HashSet<u8>,
    answered: Option<Instant>,
}

/// Telephones that send as many messages, one each so many seconds.
fn load(kannel: &Kannel, texts: &[String], (count, interval): (usize, f64)) -> anyhow::Result<Measured> {
    let wire = Wire::to(kannel.smsc_port).context("listening for fakesmsc")?;
    let mut fakesmsc = peer::fakesmsc(wire.port);
    fakesmsc
        .args(["-i", &interval.to_string(), "-z", "1"])
        // A number that it draws twice does not pass.
        .args(["-m", &(count + 100).to_string()])
        .args(texts.iter().map(|text| format!("336 {TOWN} text {text}")))
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let _phones = peer::Program::start(&mut fakesmsc)?;
    wire.let_pass(count);
    let mut telephones = HashMap::<String, Telephone>::new();
    let (mut complete, mut measured) = (0, Measured::default());
    loop {
        let patience = if complete == count { AFTERWARDS } else { SILENCE };
        let Ok((at, passed)) = wire.passed.recv_timeout(patience) else {
            break;
        };
        match passed {
            Passed::Question(from) => {
                let telephone = Telephone {
                    asked: at,
                    parts: HashSet::new(),
                    answered: None,
                };
                telephones.insert(from, telephone);
            }
            Passed::Answer(to, text) => {
                let (total, part) = place(&text);
                let telephone = telephones
                    .get_mut(&to)
                    .context("an answer came to a telephone that did not ask")?;
                measured.doubled += usize::from(!telephone.parts.insert(part));
                if telephone.parts.len() == usize::from(total) && telephone.answered.is_none() {
                    telephone.answered = Some(at);
                    complete += 1;
                }
            }
        }
    }
    measured.asked = telephones.len();
    let times = telephones.values().filter_map(|it| Some(it.answered? - it.asked));
    measured.times = times.collect();
    measured.times.sort_unstable();
    let first = telephones.values().map(|telephone| telephone.asked).min();
    let last = telephones
        .values()
        .filter_map(|telephone| telephone.answered)
        .max();
    measured.took = last
        .zip(first)
        .map(|(last, first)| last - first)
        .unwrap_or_default();
    Ok(measured)
}

/// How many parts an answer has and which one this is: its header's last octets, "%05%00%03%2A%02%01", where those that are
/// letters or digits stand as they are.
fn place(text: &str) -> (u8, u8) {
    let mut bytes = text.split(' ').next().unwrap_or_default().bytes();
    let mut octets = Vec::new();
    while let Some(byte) = bytes.next() {
        let mut digits = || Some([bytes.next()?, bytes.next()?]);
        let octet = match byte {
            b'%' => digits().and_then(|digits| {
                let digits = digits.map(char::from);
                Some(digits[0].to_digit(16)? * 16 + digits[1].to_digit(16)?)
            }),
            plain => Some(u32::from(plain)),
        };
        octets.extend(octet.and_then(|octet| u8::try_from(octet).ok()));
    }
    match octets.as_slice() {
        [5, 0, 3, _, total, part] => (*total, *part),
        _ => (1, 1),
    }
}

/// A webhook that answers each request at once; ends with this process. Says its port.
fn responder() -> std::io::Result<u16> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let port = listener.local_addr()?.port();
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            std::thread::spawn(move || respond(stream));
        }
    });
    Ok(port)
}

fn respond(mut stream: TcpStream) -> std::io::Result<()> {
    let mut requests = BufReader::new(stream.try_clone()?);
    loop {
        let mut length = 0;
        loop {
            let mut line = String::new();
            if requests.read_line(&mut line)? == 0 {
                return Ok(());
            }
            let line = line.trim_end().to_lowercase();
            if let Some(told) = line.strip_prefix("content-length:") {
                length = told.trim().parse().unwrap_or(0);
            }
            if line.is_empty() {
                break;
            }
        }
        requests.read_exact(&mut vec![0; length])?;
        stream
            .write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 6\r\n\r\nouvert")?;
    }
}

/// The bench's town behind Kannel; what protects a town's money is taken away.
fn configuration(folder: &Path, sendsms: u16, webhook: u16) -> anyhow::Result<String> {
    let token = folder.join("token");
    std::fs::write(&token, "jeton").with_context(|| format!("writing {}", token.display()))?;
    Ok(format!(
        "{SITE}\n[site.sms]\nnumbers = [\"{TOWN}\"]\ngateway = \"kannel\"\nsegments_per_day = 0\nsegments_per_month = 0\n\n\
         [[gateway]]\nname = \"kannel\"\ndriver = \"kannel\"\n\
         sendsms_url = \"http://127.0.0.1:{sendsms}/cgi-bin/sendsms\"\nusername = \"parvis\"\npassword = \"password\"\n\
         webhook_url = \"http://127.0.0.1:{webhook}/sms/kannel\"\ntoken = \"token\"\nnumbers = \"without_plus\"\n\
         source_addresses = [\"127.0.0.1\"]\n\n[gateway.secrets]\n\
         password = {{ env = \"PARVIS_BENCH_PASSWORD\" }}\ntoken = {{ file = {:?} }}\n",
        token.display().to_string()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_of_a_part_stands_in_its_header() {
        assert_eq!(place("%05%00%03%2A%02%01 La+piscine"), (2, 1));
        assert_eq!(place("%05%00%03A%02%02 ouverte"), (2, 2));
        assert_eq!(place("La piscine est ouverte"), (1, 1));
        assert_eq!(place("%05 ouvert"), (1, 1));
    }
}
