//! `/qualite`: what the answers came to, in figures alone, and what they took of energy.

use super::{App, Code, Frame, Page, Problem, Wish, render};
use crate::texts::Texts;
use askama::Template;
use assistant::{Quality, Taken};
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Html;
use domain::answer::Verdict;
use domain::energy::Method;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A figure with what it counts.
struct Line {
    term: String,
    text: String,
}

#[derive(Template)]
#[template(path = "quality.html")]
struct QualityPage {
    t: &'static Texts,
    page: Page,
    days: String,
    answers: Vec<Line>,
    /// What the model is said to be, or that there is none.
    model: String,
    sentences: Vec<Line>,
    energy: Vec<Line>,
    methods: Vec<String>,
}

/// `GET /qualite`
pub(crate) async fn get(
    State(app): State<Arc<App>>,
    Query(wish): Query<Wish>,
    headers: HeaderMap,
) -> Result<Html<String>, Problem> {
    let site = app.site(None, &headers)?;
    let frame = Frame::new(&app, site, wish.lang.as_deref(), &headers);
    let quality = app.assistant.quality(site, app.clock.now()).await;
    let quality = quality.map_err(|error| Problem::caused(Code::Internal, error))?;
    let t = frame.texts();
    let model = app.model.as_ref();
    let rewords = model.is_some_and(|model| model.rewords);
    render(&QualityPage {
        t,
        page: frame.page("/qualite", t.get("quality-title")),
        days: quality.days.to_string(),
        answers: answers(t, &quality),
        model: match model {
            Some(model) if model.rewords => t.get_with("quality-model", "name", &model.name),
            Some(model) => t.get_with("quality-model-searching", "name", &model.name),
            None => t.get("quality-model-none"),
        },
        sentences: if rewords || quality.given_to_model > 0 {
            sentences(t, &quality)
        } else {
            Vec::new()
        },
        energy: energy(t, &quality, rewords),
        methods: methods(t, &app, &quality),
    })
}

fn answers(t: &Texts, quality: &Quality) -> Vec<Line> {
    let ways: [(&str, &[Verdict]); 6] = [
        ("quality-questions", &Verdict::ALL),
        ("quality-answered", &[Verdict::Answered, Verdict::Partial]),
        // Few call for help: together with others they point at nobody.
        ("quality-elsewhere", &[Verdict::Elsewhere, Verdict::Emergency]),
        ("quality-clarify", &[Verdict::Clarify]),
        ("quality-outdated", &[Verdict::Outdated]),
        ("quality-unknown", &[Verdict::Unknown]),
    ];
    ways.into_iter()
        .map(|(id, verdicts)| count(t, id, quality.ended(verdicts)))
        .collect()
}

fn sentences(t: &Texts, quality: &Quality) -> Vec<Line> {
    vec![
        count(t, "quality-model-answers", quality.given_to_model),
        count(t, "quality-model-shown", quality.shown),
        count(t, "quality-model-dropped", quality.dropped),
    ]
}

fn count(t: &Texts, id: &str, count: u64) -> Line {
    Line {
        term: t.get(id),
        text: count.to_string(),
    }
}

/// What answers took, with a model beside those from extracts alone.
fn energy(t: &Texts, quality: &Quality, rewords: bool) -> Vec<Line> {
    let mut kinds = vec![("quality-energy-extracts", &quality.energy_of_extracts)];
    if rewords || !quality.energy_with_model.is_empty() {
        kinds.push(("quality-energy-model", &quality.energy_with_model));
    }
    let line = |id, taken: &[Taken]| {
        let values: Vec<String> = taken.iter().map(|taken| value(t, taken)).collect();
        let text = match values.as_slice() {
            [] => t.get("quality-energy-none"),
            values => values.join(" · "),
        };
        Line {
            term: t.get(id),
            text,
        }
    };
    kinds.into_iter().map(|(id, taken)| line(id, taken)).collect()
}

fn value(t: &Texts, taken: &Taken) -> String {
    let (value, unit) = amount(taken.watt_hours_per_answer());
    let value = value.replace('.', &t.get("quality-decimal"));
    let variables = [
        ("value", value.as_str()),
        ("unit", unit),
        ("count", &taken.answers.to_string()),
    ];
    t.with("quality-energy-value", &variables)
}

/// An amount in the unit that shows it best, with two digits.
fn amount(watt_hours: f64) -> (String, &'static str) {
    let (value, unit) = match watt_hours {
        large if large >= 1.0 => (large, "Wh"),
        small if small >= 1e-3 => (small * 1e3, "mWh"),
        tiny => (tiny * 1e6, "µWh"),
    };
    let digits = usize::from(value < 9.95);
    (format!("{value:.digits$}"), unit)
}

/// How these energies were found, and what is not in them.
fn methods(t: &Texts, app: &App, quality: &Quality) -> Vec<String> {
    let shown = quality
        .energy_of_extracts
        .iter()
        .chain(&quality.energy_with_model);
    let methods: BTreeSet<Method> = shown.map(|taken| taken.method).collect();
    let mut said = BTreeSet::new();
    for method in &methods {
        said.insert(match method {
            Method::Rapl | Method::RaplNvml => "quality-method-rapl",
            Method::ProcessorTime | Method::ProcessorTimeNvml => "quality-method-processor",
        });
        if matches!(method, Method::RaplNvml | Method::ProcessorTimeNvml) {
            said.insert("quality-method-graphics");
        }
    }
    if !said.is_empty() && app.model.as_ref().is_some_and(|model| !model.is_counted) {
        said.insert("quality-method-uncounted");
    }
    let order = [
        "quality-method-rapl",
        "quality-method-processor",
        "quality-method-graphics",
        "quality-method-uncounted",
    ];
    let watts = app.watts_per_core.to_string();
    let watts = watts.replace('.', &t.get("quality-decimal"));
    order
        .into_iter()
        .filter(|id| said.contains(id))
        .map(|id| t.get_with(id, "watts", &watts))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_has_the_unit_that_shows_it_best() {
        for (watt_hours, expected) in [
            (2.34, ("2.3", "Wh")),
            (0.2774, ("277", "mWh")),
            (0.009_96, ("10", "mWh")),
            (0.001_2, ("1.2", "mWh")),
            (0.000_016_7, ("17", "µWh")),
            (0.000_000_01, ("0.0", "µWh")),
        ] {
            let (value, unit) = amount(watt_hours);
            assert_eq!((value.as_str(), unit), expected);
        }
    }
}
