//! A second try for a question that found nothing, in other words of a model's.

use super::{Ask, Channel, OpenSite, Worked};
use crate::conversation::Topic;
use crate::route::{ANSWERS, Routed};
use crate::understand::fold;
use crate::{AskError, Assistant, wordings};
use chrono::DateTime;
use chrono_tz::Tz;
use domain::answer::Verdict;
use domain::language::Language;
use domain::phrase::Phrase;
use domain::statement::{Role, Statement};

impl Assistant {
    /// What a model's other wordings of a question that found nothing find: pages that may come close, with that reserve.
    pub(super) async fn in_other_words(
        &self,
        ask: &Ask,
        question: &str,
        site: &OpenSite,
        topic: Option<&Topic>,
        found: &Worked,
        at: &DateTime<Tz>,
    ) -> Result<Option<Worked>, AskError> {
        let nothing = found.routed.answer.verdict == Verdict::Unknown
            && found.understood.small_talk.is_none()
            && found.understood.refusal.is_none()
            && found.language == Language::French
            && ask.budget.is_none()
            && matches!(ask.channel, Channel::Web | Channel::Exam);
        let model = self.model.as_deref().filter(|_| nothing);
        let Some((model, wait)) = model.and_then(|model| Some((model, model.other_wordings?))) else {
            return Ok(None);
        };
        let before = topic
            .map(|topic| topic.question.as_str())
            .filter(|before| !before.is_empty());
        // Whatever language the model writes in, the resident is answered in their own.
        let ask = &Ask {
            language: Some(found.language),
            ..ask.clone()
        };
        for wording in wordings::of(model, question, before, wait).await {
            let snapshot = self.store.snapshot().await?;
            let mut worked = self.route(ask, &wording, site, topic, snapshot, at).await?;
            if self.lacks_a_name(question, &worked.routed, site).await? {
                continue;
            }
            let answer = &mut worked.routed.answer;
            let close = matches!(answer.verdict, Verdict::Answered | Verdict::Partial)
                && answer.confidence >= ANSWERS
                && !worked.routed.grounds.is_empty();
            if !close {
                continue;
            }
            // A model's wording may ask for something else: nobody but the resident knows.
            answer.confidence = found.routed.answer.confidence;
            if answer.verdict == Verdict::Answered {
                answer.verdict = Verdict::Partial;
                answer
                    .statements
                    .insert(0, Statement::fixed(Phrase::Partial, Role::Lead));
            }
            return Ok(Some(Worked {
                leant_on: found.leant_on.clone(),
                ..worked
            }));
        }
        Ok(None)
    }

    /// Whether the question names what the page found does not: a wording may have left the name out.
    async fn lacks_a_name(&self, question: &str, routed: &Routed, site: &OpenSite) -> Result<bool, AskError> {
        let Some(subject) = routed.subjects.first() else {
            return Ok(false);
        };
        let unmet = self.unmet(question, subject.document(), site).await?;
        let names = question.split(|c: char| !c.is_alphanumeric()).skip(1);
        let mut names = names.filter(|word| word.chars().next().is_some_and(char::is_uppercase));
        Ok(names.any(|name| unmet.iter().any(|unmet| fold(unmet) == fold(name))))
    }
}
