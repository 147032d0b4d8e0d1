//! The guides in `docs/guides`, followed step by step with the real generators: a site is made from
//! nothing, set up, and its posts arrive in a running sandbox. `tests/run` installs the generators.

mod copies;
mod generators;
mod output;
mod page;
mod page_cards;
mod pages;
mod reader;

use serde_json::{Value, json};

use self::output::Output;
use self::page::Page;
use self::reader::Reader;
use crate::sandbox::Running;
use crate::support::platform::feed;

/// The sections that every guide has, in this order, before the rules of its generator.
const SECTIONS: [&str; 6] = [
    "Make a site",
    "Set up",
    "Look and try",
    "Send the first post",
    "Send the next post",
    "Publish from GitHub",
];

/// The text that readers of the feed see above the first post's card, before its hashtags.
const FIRST_TEXT: &str = "The first post of a new blog.";

/// The text above the second post's card.
const SECOND_TEXT: &str = "Each new file is one post, and is sent once.";

/// A generator and what its guide leads to.
struct Guide {
    /// The guide's file name without its extension.
    name: &'static str,
    /// The generator, or `None` if the guide's commands build no pages.
    generator: Option<Generator>,
    /// The addresses of the two posts.
    links: [&'static str; 2],
}

/// A generator that the test can run.
struct Generator {
    /// The command that builds the site.
    build: &'static str,
    /// The folder of the built pages.
    output: &'static str,
    /// Markers of values in the built pages that differ between two builds.
    volatile: &'static [&'static str],
}

impl Guide {
    /// Follows the guide. `init` changes no built page, each post arrives once, and its card is
    /// complete.
    #[track_caller]
    fn follow(&self, mut reader: Reader) {
        let page = Page::read(self.name);
        let sandbox = Running::with(reader.home(), &[]);

        reader.follow(page.section("Make a site"));
        let before = self.rebuild(&mut reader);
        reader.follow(page.section("Set up"));
        if let (Some(before), Some(after)) = (before, self.rebuild(&mut reader)) {
            let changed = after.difference(&before);
            assert!(changed.is_empty(), "`init` changed {changed:?}");
        }

        send_to(&reader, &sandbox.url);
        let printed = reader.follow(page.section("Look and try"));
        assert!(
            printed.contains("1 to send") && printed.contains("1 sent"),
            "{printed}"
        );
        assert_eq!(feed(&sandbox.url), <[Value; 0]>::default());
        reader.follow(page.section("Send the first post"));
        let cards = || -> Vec<Value> { feed(&sandbox.url).iter().map(card).collect() };
        let first = self.expected(0, "Hello, feed", FIRST_TEXT);
        assert_eq!(cards(), std::slice::from_ref(&first));
        reader.follow(page.section("Send the next post"));
        let second = self.expected(1, "A second post", SECOND_TEXT);
        assert_eq!(cards(), [first.clone(), second.clone()]);

        reader.run("syndicate build");
        assert_eq!(cards(), [first, second]);

        reader.follow(page.section("Publish from GitHub"));
        let workflow = reader.path(".github/workflows/syndicate.yml");
        let workflow = std::fs::read_to_string(workflow).unwrap();
        if let Some(generator) = &self.generator {
            let upload = format!("path: {}\n", generator.output);
            assert!(workflow.contains(&upload), "{workflow}");
        }
    }

    /// Builds the site into an empty output folder.
    fn rebuild(&self, reader: &mut Reader) -> Option<Output> {
        let generator = self.generator.as_ref()?;
        let output = reader.path(generator.output);
        std::fs::remove_dir_all(&output).unwrap();
        reader.run(generator.build);
        Some(Output::read(&output, generator.volatile))
    }

    fn expected(&self, index: usize, title: &str, text: &str) -> Value {
        let link = self.links[index];
        json!({"link": link, "title": title, "text": text, "has_picture": true})
    }
}

/// Makes the pipeline send to the sandbox at this address.
fn send_to(reader: &Reader, address: &str) {
    let file = reader.path("pipeline.yaml");
    let pipeline = std::fs::read_to_string(&file).unwrap();
    let (head, tail) = pipeline.split_once("type: linkedin\n").unwrap();
    let sandbox = format!("    endpoint: \"{address}\"\n    token: guide\n");
    std::fs::write(file, format!("{head}type: linkedin\n{sandbox}{tail}")).unwrap();
}

/// Returns the parts of a post's card that readers of the feed see. The date in the address, which is
/// today's, is replaced.
fn card(post: &Value) -> Value {
    let article = &post["article"];
    let date = fancy_regex::Regex::new(r"/\d{4}/\d\d/\d\d/").unwrap();
    let link = article["source"].as_str().unwrap();
    json!({
        "link": date.replace(link, "/YYYY/MM/DD/"),
        "title": article["title"],
        "text": article["description"],
        "has_picture": article["image"].is_string(),
    })
}
