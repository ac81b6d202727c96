//! Whether the process lives, and whether it can answer.

use super::App;
use super::problem::{Code, Problem};
use axum::extract::State;
use std::sync::Arc;

/// `GET /health/live`: the process answers.
pub(crate) async fn live() -> &'static str {
    "live\n"
}

/// `GET /health/ready`: questions are answered.
pub(crate) async fn ready(State(app): State<Arc<App>>) -> Result<&'static str, Problem> {
    if app.assistant.ready() {
        Ok("ready\n")
    } else {
        Err(Problem::new(Code::Unavailable).retry_after(5))
    }
}
