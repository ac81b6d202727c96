//! `DELETE /api/v1/conversations/{code}`: whoever holds the code can have everything deleted.

use super::App;
use super::client::Admitted;
use super::problem::{Code, Problem, ProblemDetails};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use std::sync::Arc;

/// Delete a conversation.
#[utoipa::path(
    delete,
    path = "/api/v1/conversations/{code}",
    tag = "questions",
    params(("code" = String, Path, description = "The conversation's code")),
    responses(
        (status = 204, description = "Deleted; nothing of it is left"),
        (status = "4XX", description = "The request was refused", body = ProblemDetails, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn delete(
    State(app): State<Arc<App>>,
    Path(code): Path<String>,
    _admitted: Admitted,
) -> Result<StatusCode, Problem> {
    match app.assistant.delete_conversation(&code).await {
        Ok(true) => Ok(StatusCode::NO_CONTENT),
        Ok(false) => Err(Problem::new(Code::UnknownConversation)),
        Err(error) => Err(Problem::caused(Code::Internal, error)),
    }
}
