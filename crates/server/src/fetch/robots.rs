//! robots.txt, as RFC 9309 says: which paths of a site may be fetched, and how fast.

use std::time::Duration;

/// The longest delay between two pages that is obeyed.
const MOST_DELAY: Duration = Duration::from_secs(10);

/// The rules for us.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Robots {
    rules: Vec<Rule>,
    /// How long to wait between two pages, where the site says so.
    pub(crate) delay: Option<Duration>,
}

#[derive(Debug, Clone, PartialEq)]
struct Rule {
    allow: bool,
    pattern: String,
}

impl Robots {
    /// The rules of `text` for the product called `agent`: its own groups, else those for everybody.
    pub(crate) fn parse(text: &str, agent: &str) -> Self {
        let (mut own, mut everybody) = (None, Self::default());
        let mut agents: Vec<String> = Vec::new();
        let mut in_rules = false;
        for line in text.lines() {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else {
                continue;
            };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            if key == "user-agent" {
                if std::mem::take(&mut in_rules) {
                    agents.clear();
                }
                agents.push(value.to_ascii_lowercase());
                if value.eq_ignore_ascii_case(agent) {
                    own.get_or_insert_with(Self::default);
                }
                continue;
            }
            in_rules = true;
            let names = |name: &str| agents.iter().any(|agent| agent == name);
            if names(&agent.to_ascii_lowercase()) {
                own.get_or_insert_with(Self::default).take(&key, value);
            }
            if names("*") {
                everybody.take(&key, value);
            }
        }
        own.unwrap_or(everybody)
    }

    fn take(&mut self, key: &str, value: &str) {
        match key {
            "allow" | "disallow" if !value.is_empty() => {
                self.rules.push(Rule {
                    allow: key == "allow",
                    pattern: value.to_owned(),
                });
            }
            "crawl-delay" => {
                let seconds = value
                    .parse::<f64>()
                    .ok()
                    .filter(|seconds| seconds.is_finite() && *seconds >= 0.0);
                self.delay =
                    seconds.map(|seconds| Duration::from_secs_f64(seconds.min(MOST_DELAY.as_secs_f64())));
            }
            _ => {}
        }
    }

    /// Whether `path`, with its query, may be fetched: the longest rule decides, and an allowance wins a tie.
    pub(crate) fn allows(&self, path: &str) -> bool {
        let matching = self.rules.iter().filter(|rule| matches(&rule.pattern, path));
        matching
            .max_by_key(|rule| (rule.pattern.len(), rule.allow))
            .is_none_or(|rule| rule.allow)
    }
}

/// Whether a pattern begins `path`; `*` stands for anything, `$` for the end.
fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, to_the_end) = match pattern.strip_suffix('$') {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let mut pieces = pattern.split('*');
    let Some(mut rest) = path.strip_prefix(pieces.next().unwrap_or_default()) else {
        return false;
    };
    let mut pieces = pieces.peekable();
    if pieces.peek().is_none() {
        return !to_the_end || rest.is_empty();
    }
    while let Some(piece) = pieces.next() {
        if to_the_end && pieces.peek().is_none() {
            return rest.ends_with(piece);
        }
        match rest.find(piece) {
            Some(at) => rest = &rest[at + piece.len()..],
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ROBOTS: &str = "\
        # Site de la ville\nUser-agent: *\nDisallow: /prive/\nAllow: /prive/annuaire\nDisallow: /*.pdf$\nCrawl-delay: 2\n\n\
        User-agent: other\nUser-agent: parvis\nDisallow: /recherche\nDisallow:\n";

    #[test]
    fn the_longest_rule_decides() {
        let robots = Robots::parse(ROBOTS, "somebody");
        assert!(robots.allows("/") && robots.allows("/prive/annuaire/a") && robots.allows("/a.pdf?x=1"));
        assert!(!robots.allows("/prive/") && !robots.allows("/doc/a.pdf"));
        assert_eq!(robots.delay, Some(Duration::from_secs(2)));
    }

    #[test]
    fn our_own_group_replaces_the_one_for_everybody() {
        let robots = Robots::parse(ROBOTS, "Parvis");
        assert!(robots.allows("/prive/") && !robots.allows("/recherche?q=x"));
        assert_eq!(robots.delay, None);
    }

    #[test]
    fn nothing_written_forbids_nothing() {
        assert!(Robots::parse("", "parvis").allows("/x") && Robots::parse("<html>", "parvis").allows("/x"));
        assert!(Robots::parse("User-agent: *\nDisallow:", "parvis").allows("/x"));
        assert_eq!(
            Robots::parse("User-agent: *\nCrawl-delay: 86400", "parvis").delay,
            Some(MOST_DELAY)
        );
    }

    proptest! {
        #[test]
        fn no_file_makes_it_panic(text in "(User-agent: ?|Disallow: ?|[*$/a-zé:#\n. 0-9-]){0,40}", path in "/[a-z*$/]{0,12}") {
            let _either_way = Robots::parse(&text, "parvis").allows(&path);
        }

        #[test]
        fn a_plain_pattern_is_a_prefix(pattern in "/[a-z/]{0,6}", path in "/[a-z/]{0,8}") {
            prop_assert_eq!(matches(&pattern, &path), path.starts_with(&pattern));
        }
    }
}
