//! Reads the names that a script imports from other files, without following their own imports. Many
//! configs keep the settings of the site in a separate file.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use regex::Regex;
use serde_json::{Map, Value};

use super::statements::{read_constants, read_default_export};

/// `import {A, B as C} from "./x"` or `import A from "./x"`.
static IMPORT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?m)^[ \t]*import\s+(?:(\w+)\s*,?\s*)?(?:\{([^}]*)\}\s*)?from\s+["'](\.{1,2}/[^"']+)["']"#)
        .expect("the pattern is a constant")
});

/// The suffixes that can be omitted in the path of an import.
const ENDINGS: &[&str] = &[
    "",
    ".ts",
    ".js",
    ".mjs",
    ".mts",
    ".json",
    "/index.ts",
    "/index.js",
];

/// Returns the values of the names that `text`, a file in `folder`, imports from files by relative
/// paths. Names from a file that cannot be read are missing.
#[must_use]
pub fn read_imports(text: &str, folder: &Path) -> Map<String, Value> {
    let mut values = Map::new();
    for found in IMPORT.captures_iter(text) {
        let Some((path, content)) = read_file(folder, &found[3]) else {
            continue;
        };
        if let Some(default) = found.get(1) {
            let value = read_default_value(&path, &content);
            values.extend(value.map(|value| (default.as_str().to_owned(), value)));
        }
        if let Some(list) = found.get(2) {
            let theirs = read_constants(&content, &Map::new());
            values.extend(list.as_str().split(',').filter_map(|import| {
                let (name, own) = import.split_once(" as ").unwrap_or((import, import));
                Some((own.trim().to_owned(), theirs.get(name.trim())?.clone()))
            }));
        }
    }
    values
}

fn read_file(folder: &Path, import: &str) -> Option<(PathBuf, String)> {
    // TypeScript imports `./x.ts` by the name of the compiled file, `./x.js`.
    let source = import.strip_suffix(".js").unwrap_or(import);
    let names = [import, source].into_iter();
    let mut paths = names.flat_map(|name| ENDINGS.iter().map(move |end| format!("{name}{end}")));
    paths.find_map(|name| {
        let path = folder.join(name);
        let text = std::fs::read_to_string(&path).ok()?;
        Some((path, text))
    })
}

fn read_default_value(path: &Path, text: &str) -> Option<Value> {
    if path
        .extension()
        .is_some_and(|extension| extension == "json")
    {
        return serde_json::from_str(text).ok();
    }
    read_default_export(text, &Map::new()).map(Value::Object)
}

#[cfg(test)]
mod tests {
    use super::read_imports;
    use serde_json::{Value, json};

    #[test]
    fn imports_of_files_are_known() {
        let folder = tempfile::tempdir().unwrap();
        let write =
            |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        write(
            "site.ts",
            "export const SITE: Site = {url: 'https://x.org'};\nexport const N = 1;",
        );
        write("data.json", "{\"title\": \"T\"}");
        write("own.js", "export default {a: 'b'};");
        let text = "import { defineConfig } from 'astro/config';\nimport { SITE, N as M } from \"./site\";\n\
                    import data from './data.json';\nimport own from './own.js';\nimport x from './none';";
        let expected = json!({
            "SITE": {"url": "https://x.org"}, "M": 1, "data": {"title": "T"}, "own": {"a": "b"},
        });
        assert_eq!(Value::Object(read_imports(text, folder.path())), expected);
    }
}
