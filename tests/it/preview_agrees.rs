//! Six views of one item (terminal, JSON, exported page, Markdown table, local page and HTTP request) show
//! the same text and the same hash.

use scraper::{Html, Selector};

use crate::build::pipeline;
use crate::preview_page::Served;
use crate::support::{Platform, Project};

/// A text with every character that one of the encodings must escape.
const WORDS: &str = "A <b> & \"quotes\" | pipes_and_snakes (brackets) in C#.\n\nWith #Rust, {braces}, \
                     @someone, 日本語 and 🦀.\nA third line.\nA fourth line that is folded away, and ends \
                     with https://example.org/x?a=1&b=2";

fn texts(page: &str, selector: &str) -> Vec<String> {
    let page = Html::parse_document(page);
    let selector = Selector::parse(selector).unwrap();
    page.select(&selector)
        .map(|found| found.text().collect())
        .collect()
}

/// Returns the text of a Markdown table cell as a reader sees it.
fn unescaped(cell: &str) -> String {
    let html = cell.replace("<br>", "\n").replace("&#8203;", "");
    Html::parse_fragment(&html)
        .root_element()
        .text()
        .collect::<String>()
}

#[test]
fn all_views_show_same_payload() {
    let platform = Platform::start();
    let project = Project::with_pipeline(&pipeline(&platform.url))
        .with_ledger()
        .env("COLUMNS", "200")
        .picture("posts/a.png", 1200, 627)
        .post(
            "posts/one.md",
            &format!(
                "title: 'Title & | [C#] 5 < 6'\ndate: 2026-11-20\nimage: a.png\nsyndicate: {{commentary: {}}}",
                serde_json::to_string(WORDS).unwrap()
            ),
        );
    let plan = project.run("preview --json").exits(0).json();
    let entry = &plan["plan"][0];
    let hash = entry["hash"].as_str().unwrap();
    assert_eq!(entry["post"]["text"], WORDS);
    let shown = entry["post"]["shown"].as_str().unwrap();

    let terminal = project.run("preview").exits(0).stdout;
    let drawn: String = terminal
        .lines()
        .filter_map(|line| line.strip_prefix("│ ").or(line.strip_prefix("┆ ")))
        .filter(|line| *line != "…see more")
        .collect::<Vec<_>>()
        .join(" ");
    let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(squeezed(&drawn).starts_with(&squeezed(WORDS)), "{terminal}");
    assert!(terminal.contains(hash));

    project.run("preview --html out").exits(0);
    let served = Served::of(&project, &[]);
    for page in [project.read("out/index.html"), served.get("/").body] {
        assert_eq!(texts(&page, ".words"), [WORDS]);
        assert_eq!(texts(&page, ".facts code"), [hash]);
        assert_eq!(texts(&page, ".title"), ["Title & | [C#] 5 < 6"]);
    }

    let table = project.run("preview --markdown").exits(0).stdout;
    let row = table.lines().last().unwrap();
    let cells: Vec<&str> = row.split(" | ").collect();
    assert!(unescaped(cells[3]).starts_with(shown.trim_end()), "{row}");
    let short = cells[5].trim_end_matches(" |").trim_matches('`');
    assert!(hash.starts_with(short) && short.len() > 15, "{row}");

    let order = serde_json::json!({
        "action": "send", "item": entry["item"], "sink": entry["sink"], "hash": hash,
    });
    assert_eq!(served.order(&order)["done"], true);
    let feed = platform.feed();
    assert_eq!(feed[0]["text"], WORDS);
    assert_eq!(feed[0]["cut_at"], serde_json::Value::Null);
    assert_eq!(feed[0]["article"]["title"], "Title & | [C#] 5 < 6");
    let ledger = project.read("syndicate.ledger.jsonl");
    assert_eq!(
        ledger.matches(hash).count(),
        2,
        "in the intent and in what was sent"
    );
}
