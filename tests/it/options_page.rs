//! `docs/pipeline.md` is printed from the schema that pipeline.yaml is checked with.
//! `UPDATE_EXPECTED=1 cargo test` prints it anew.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;
use syndicate::BUILT_IN;
use syndicate::pipeline_schema;

const HEAD: &str = "# pipeline.yaml

Every key there is. This page is printed from the schema that the file is checked with, which
`syndicate schema` prints for editors. `${NAME}` and `${NAME:-default}` in a value come from the
environment; `$${` stands for a literal `${`. Unknown keys are errors.

Without `--config` and `-C`, pipeline.yaml is looked for in the present folder and in those above it, up to
the root of the repository. Messages show a line of it without values that may be secrets: a value is shown
if its key is an option that holds none, or if it can be none by its form. A value that came from a variable
is named by it, and known secrets are `***` in all that is printed.

Three maps of named components, `sources`, `transforms` and `sinks`; the names are yours, but a source
cannot be named `id`, `http` or `https`. What a sink sent is on record under its name; under another name
it waits for your answer (`new_sink`, [the ledger](ledger.md)), and so do new posts of a source with a new
name. A component's `type` selects what it is. Without `inputs` the transforms are one chain in the order
of the file, and every sink reads its end. Once any component has `inputs`, every sink must.
";

const MENTIONS: &str = "
## mentions

Who may be mentioned in templates, by what `{{mention \"KEY\"}}` calls them: the name that readers see, and
who they are on the sinks of a type or of a name. Where that is not said, readers see the plain name.

```yaml
mentions:
  acme: {name: ACME Corp, linkedin: urn:li:organization:123}
```
";

fn page() -> String {
    let schema = pipeline_schema(&BUILT_IN);
    let mut page = HEAD.to_owned();
    for (kind, noun) in [
        ("sources", "source"),
        ("transforms", "transform"),
        ("sinks", "sink"),
    ] {
        let components = &schema["properties"][kind]["additionalProperties"]["oneOf"];
        for component in components.as_array().unwrap() {
            let name = component["properties"]["type"]["const"].as_str().unwrap();
            let summary = component["description"].as_str().unwrap();
            write!(page, "\n## {noun} `{name}`\n\n{summary}\n\n").unwrap();
            table(component, &mut page);
        }
    }
    page.push_str("\n## policy\n\nWhat may go out and when, whatever the sink.\n\n");
    table(&schema["properties"]["policy"], &mut page);
    page.push_str("\n## ledger\n\nHow [the ledger](ledger.md) is kept.\n\n");
    table(&schema["properties"]["ledger"], &mut page);
    page.push_str(MENTIONS);
    page.push_str(
        "\n## site\n\nDefaults for every source of type `site`; the same keys as there.\n",
    );
    page
}

fn table(schema: &Value, page: &mut String) {
    page.push_str("| key | what it is | value | default |\n|---|---|---|---|\n");
    rows("", schema, page);
}

fn rows(prefix: &str, schema: &Value, page: &mut String) {
    for (key, option) in schema["properties"].as_object().unwrap() {
        if key == "type" && prefix.is_empty() {
            continue;
        }
        if option["properties"].is_object() {
            rows(&format!("{prefix}{key}."), option, page);
            continue;
        }
        let description = option["description"]
            .as_str()
            .unwrap_or_default()
            .replace('\n', " ");
        let default = match &option["default"] {
            Value::Null => String::new(),
            Value::Array(values) if values.is_empty() => String::new(),
            value => format!("`{value}`"),
        };
        let value = value(option).replace('|', "\\|");
        writeln!(
            page,
            "| `{prefix}{key}` | {description} | {value} | {default} |"
        )
        .unwrap();
    }
}

/// What a value may be, in words.
fn value(option: &Value) -> String {
    if let Some(values) = option["enum"].as_array() {
        let values: Vec<String> = values
            .iter()
            .filter(|v| !v.is_null())
            .map(|v| format!("`{v}`"))
            .collect();
        return values.join(", ");
    }
    for combined in ["oneOf", "anyOf"] {
        if let Some(choices) = option[combined].as_array() {
            let values: Vec<String> = choices
                .iter()
                .map(value)
                .filter(|text| !text.is_empty())
                .collect();
            return values.join(", ");
        }
    }
    if let Some(constant) = option.get("const") {
        return format!("`{constant}`");
    }
    let kinds: Vec<&str> = match &option["type"] {
        Value::String(kind) => vec![kind],
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let words = kinds.iter().filter_map(|kind| match *kind {
        "string" => Some("text"),
        "integer" => Some("number"),
        "boolean" => Some("`true`, `false`"),
        "array" => Some("list"),
        "object" => Some("map"),
        _ => None,
    });
    words.collect::<Vec<_>>().join(", ")
}

#[test]
fn the_page_of_options_is_the_schema() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pipeline.md");
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(&file, page()).unwrap();
    }
    let is_current = std::fs::read_to_string(file).unwrap_or_default() == page();
    assert!(
        is_current,
        "docs/pipeline.md is out of date: UPDATE_EXPECTED=1 cargo test prints it anew"
    );
}

#[test]
fn every_key_has_its_sentence() {
    for line in page().lines().filter(|line| line.starts_with("| `")) {
        let sentence = line.split(" | ").nth(1).unwrap_or_default();
        assert!(sentence.ends_with('.'), "no sentence: {line}");
    }
}
