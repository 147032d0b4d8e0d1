use super::{read_arguments, read_front_matter};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

fn read_default_export(text: &str) -> Option<Map<String, Value>> {
    super::read_default_export(text, &Map::new())
}

fn read(text: &str) -> Value {
    read_default_export(text).map_or(Value::Null, Value::Object)
}

#[test]
fn export_is_found_in_every_form() {
    let expected = json!({"url": "https://x.org", "n": [1, -2.5, true]});
    for text in [
        "module.exports = {url: 'https://x.org', n: [1, -2.5, true]};",
        "// @ts-check\nexport default {\n  'url': \"https://x.org\", // the address\n  n: [1, -2.5, true,],\n};\n",
        "const config = {url: `https://x.org`, n: [1, -2.5, true]};\nmodule.exports = config\n",
        "import type {Config} from 'x';\nconst url = 'https://x.org'\nconst config: Config = {\n  url,\n  n: [1, -2.5, true],\n}\n\nexport default config;",
        "export default {url: 'https://x.org', n: [1, -2.5, true]} satisfies Config;",
        "export default {url: 'https://x.org', n: [1, -2.5, true]} as Config",
        "const base = {url: 'no', n: [1, -2.5, true]};\nexport default {...base, url: 'https://x.org'};",
        "module.exports = async function create() {\n  const x = await load();\n  return {url: 'https://x.org', n: [1, -2.5, true]};\n};",
        "export default () => { return {url: 'https://x.org', n: [1, -2.5, true]} }",
        "const url = process.env.URL || 'https://x.org';\nmodule.exports = {url, n: [1, -2.5, true]};",
        "module.exports = {url: process.env.URL ?? \"https://x.org\", n: [1, -2.5, true]};",
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
}

#[test]
fn unknown_values_are_null() {
    let text = "module.exports = {
      a: require('x').y({b: 1}), /* , b: 2 */
      b: `v${version}`,
      c: /[/}]\\/,\"/g,
      async d(one, two) { return {x: [1]}; },
      [computed]: 1,
      e: () => ({a: 'x'}),
      f: 'a' + 'b',
      g: \"it's \\\"ok\\\" \\u00e9\",
      h: condition ? 'x' : 'y',
      i: new Date().getFullYear(),
      j: {'deep-key': [['x', {k: false}], null, undefined]},
      k: 'last',
    };";
    let expected = json!({
        "a": null, "b": null, "c": null, "e": null, "f": null, "g": "it's \"ok\" é", "h": null,
        "i": null, "j": {"deep-key": [["x", {"k": false}], null, null]}, "k": "last",
    });
    assert_eq!(read(text), expected);
    assert_eq!(read("export default createConfig(options);"), Value::Null);
    assert_eq!(read(""), Value::Null);
}

#[test]
fn export_passes_through_define_functions() {
    let text = "import { SITE } from './site';\nimport {defineConfig} from 'astro/config';\n\
                const deep = {a: {b: 'c'}};\n\
                export default defineConfig({site: `${SITE.url}`, x: deep.a.b, y: SITE.none, z: f(1)}, 2);";
    let known = json!({"SITE": {"url": "https://x.org"}});
    let read = super::read_default_export(text, known.as_object().unwrap()).unwrap();
    let expected = json!({"site": "https://x.org", "x": "c", "y": null, "z": null});
    assert_eq!(Value::Object(read), expected);
}

#[test]
fn arguments_of_calls_are_found() {
    let text = "const dir = 'content';\nexport default function (c) {\n  c.setInputDirectory(dir);\n\
                c.addPassthroughCopy({'./public/': '/'}).addPassthroughCopy(\"img\");\n c.x(f());\n}";
    assert_eq!(
        read_arguments(text, "setInputDirectory"),
        [json!("content")]
    );
    assert_eq!(
        read_arguments(text, "addPassthroughCopy"),
        [json!({"./public/": "/"}), json!("img")]
    );
    assert_eq!(read_arguments(text, "x"), [Value::Null]);
}

#[test]
fn front_matter_is_object_or_definitions() {
    let expected = json!({"title": "T", "draft": true, "nav": {"key": "a"}, "date": null});
    for text in [
        "{\n  title: 'T', draft: true, nav: {key: 'a'}, date: new Date(),\n}",
        "const title = \"T\";\nconst draft = true;\nconst nav = {\n\tkey: 'a'\n};\nlet date = new Date();",
    ] {
        assert_eq!(Value::Object(read_front_matter(text)), expected, "{text}");
    }
}

#[test]
fn stray_brackets_are_skipped() {
    for text in [
        "export default {;}",
        "export default {]a: 1}",
        "return {)",
        "export default [;{]}",
    ] {
        let _ = read_default_export(text);
    }
}

proptest! {
    #[test]
    fn javascript_reads_any_text(
        text in "(const a = |module\\.exports = |export default |return )?([{}\\[\\](),:;'\"`/\\\\.|?a-z0-9é \n$]|\\.\\.\\.|//|/\\*|as ){0,60}"
    ) {
        let _ = read_default_export(&text);
    }

    #[test]
    fn json_is_valid_javascript(strings in proptest::collection::btree_map("[a-z]{1,5}", "[a-zA-Z0-9 é'`/{}$,:-]{0,12}", 1..6)) {
        let value = json!(strings);
        let text = format!("export default {value};");
        prop_assert_eq!(read(&text), value);
    }
}
