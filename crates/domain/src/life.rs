//! The life of a revision: who may do what to it, in which state.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The name under which a person acts; shown in the audit trail.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Person(String);

/// A name that is empty, too long or holds control characters.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a person's name must have 1 to 100 characters and no control characters; give one with --as NAME")]
pub struct InvalidPerson;

impl Person {
    /// Checks and wraps a name.
    ///
    /// # Errors
    /// When it is blank, longer than 100 characters or holds control characters.
    pub fn new(name: &str) -> Result<Self, InvalidPerson> {
        let name = name.trim();
        if name.is_empty() || name.chars().count() > 100 || name.chars().any(char::is_control) {
            return Err(InvalidPerson);
        }
        Ok(Self(name.to_owned()))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    // Two spellings of one name must not pass for two persons.
    fn is_same_as(&self, other: &Self) -> bool {
        self.0.to_lowercase() == other.0.to_lowercase()
    }
}

impl fmt::Display for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Something that a person did at an instant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Act {
    /// Who.
    pub by: Person,
    /// When.
    pub at: DateTime<Utc>,
}

/// How a revision ended, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ending {
    /// Who and when.
    pub act: Act,
    /// Why, in that person's words.
    pub why: String,
}

/// On what authority a revision was approved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Approval {
    /// A person other than the author read it.
    Reviewed(Act),
    /// It comes from a source that a named person declared trusted.
    TrustedSource(Act),
}

impl Approval {
    /// Who approved, or declared the source trusted.
    #[must_use]
    pub fn act(&self) -> &Act {
        match self {
            Self::Reviewed(act) | Self::TrustedSource(act) => act,
        }
    }
}

/// Where a revision stands in its life.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Life {
    /// Written or imported; nobody vouches for it.
    Draft {
        /// Who wrote or imported it.
        author: Act,
    },
    /// Its author asks for a review.
    Submitted {
        /// Who wrote or imported it.
        author: Act,
        /// Who asked for the review.
        submitted: Act,
    },
    /// Someone other than its author vouches for it.
    Approved {
        /// Who wrote or imported it.
        author: Act,
        /// On what authority.
        approval: Approval,
    },
    /// May be quoted, on the days of its validity.
    Published {
        /// Who wrote or imported it.
        author: Act,
        /// On what authority.
        approval: Approval,
        /// Who published it.
        published: Act,
    },
    /// Was published; may not be quoted any more.
    Retired {
        /// Who wrote or imported it.
        author: Act,
        /// On what authority.
        approval: Approval,
        /// Who published it.
        published: Act,
        /// How it ended.
        retired: Ending,
    },
    /// Refused by a reviewer; never to be published.
    Rejected {
        /// Who wrote or imported it.
        author: Act,
        /// How it ended.
        rejected: Ending,
    },
}

/// The name of a state, as the database and the command line write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// See [`Life::Draft`].
    Draft,
    /// See [`Life::Submitted`].
    Submitted,
    /// See [`Life::Approved`].
    Approved,
    /// See [`Life::Published`].
    Published,
    /// See [`Life::Retired`].
    Retired,
    /// See [`Life::Rejected`].
    Rejected,
}

impl State {
    /// Every state, in the order of a life.
    pub const ALL: [Self; 6] = [
        Self::Draft,
        Self::Submitted,
        Self::Approved,
        Self::Published,
        Self::Retired,
        Self::Rejected,
    ];

    /// Its name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Approved => "approved",
            Self::Published => "published",
            Self::Retired => "retired",
            Self::Rejected => "rejected",
        }
    }

    /// The state of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What a person does to a revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Transition {
    /// Ask for a review.
    Submit,
    /// Vouch for it.
    Approve,
    /// Let it answer.
    Publish,
    /// Refuse it.
    Reject {
        /// Why.
        why: String,
    },
    /// Stop it from answering.
    Retire {
        /// Why.
        why: String,
    },
}

impl Transition {
    /// The states from which it may be done, in the order of a life.
    #[must_use]
    pub fn from_states(&self) -> &'static [State] {
        match self {
            Self::Submit => &[State::Draft],
            Self::Approve => &[State::Draft, State::Submitted],
            Self::Publish => &[State::Approved],
            Self::Reject { .. } => &[State::Draft, State::Submitted, State::Approved],
            Self::Retire { .. } => &[State::Published],
        }
    }

    fn verb(&self) -> &'static str {
        match self {
            Self::Submit => "submit",
            Self::Approve => "approve",
            Self::Publish => "publish",
            Self::Reject { .. } => "reject",
            Self::Retire { .. } => "retract",
        }
    }
}

/// Why a transition was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TransitionError {
    /// The state does not allow it.
    #[error("cannot {verb} a revision that is {state}; {hint}")]
    NotFromHere {
        /// What was asked.
        verb: &'static str,
        /// Where the revision stands.
        state: State,
        /// What to do next.
        hint: &'static str,
    },
    /// The author may not vouch for their own words.
    #[error(
        "{author} wrote or imported this revision and cannot {verb} it; another person must, with --as NAME"
    )]
    OwnWork {
        /// The author.
        author: Person,
        /// What was asked.
        verb: &'static str,
    },
    /// A rejection or retraction without a reason.
    #[error("say why you {verb} it (--why \"…\"); the reason stays in the audit trail")]
    NoReason {
        /// What was asked.
        verb: &'static str,
    },
}

impl Life {
    /// A new draft.
    #[must_use]
    pub fn draft(author: Act) -> Self {
        Self::Draft { author }
    }

    /// A revision from a source that a named person declared trusted: published at once. It may be the author who
    /// declared it: to trust a source is to vouch for it whole, and the audit trail keeps who did.
    #[must_use]
    pub fn trusted(author: Act, declared: Act) -> Self {
        let published = author.clone();
        Self::Published {
            author,
            approval: Approval::TrustedSource(declared),
            published,
        }
    }

    /// The state's name.
    #[must_use]
    pub fn state(&self) -> State {
        match self {
            Self::Draft { .. } => State::Draft,
            Self::Submitted { .. } => State::Submitted,
            Self::Approved { .. } => State::Approved,
            Self::Published { .. } => State::Published,
            Self::Retired { .. } => State::Retired,
            Self::Rejected { .. } => State::Rejected,
        }
    }

    /// Who wrote or imported the revision.
    #[must_use]
    pub fn author(&self) -> &Act {
        match self {
            Self::Draft { author }
            | Self::Submitted { author, .. }
            | Self::Approved { author, .. }
            | Self::Published { author, .. }
            | Self::Retired { author, .. }
            | Self::Rejected { author, .. } => author,
        }
    }

    /// The life after `by` did `transition`.
    ///
    /// # Errors
    /// When the state does not allow it, when `by` is the author and it takes another person, or when a reason is missing.
    pub fn apply(
        &self,
        transition: &Transition,
        by: &Person,
        at: DateTime<Utc>,
    ) -> Result<Self, TransitionError> {
        let act = Act { by: by.clone(), at };
        let author = self.author().clone();
        let another_person = || {
            if author.by.is_same_as(by) {
                Err(TransitionError::OwnWork {
                    author: author.by.clone(),
                    verb: transition.verb(),
                })
            } else {
                Ok(())
            }
        };
        let ending = |why: &str| {
            if why.trim().is_empty() {
                Err(TransitionError::NoReason {
                    verb: transition.verb(),
                })
            } else {
                Ok(Ending {
                    act: act.clone(),
                    why: why.trim().to_owned(),
                })
            }
        };
        match (self, transition) {
            (Self::Draft { .. }, Transition::Submit) => Ok(Self::Submitted {
                author,
                submitted: act,
            }),
            (Self::Draft { .. } | Self::Submitted { .. }, Transition::Approve) => {
                another_person()?;
                Ok(Self::Approved {
                    author,
                    approval: Approval::Reviewed(act),
                })
            }
            (Self::Approved { approval, .. }, Transition::Publish) => {
                another_person()?;
                Ok(Self::Published {
                    author,
                    approval: approval.clone(),
                    published: act,
                })
            }
            (
                Self::Draft { .. } | Self::Submitted { .. } | Self::Approved { .. },
                Transition::Reject { why },
            ) => Ok(Self::Rejected {
                author,
                rejected: ending(why)?,
            }),
            (
                Self::Published {
                    approval, published, ..
                },
                Transition::Retire { why },
            ) => Ok(Self::Retired {
                author,
                approval: approval.clone(),
                published: published.clone(),
                retired: ending(why)?,
            }),
            _ => Err(TransitionError::NotFromHere {
                verb: transition.verb(),
                state: self.state(),
                hint: match (self.state(), transition) {
                    (State::Draft | State::Submitted, Transition::Publish) => "approve it first",
                    (State::Published, Transition::Reject { .. }) => "retract it instead",
                    (State::Retired | State::Rejected, _) => {
                        "import the document again to make a new revision"
                    }
                    (_, Transition::Retire { .. }) => "only a published revision can be retracted",
                    _ => "nothing to do",
                },
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn person(name: &str) -> Person {
        Person::new(name).unwrap()
    }

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    fn any_transition() -> impl Strategy<Value = Transition> {
        prop_oneof![
            Just(Transition::Submit),
            Just(Transition::Approve),
            Just(Transition::Publish),
            "[a-z ]{0,6}".prop_map(|why| Transition::Reject { why }),
            "[a-z ]{0,6}".prop_map(|why| Transition::Retire { why }),
        ]
    }

    proptest! {
        #[test]
        fn whatever_people_do_nothing_is_published_without_the_approval_of_another_person(
            steps in prop::collection::vec((any_transition(), prop::sample::select(vec!["Ana", "ANA", "Bob"])), 0..12),
        ) {
            let mut life = Life::draft(Act { by: person("Ana"), at: at(0) });
            for (second, (transition, name)) in steps.into_iter().enumerate() {
                let before = life.state();
                let done = life.apply(&transition, &person(name), at(second as i64 + 1));
                let from_here = !matches!(done, Err(TransitionError::NotFromHere { .. }));
                prop_assert_eq!(transition.from_states().contains(&before), from_here);
                if let Ok(next) = done {
                    prop_assert!(!matches!(before, State::Retired | State::Rejected), "an ended life goes on");
                    life = next;
                }
                if let Life::Published { approval, published, .. } = &life {
                    prop_assert_eq!(approval.act().by.as_str(), "Bob");
                    prop_assert_eq!(published.by.as_str(), "Bob");
                }
            }
        }
    }

    #[test]
    fn a_draft_cannot_be_published_unread() {
        let life = Life::draft(Act {
            by: person("Ana"),
            at: at(0),
        });
        let error = life
            .apply(&Transition::Publish, &person("Bob"), at(1))
            .unwrap_err();
        assert_eq!(
            error.to_string(),
            "cannot publish a revision that is draft; approve it first"
        );
    }

    #[test]
    fn a_rejection_needs_a_reason() {
        let life = Life::draft(Act {
            by: person("Ana"),
            at: at(0),
        });
        let reject = Transition::Reject { why: "  ".into() };
        assert_eq!(
            life.apply(&reject, &person("Bob"), at(1)),
            Err(TransitionError::NoReason { verb: "reject" })
        );
    }

    #[test]
    fn a_retraction_needs_a_reason_which_stays() {
        let mut life = Life::draft(Act {
            by: person("Ana"),
            at: at(0),
        });
        for transition in [Transition::Approve, Transition::Publish] {
            life = life.apply(&transition, &person("Bob"), at(1)).unwrap();
        }
        let retire = |why: &str| life.apply(&Transition::Retire { why: why.into() }, &person("Ana"), at(2));
        assert_eq!(retire(" "), Err(TransitionError::NoReason { verb: "retract" }));
        let Life::Retired { retired, .. } = retire(" tarif faux ").unwrap() else {
            panic!("not retired");
        };
        assert_eq!(
            (retired.why.as_str(), retired.act.by.as_str()),
            ("tarif faux", "Ana")
        );
    }
}
