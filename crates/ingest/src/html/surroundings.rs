//! What stands around a page's content and is not part of it.

use scraper::ElementRef;

/// Elements that are never content.
const NEVER: [&str; 24] = [
    "script",
    "style",
    "noscript",
    "template",
    "nav",
    "footer",
    "aside",
    "form",
    "button",
    "select",
    "input",
    "textarea",
    "iframe",
    "svg",
    "canvas",
    "video",
    "audio",
    "object",
    "dialog",
    "head",
    "menu",
    "map",
    "figcaption",
    "img",
];
/// Beginnings of words in classes and ids that name a banner over the page.
const BANNERS: [&str; 9] = [
    "cookie",
    "rgpd",
    "gdpr",
    "tarteaucitron",
    "axeptio",
    "didomi",
    "orejime",
    "consentbanner",
    "cookiebot",
];
/// Words in classes and ids that name something around the content.
const AROUND: [&str; 14] = [
    "consent",
    "breadcrumb",
    "breadcrumbs",
    "ariane",
    "filariane",
    "share",
    "sharing",
    "partage",
    "pagination",
    "skiplink",
    "skiplinks",
    "newsletter",
    "hidden",
    "sronly",
];
/// Words that name a menu, where nearly all the text is links; a canteen's menu is not.
const MENUS: [&str; 7] = [
    "menu",
    "nav",
    "navbar",
    "navigation",
    "sidebar",
    "toc",
    "sommaire",
];
const ROLES: [&str; 8] = [
    "navigation",
    "banner",
    "contentinfo",
    "search",
    "complementary",
    "dialog",
    "alertdialog",
    "menu",
];

/// Whether an element is left out.
pub(super) fn is_around(element: ElementRef<'_>) -> bool {
    let value = element.value();
    let name = value.name();
    if NEVER.contains(&name) {
        return true;
    }
    if matches!(name, "html" | "body" | "main" | "article") {
        return false;
    }
    if value.attr("hidden").is_some_and(|h| h != "until-found")
        || value.attr("role").is_some_and(|r| ROLES.contains(&r))
    {
        return true;
    }
    if value.attr("aria-hidden") == Some("true") && matches!(name, "span" | "i" | "a" | "em" | "b") {
        return true;
    }
    if name == "header"
        && !element
            .ancestors()
            .filter_map(ElementRef::wrap)
            .any(|a| matches!(a.value().name(), "main" | "article"))
    {
        return true;
    }
    let names = || {
        value
            .attr("class")
            .into_iter()
            .chain(value.attr("id"))
            .flat_map(str::split_whitespace)
    };
    names().any(|name| {
        let lower = name.to_ascii_lowercase();
        let joined = lower.replace(['-', '_'], "");
        let words = || lower.split(['-', '_']);
        words().any(|word| BANNERS.iter().any(|b| word.starts_with(b)))
            || AROUND.contains(&joined.as_str())
            || words().any(|word| AROUND.contains(&word) && word != "hidden")
            || joined == "visuallyhidden"
            || (words().any(|word| MENUS.contains(&word)) && is_mostly_links(element))
    })
}

fn is_mostly_links(element: ElementRef<'_>) -> bool {
    let (mut all, mut linked) = (0, 0);
    for node in element.descendants() {
        let Some(text) = node.value().as_text() else {
            continue;
        };
        let length = text.trim().len();
        all += length;
        let in_link = node
            .ancestors()
            .take(8)
            .any(|a| a.value().as_element().is_some_and(|e| e.name() == "a"));
        linked += if in_link { length } else { 0 };
    }
    all > 0 && linked * 10 > all * 6
}
