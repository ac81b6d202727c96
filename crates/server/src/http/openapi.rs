//! `GET /api/v1/openapi.json`: the interface's description, made from the code.

use super::{answers, conversations, questions, sites, wire};
use axum::Json;
use utoipa::OpenApi;

#[derive(OpenApi)]
#[openapi(
    info(title = "Parvis", version = "1", description = "Questions to a town, answered from its validated content."),
    paths(questions::post, answers::feedback, conversations::delete, sites::get),
    components(schemas(wire::StartEvent, wire::StatementBody, wire::VerdictEvent)),
    tags((name = "questions", description = "Ask, judge, delete"), (name = "sites", description = "Sites"))
)]
struct Description;

/// The description.
pub(crate) async fn get() -> Json<utoipa::openapi::OpenApi> {
    Json(Description::openapi())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interface_is_the_one_that_was_reviewed() {
        insta::assert_json_snapshot!("openapi", Description::openapi());
    }
}
