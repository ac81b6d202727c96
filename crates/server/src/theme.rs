//! A town's colours, corners and font on the pages that we serve: the widget's six custom properties.

use serde::Deserialize;

/// `[site.theme]`: what is missing stays as we made it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Theme {
    accent: Option<String>,
    on_accent: Option<String>,
    surface: Option<String>,
    text: Option<String>,
    radius: Option<String>,
    font: Option<String>,
}

impl Theme {
    fn properties(&self) -> impl Iterator<Item = (&'static str, &str)> {
        [
            ("accent", &self.accent),
            ("on-accent", &self.on_accent),
            ("surface", &self.surface),
            ("text", &self.text),
            ("radius", &self.radius),
            ("font", &self.font),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value.as_deref()?)))
    }

    /// The first value that would not stay within its property, if any.
    pub(crate) fn unfit(&self) -> Option<&str> {
        let fits =
            |value: &str| !value.trim().is_empty() && !value.contains(['{', '}', ';', '<', '\\', '\n']);
        self.properties()
            .map(|(_, value)| value)
            .find(|value| !fits(value))
    }

    /// The style sheet that sets the properties; none where nothing is set.
    pub(crate) fn style_sheet(&self) -> Option<String> {
        let set: String = self
            .properties()
            .map(|(name, value)| format!("--parvis-{name}:{value};"))
            .collect();
        (!set.is_empty()).then(|| format!(":root{{{set}}}\n"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_set_is_in_the_style_sheet() {
        let theme: Theme = toml::from_str("accent = \"#123456\"\nfont = \"Marianne, sans-serif\"").unwrap();
        assert_eq!(
            theme.style_sheet().as_deref(),
            Some(":root{--parvis-accent:#123456;--parvis-font:Marianne, sans-serif;}\n")
        );
        assert_eq!(Theme::default().style_sheet(), None);
    }

    #[test]
    fn a_value_that_would_end_its_property_is_unfit() {
        for (value, fit) in [
            ("oklch(40% 0.1 150)", true),
            ("\"Atkinson Hyperlegible\", serif", true),
            ("red; color: blue", false),
            ("red } body { color: blue", false),
            (" ", false),
        ] {
            let theme = Theme {
                surface: Some(value.to_owned()),
                ..Theme::default()
            };
            assert_eq!(theme.unfit().is_none(), fit, "{value}");
        }
    }
}
