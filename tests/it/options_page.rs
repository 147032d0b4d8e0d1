//! `docs/pipeline.md` is generated from the schema of pipeline.yaml.
//! `UPDATE_EXPECTED=1 cargo test` updates it.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;
use syndicate::BUILT_IN;
use syndicate::pipeline_schema;

const HEAD: &str = "# pipeline.yaml

This page helps you to write pipeline.yaml and lists every key. It is generated from the schema that the file is
checked with; `syndicate schema` prints that schema for editors.

```yaml
sources:
  blog:
    type: site
    path: .                              # the folder of the site

transforms:
  worthy:
    type: filter
    tags: {none: [note]}

sinks:
  linkedin:
    type: linkedin
    template: templates/linkedin.hbs     # or `commentary:` with the template itself
    author: me                           # or urn:li:organization:…
    thumbnail: require                   # require | warn | skip | draw
    token: ${LINKEDIN_ACCESS_TOKEN}      # the default; otherwise the token of `syndicate auth login`

policy:
  since: 2026-11-22                      # older posts stay unsent
  max_per_run: 3                         # the oldest are sent first, the rest wait
  spacing: 4h                            # at least this time between two posts to one sink
  quiet_hours: 22:00-07:00
  approve: false                         # true: send only what `syndicate approve` released
  on_change: ignore                      # update: change sent posts in place when they change

ledger:
  git: true                              # keep the ledger in a ref of the git remote, for CI
```

- `sources`, `transforms` and `sinks` are maps of components. You choose their names, but a source cannot be named
  `id`, `http` or `https`. `type` selects what a component is.
- Without `inputs`, the transforms are one chain in the order of the file, and every sink reads its end. With
  `inputs: [blog]` a component reads other components. Once any component has `inputs`, every sink must have them.
- The ledger records posts under the name of the sink. Under a new name they wait for your answer (`new_sink`,
  [the ledger](ledger.md)), and so do new posts of a source with a new name (`new_source`).
- `${NAME}` and `${NAME:-default}` in a value are replaced from the environment; `$${` is a literal `${`. Secrets are
  looked up only when they are used.
- Other types are [plugins in any language](plugin-protocol.md), whose options the program defines.
- Unknown keys are errors. Editors with a YAML language server complete and check the file if it begins with
  `# yaml-language-server: $schema=pipeline.schema.json`; write that schema with
  `syndicate schema > pipeline.schema.json`.
- Without `--config` and `-C`, pipeline.yaml is searched for in the current folder and its parents, up to the root of
  the repository.
- Messages quote a line of pipeline.yaml without values that may be secrets. A value is shown if its key never holds a
  secret or its form excludes one. A value from a variable is shown as the variable, and known secrets are printed as
  `***`.

Before a post is sent, its page is checked (`live_check`): it must be reachable, be the page of this post, and have its
picture. `build --wait 10m` waits for a deployment.
";

const MENTIONS: &str = "
## mentions

The accounts that `{{mention \"KEY\"}}` in a template can mention. `name` is the name that readers see; every other
key is the type or name of a sink, with the account's identifier there. On other sinks readers see the plain name.

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
            // The other form of a program, with the name of a plugin as its type, has the same keys.
            let Some(name) = component["properties"]["type"]["const"].as_str() else {
                continue;
            };
            let summary = component["description"].as_str().unwrap();
            write!(page, "\n## {noun} `{name}`\n\n{summary}\n\n").unwrap();
            // The keys of the policy that a sink can override are described once, after the policy.
            let is_policy = |key: &str| kind == "sinks" && is_policy_key(&schema, key);
            table(component, is_policy, &mut page);
        }
    }
    page.push_str("\n## policy\n\nRules for when posts are sent.\n\n");
    table(&schema["properties"]["policy"], |_| false, &mut page);
    page.push_str(&sink_policy(&schema));
    page.push_str("\n## ledger\n\nSettings of [the ledger](ledger.md).\n\n");
    table(&schema["properties"]["ledger"], |_| false, &mut page);
    page.push_str(MENTIONS);
    page.push_str("\n## site\n\nDefaults for every source of type `site`, with the same keys.\n");
    page
}

fn is_policy_key(schema: &Value, key: &str) -> bool {
    schema["properties"]["policy"]["properties"][key].is_object()
}

/// Describes the keys of the policy that a sink can override.
fn sink_policy(schema: &Value) -> String {
    let sinks = &schema["properties"]["sinks"]["additionalProperties"]["oneOf"];
    let keys = sinks[0]["properties"].as_object().unwrap().keys();
    let keys = keys.filter(|key| is_policy_key(schema, key));
    let keys: Vec<String> = keys.map(|key| format!("`{key}`")).collect();
    format!(
        "\nA sink can override {} for itself; `null` removes a limit. The other keys apply to all sinks.\n\n\
         ```yaml\nsinks:\n  mastodon:\n    type: mastodon\n    endpoint: https://mastodon.social\n    \
         max_per_run: 1\n    spacing: 12h\npolicy:\n  since: 2026-11-22\n  max_per_run: 3\n```\n",
        keys.join(", ")
    )
}

/// Adds the rows of a table of the keys in `schema`, without those that `is_skipped` selects.
fn table(schema: &Value, is_skipped: impl Fn(&str) -> bool, page: &mut String) {
    page.push_str("| key | meaning | value | default |\n|---|---|---|---|\n");
    rows("", schema, &is_skipped, page);
}

fn rows(prefix: &str, schema: &Value, is_skipped: &dyn Fn(&str) -> bool, page: &mut String) {
    for (key, option) in schema["properties"].as_object().into_iter().flatten() {
        if prefix.is_empty() && (key == "type" || is_skipped(key)) {
            continue;
        }
        if option["properties"].is_object() {
            rows(&format!("{prefix}{key}."), option, is_skipped, page);
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
        nested_rows(&format!("{prefix}{key}"), option, page);
    }
}

/// Adds the rows of the keys of mappings that the option `name` accepts among other forms, or lists.
fn nested_rows(name: &str, option: &Value, page: &mut String) {
    let all = |_: &str| false;
    let choices = ["oneOf", "anyOf"].into_iter();
    for choice in choices
        .filter_map(|choices| option[choices].as_array())
        .flatten()
    {
        rows(&format!("{name}."), choice, &all, page);
        nested_rows(name, choice, page);
    }
    if option["items"].is_object() {
        let name = format!("{name}[]");
        rows(&format!("{name}."), &option["items"], &all, page);
        nested_rows(&name, &option["items"], page);
    }
}

/// Returns a description of the values that an option accepts.
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
fn options_page_is_current() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pipeline.md");
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(&file, page()).unwrap();
    }
    let is_current = std::fs::read_to_string(file).unwrap_or_default() == page();
    assert!(
        is_current,
        "docs/pipeline.md is out of date: run `UPDATE_EXPECTED=1 cargo test` to update it"
    );
}

#[test]
fn every_key_has_description() {
    for line in page().lines().filter(|line| line.starts_with("| `")) {
        let sentence = line.split(" | ").nth(1).unwrap_or_default();
        assert!(sentence.ends_with('.'), "no sentence: {line}");
    }
}
