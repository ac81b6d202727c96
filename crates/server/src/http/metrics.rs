//! Counts and times of the whole server, as Prometheus reads them: no words, no ids, no addresses.

use super::App;
use super::client::Client;
use super::problem::{Code, Problem};
use crate::config::MetricsReaders;
use crate::sms::Counts;
use crate::sms::spending::Spending;
use assistant::{ModelFailed, Opinions, QueueDepth, Tally};
use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::answer::Verdict;
use domain::energy::Measured;
use sms::smpp::Status;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

/// Upper bounds of the histogram of answer times, in milliseconds.
const BUCKETS_MS: [u64; 9] = [1, 2, 5, 10, 25, 50, 100, 500, 2500];

/// The counters.
#[derive(Debug, Default)]
pub(crate) struct Metrics {
    answers: [AtomicU64; Verdict::ALL.len()],
    statuses: [AtomicU64; 5],
    limited: AtomicU64,
    under_way: AtomicU64,
    buckets: [AtomicU64; BUCKETS_MS.len()],
    answer_count: AtomicU64,
    answer_micros: AtomicU64,
    sentences_shown: AtomicU64,
    sentences_dropped: AtomicU64,
    sentences_repeated: AtomicU64,
    models_ended: AtomicU64,
    models_failed: [AtomicU64; ModelFailed::REASONS.len()],
}

impl Metrics {
    /// A request begins.
    pub(crate) fn begun(&self) {
        self.under_way.fetch_add(1, Relaxed);
    }

    /// A request ended with that status.
    pub(crate) fn ended(&self, status: StatusCode) {
        self.under_way.fetch_sub(1, Relaxed);
        let class = usize::from(status.as_u16() / 100).clamp(1, self.statuses.len()) - 1;
        self.statuses[class].fetch_add(1, Relaxed);
        if status == StatusCode::TOO_MANY_REQUESTS {
            self.limited.fetch_add(1, Relaxed);
        }
    }

    /// A question was answered.
    pub(crate) fn answered(&self, verdict: Verdict, took: Duration) {
        if let Some(at) = Verdict::ALL.iter().position(|v| *v == verdict) {
            self.answers[at].fetch_add(1, Relaxed);
        }
        for (bound, bucket) in BUCKETS_MS.iter().zip(&self.buckets) {
            if took <= Duration::from_millis(*bound) {
                bucket.fetch_add(1, Relaxed);
            }
        }
        self.answer_count.fetch_add(1, Relaxed);
        self.answer_micros
            .fetch_add(u64::try_from(took.as_micros()).unwrap_or(u64::MAX), Relaxed);
    }

    /// A model had its say on an answer.
    pub(crate) fn reworded(&self, tally: Tally, failure: Option<&ModelFailed>) {
        let end = failure.and_then(|failed| self.models_failed.get(failed.reason()));
        end.unwrap_or(&self.models_ended).fetch_add(1, Relaxed);
        for (counter, count) in [
            (&self.sentences_shown, tally.shown),
            (&self.sentences_dropped, tally.dropped),
            (&self.sentences_repeated, tally.repeated),
        ] {
            counter.fetch_add(count as u64, Relaxed);
        }
    }

    /// The exposition text, format 0.0.4.
    pub(crate) fn expose(&self) -> String {
        let mut text = String::new();
        let mut line = |line: std::fmt::Arguments<'_>| {
            // Writing to a string cannot fail.
            let _written = writeln!(text, "{line}");
        };
        line(format_args!(
            "# HELP parvis_answers_total Answers by verdict.\n# TYPE parvis_answers_total counter"
        ));
        for (verdict, count) in Verdict::ALL.iter().zip(&self.answers) {
            line(format_args!(
                "parvis_answers_total{{verdict=\"{verdict}\"}} {}",
                count.load(Relaxed)
            ));
        }
        line(format_args!(
            "# HELP parvis_responses_total Responses by class of status.\n# TYPE parvis_responses_total counter"
        ));
        for (class, count) in (1..).zip(&self.statuses) {
            line(format_args!(
                "parvis_responses_total{{status=\"{class}xx\"}} {}",
                count.load(Relaxed)
            ));
        }
        line(format_args!(
            "# HELP parvis_limited_total Requests refused because their client asked too fast.\n# TYPE parvis_limited_total counter"
        ));
        line(format_args!(
            "parvis_limited_total {}",
            self.limited.load(Relaxed)
        ));
        line(format_args!(
            "# HELP parvis_requests_under_way Requests being handled.\n# TYPE parvis_requests_under_way gauge"
        ));
        line(format_args!(
            "parvis_requests_under_way {}",
            self.under_way.load(Relaxed)
        ));
        line(format_args!(
            "# HELP parvis_answer_seconds Time to answer a question.\n# TYPE parvis_answer_seconds histogram"
        ));
        let count = self.answer_count.load(Relaxed);
        for (bound, bucket) in BUCKETS_MS.iter().zip(&self.buckets) {
            let seconds = Duration::from_millis(*bound).as_secs_f64();
            line(format_args!(
                "parvis_answer_seconds_bucket{{le=\"{seconds}\"}} {}",
                bucket.load(Relaxed)
            ));
        }
        line(format_args!(
            "parvis_answer_seconds_bucket{{le=\"+Inf\"}} {count}"
        ));
        let seconds = Duration::from_micros(self.answer_micros.load(Relaxed)).as_secs_f64();
        line(format_args!(
            "parvis_answer_seconds_sum {seconds}\nparvis_answer_seconds_count {count}"
        ));
        line(format_args!(
            "# HELP parvis_model_sentences_total Sentences of the language model: shown, dropped because they were not proven, left out because an extract says the same.\n# TYPE parvis_model_sentences_total counter"
        ));
        for (fate, count) in [
            ("shown", &self.sentences_shown),
            ("dropped", &self.sentences_dropped),
            ("repeated", &self.sentences_repeated),
        ] {
            line(format_args!(
                "parvis_model_sentences_total{{fate=\"{fate}\"}} {}",
                count.load(Relaxed)
            ));
        }
        line(format_args!(
            "# HELP parvis_model_answers_total Answers of the language model by how they ended: whole, or why not.\n# TYPE parvis_model_answers_total counter"
        ));
        let ends = ModelFailed::REASONS.iter().zip(&self.models_failed);
        for (end, count) in [(&"whole", &self.models_ended)].into_iter().chain(ends) {
            line(format_args!(
                "parvis_model_answers_total{{end=\"{end}\"}} {}",
                count.load(Relaxed)
            ));
        }
        text
    }
}

/// `GET /metrics`
pub(crate) async fn get(
    State(app): State<Arc<App>>,
    Extension(client): Extension<Client>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    // Behind a proxy on this machine every peer is on the loopback: what the proxy forwards is not.
    let forwarded = headers.contains_key("x-forwarded-for") || headers.contains_key(header::FORWARDED);
    let allowed = app.metrics_readers == MetricsReaders::Anyone || (client.is_loopback() && !forwarded);
    if !allowed {
        return Err(Problem::new(Code::NotFound));
    }
    let format = [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];
    let mut text = app.metrics.expose();
    if let Some(meter) = app.assistant.meter() {
        text += &expose_energy(meter.total());
    }
    if let Some(opinions) = app.assistant.second_opinions() {
        text += &expose_second_opinions(&opinions);
    }
    if let Some(sms) = &app.sms {
        let queues = app.assistant.sms_queues().await;
        let queues = queues.map_err(|error| Problem::caused(Code::Internal, error))?;
        text += &expose_sms(&sms.channel.counts, &queues);
        text += &expose_sessions(sms.sessions());
        let spending = sms.channel.spending().await;
        text += &expose_spending(&spending.map_err(|error| Problem::caused(Code::Internal, error))?);
    }
    Ok((format, text).into_response())
}

/// What answers took.
fn expose_energy(total: Measured) -> String {
    format!(
        "# HELP parvis_answers_energy_joules_total What answers took of energy, by the method that found it.\n\
         # TYPE parvis_answers_energy_joules_total counter\n\
         parvis_answers_energy_joules_total{{method=\"{}\"}} {}\n",
        total.method,
        total.energy.joules()
    )
}

/// What became of the second opinions on search.
fn expose_second_opinions(opinions: &Opinions) -> String {
    let mut text = String::from(
        "# HELP parvis_second_opinions_total Second opinions on search: asked for, given in time, followed by another page.\n# TYPE parvis_second_opinions_total counter\n",
    );
    for (fate, count) in [
        ("asked", opinions.asked),
        ("given", opinions.given),
        ("followed", opinions.followed),
    ] {
        // Writing to a string cannot fail.
        let _written = writeln!(text, "parvis_second_opinions_total{{fate=\"{fate}\"}} {count}");
    }
    text
}

/// What became of the SMS, and what waits by gateway.
fn expose_sms(counts: &Counts, queues: &BTreeMap<String, QueueDepth>) -> String {
    let mut text = String::from(
        "# HELP parvis_sms_total SMS and webhooks by what became of them.\n# TYPE parvis_sms_total counter\n",
    );
    // Writing to a string cannot fail.
    for (fate, count) in counts.all() {
        let _written = writeln!(text, "parvis_sms_total{{fate=\"{}\"}} {count}", fate.as_str());
    }
    text +=
        "# HELP parvis_sms_waiting SMS that wait, by gateway and queue.\n# TYPE parvis_sms_waiting gauge\n";
    for (gateway, depth) in queues {
        for (queue, waiting) in [
            ("inbox", depth.inbox),
            ("queued", depth.queued),
            ("submitting", depth.submitting),
            ("ambiguous", depth.ambiguous),
        ] {
            let _written = writeln!(
                text,
                "parvis_sms_waiting{{gateway=\"{gateway}\",queue=\"{queue}\"}} {waiting}"
            );
        }
    }
    text
}

/// How the SMPP sessions stand.
fn expose_sessions<'a>(sessions: impl Iterator<Item = (&'a str, Status)>) -> String {
    let mut bound = String::from(
        "# HELP parvis_smpp_bound Whether the session can submit and receive.\n# TYPE parvis_smpp_bound gauge\n",
    );
    let mut window = String::from(
        "# HELP parvis_smpp_window_used Submissions that wait for their response.\n# TYPE parvis_smpp_window_used gauge\n",
    );
    let mut events = String::from(
        "# HELP parvis_smpp_total What happened since the start.\n# TYPE parvis_smpp_total counter\n",
    );
    // Writing to a string cannot fail.
    for (gateway, status) in sessions {
        let _written = writeln!(
            bound,
            "parvis_smpp_bound{{gateway=\"{gateway}\"}} {}",
            u8::from(status.is_bound())
        );
        let _written = writeln!(
            window,
            "parvis_smpp_window_used{{gateway=\"{gateway}\"}} {}",
            status.window_used
        );
        let counters = status.counters;
        for (event, count) in [
            ("bind", counters.binds),
            ("submitted", counters.submitted),
            ("accepted", counters.accepted),
            ("throttled", counters.throttled),
            ("refused", counters.refused),
            ("ambiguous", counters.ambiguous),
            ("late", counters.late),
            ("stored", counters.stored),
            ("put_off", counters.put_off),
            ("unreadable", counters.unreadable),
        ] {
            let _written = writeln!(
                events,
                "parvis_smpp_total{{gateway=\"{gateway}\",event=\"{event}\"}} {count}"
            );
        }
    }
    bound + &window + &events
}

/// What the sites sent of what they may: an alert when one comes near the other is a town's own to set.
fn expose_spending(spending: &[Spending]) -> String {
    let mut sent = String::from(
        "# HELP parvis_sms_segments Segments queued in this day and month of the site.\n# TYPE parvis_sms_segments gauge\n",
    );
    let mut limits = String::from(
        "# HELP parvis_sms_segments_limit As many may be; absent where there is no limit.\n# TYPE parvis_sms_segments_limit gauge\n",
    );
    // Writing to a string cannot fail.
    for Spending {
        site,
        period,
        sent: count,
        limit,
    } in spending
    {
        let labels = format!("{{site=\"{site}\",period=\"{}\"}}", period.as_str());
        let _written = writeln!(sent, "parvis_sms_segments{labels} {count}");
        if let Some(limit) = limit {
            let _written = writeln!(limits, "parvis_sms_segments_limit{labels} {limit}");
        }
    }
    sent + &limits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_add_up_and_buckets_are_cumulative() {
        let metrics = Metrics::default();
        metrics.begun();
        metrics.answered(Verdict::Unknown, Duration::from_millis(3));
        metrics.answered(Verdict::Unknown, Duration::from_millis(30));
        metrics.ended(StatusCode::TOO_MANY_REQUESTS);
        let text = metrics.expose();
        for line in [
            "parvis_answers_total{verdict=\"unknown\"} 2",
            "parvis_answers_total{verdict=\"answered\"} 0",
            "parvis_responses_total{status=\"4xx\"} 1",
            "parvis_limited_total 1",
            "parvis_requests_under_way 0",
            "parvis_answer_seconds_bucket{le=\"0.002\"} 0",
            "parvis_answer_seconds_bucket{le=\"0.005\"} 1",
            "parvis_answer_seconds_bucket{le=\"0.05\"} 2",
            "parvis_answer_seconds_bucket{le=\"+Inf\"} 2",
            "parvis_answer_seconds_sum 0.033",
        ] {
            assert!(text.lines().any(|l| l == line), "{line} is missing from\n{text}");
        }
    }
}
