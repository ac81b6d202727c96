//! `/telephone`, in the demo alone: a telephone that writes to the town by SMS, and shows what each answer costs.

use super::{App, Code, Frame, Page, Problem, Wish, render};
use crate::http::body::FormBody;
use crate::http::client::Client;
use crate::http::origin;
use crate::sms::phone::Exchange;
use crate::texts::Texts;
use askama::Template;
use axum::Extension;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use sms::message::Address;
use std::sync::Arc;
use std::time::Instant;

/// How the numbers begin that the regulator keeps for fiction; four more digits make each.
const FICTION: &str = "+3363998";

#[derive(Template)]
#[template(path = "phone.html")]
struct PhonePage {
    t: &'static Texts,
    page: Page,
    from: String,
    exchange: Option<Shown>,
}

struct Shown {
    message: String,
    segments: Vec<ShownSegment>,
    cost: String,
}

struct ShownSegment {
    lines: Vec<String>,
    note: String,
}

/// What the form sends.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct PhoneForm {
    #[serde(default)]
    message: String,
    #[serde(default)]
    from: String,
}

/// `GET /telephone`
pub(crate) async fn get(
    State(app): State<Arc<App>>,
    Query(wish): Query<Wish>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    if app.phone.is_none() {
        return Err(Problem::new(Code::NotFound));
    }
    let frame = Frame::new(&app, app.site(None, &headers)?, wish.lang.as_deref(), &headers);
    show(&frame, a_number()?, None)
}

/// `POST /telephone`
pub(crate) async fn post(
    State(app): State<Arc<App>>,
    Extension(client): Extension<Client>,
    Query(wish): Query<Wish>,
    headers: HeaderMap,
    FormBody(form): FormBody<PhoneForm>,
) -> Result<Response, Problem> {
    let Some(phone) = &app.phone else {
        return Err(Problem::new(Code::NotFound));
    };
    if !origin::is_own_form(&app, &headers) {
        return Err(Problem::new(Code::OriginNotAllowed));
    }
    app.pace.admit(client, Instant::now())?;
    let frame = Frame::new(&app, app.site(None, &headers)?, wish.lang.as_deref(), &headers);
    // A page that was changed by hand gets another number rather than somebody's.
    let digits = form.from.strip_prefix(FICTION).unwrap_or_default();
    let is_fiction = digits.len() == 4 && digits.bytes().all(|digit| digit.is_ascii_digit());
    let from = if is_fiction { form.from } else { a_number()? };
    let address = Address::parse(&from).map_err(|error| Problem::caused(Code::Internal, error))?;
    // One at a time: what comes out of the gateway belongs to who wrote last.
    let sent = phone.lock().await.send(&address, form.message).await;
    let exchange = sent.map_err(|error| Problem::caused(Code::Internal, error))?;
    show(&frame, from, Some(exchange))
}

fn show(frame: &Frame<'_>, from: String, exchange: Option<Exchange>) -> Result<Response, Problem> {
    let t = frame.texts();
    let page = PhonePage {
        t,
        page: frame.page("/telephone", t.get("phone-heading")),
        from,
        exchange: exchange.map(|exchange| shown(t, exchange)),
    };
    render(&page).map(IntoResponse::into_response)
}

fn shown(t: &Texts, exchange: Exchange) -> Shown {
    let mut segments = Vec::new();
    for answer in &exchange.answers {
        let total = answer.segments.len().to_string();
        for (part, segment) in (1..).zip(&answer.segments) {
            let part: usize = part;
            let (part, units, capacity) = (
                part.to_string(),
                segment.units.to_string(),
                segment.capacity.to_string(),
            );
            let variables = [
                ("part", part.as_str()),
                ("total", &total),
                ("encoding", answer.encoding),
                ("units", &units),
                ("capacity", &capacity),
            ];
            segments.push(ShownSegment {
                lines: segment.text.lines().map(str::to_owned).collect(),
                note: t.with("phone-segment", &variables),
            });
        }
    }
    Shown {
        message: exchange.message,
        segments,
        cost: t.get_with("phone-cost", "segments", &exchange.cost.to_string()),
    }
}

fn a_number() -> Result<String, Problem> {
    let mut bytes = [0; 2];
    getrandom::fill(&mut bytes).map_err(|error| Problem::caused(Code::Internal, error))?;
    Ok(format!("{FICTION}{:04}", u16::from_be_bytes(bytes) % 10_000))
}
