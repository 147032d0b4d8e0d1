//! The table of agreement.

use std::collections::BTreeMap;

use serde_json::Value;

use super::site::Site;
use crate::sites::{Field, Reading, Truth, compare, is_at, would_be_sent};

/// The number of posts that agree and the number compared, by field.
type Counts = BTreeMap<Field, (usize, usize)>;

pub(super) struct Table {
    reading: Reading,
    rows: Vec<(String, Counts)>,
    disagreements: Vec<String>,
    /// Pages that became items although they are not posts, and posts that did not become items.
    wrong: Vec<String>,
}

impl Table {
    pub(super) fn new(reading: Reading) -> Self {
        Self {
            reading,
            rows: Vec::new(),
            disagreements: Vec::new(),
            wrong: Vec::new(),
        }
    }

    pub(super) fn add(&mut self, site: &Site, items: &[Value]) {
        let mut counts: Counts = Counts::new();
        for truth in &site.truth {
            let name = format!("{}/{}", site.name, truth.text("source").unwrap_or_default());
            let (source, html) = (truth.text("source"), truth.text("html"));
            let found = items.iter().find(|item| self.is_of(item, source, html));
            let Some(item) = found else {
                if truth.is_built() {
                    self.wrong.push(format!("{name}: became no item"));
                }
                continue;
            };
            if self.reading == Reading::Joined {
                self.wrong
                    .extend(page_mismatch(truth, item).map(|what| format!("{name}: {what}")));
            }
            let known_fields = Field::ALL
                .into_iter()
                .filter(|field| site.has_field(*field, self.reading));
            for field in known_fields {
                let Some(result) = compare(field, self.reading, truth, item) else {
                    continue;
                };
                let (agreed, all) = counts.entry(field).or_default();
                *all += 1;
                match result {
                    Ok(()) => *agreed += 1,
                    Err(words) => self
                        .disagreements
                        .push(format!("{name}: {field:?}: {words}")),
                }
            }
        }
        for page in &site.nonposts {
            let is_it = |item: &&Value| is_at(item["page"].as_str(), page);
            if items.iter().filter(is_it).any(would_be_sent) {
                self.wrong
                    .push(format!("{}: {page} is not a post", site.name));
            }
        }
        self.rows.push((site.name.clone(), counts));
    }

    fn is_of(&self, item: &Value, source: Option<&str>, html: Option<&str>) -> bool {
        match self.reading {
            Reading::Pages => html.is_some_and(|html| is_at(item["page"].as_str(), html)),
            Reading::Markdown | Reading::Joined => source
                .is_some_and(|source| item["path"].as_str() == Some(&format!("site/{source}"))),
        }
    }

    /// Returns the numbers of agreeing and of compared posts over all sites.
    fn total(&self, field: Field) -> (usize, usize) {
        let counts = self
            .rows
            .iter()
            .filter_map(|(_, counts)| counts.get(&field));
        counts.fold((0, 0), |sum, count| (sum.0 + count.0, sum.1 + count.1))
    }

    #[expect(clippy::print_stdout, reason = "the table is what this test is for")]
    pub(super) fn print(&self) {
        println!("\n{:?}", self.reading);
        print!("{:<18}", "");
        Field::ALL
            .iter()
            .for_each(|field| print!("{:>13}", format!("{field:?}")));
        println!();
        for (name, counts) in &self.rows {
            print!("{name:<18}");
            for field in Field::ALL {
                let cell = counts
                    .get(&field)
                    .map(|(agreed, all)| format!("{agreed}/{all}"));
                print!("{:>13}", cell.unwrap_or_default());
            }
            println!();
        }
        print!("{:<18}", "all");
        for field in Field::ALL {
            let (agreed, all) = self.total(field);
            print!("{:>13}", format!("{agreed}/{all}"));
        }
        println!();
        if std::env::var_os("AGREEMENT").is_some() {
            self.disagreements
                .iter()
                .for_each(|line| println!("  {line}"));
        }
        self.wrong
            .iter()
            .for_each(|line| println!("  wrong: {line}"));
    }

    #[track_caller]
    pub(super) fn must_reach(&self, floors: &[(Field, usize)]) {
        assert!(self.wrong.is_empty(), "{:#?}", self.wrong);
        for (field, floor) in floors {
            let (agreed, all) = self.total(*field);
            assert!(all > 0, "{field:?} was never compared");
            assert!(
                agreed * 100 >= all * floor,
                "{field:?}: {agreed} of {all} agree, {floor} % must:\n{:#?}",
                self.disagreements
                    .iter()
                    .filter(|line| line.contains(&format!("{field:?}")))
                    .collect::<Vec<_>>()
            );
        }
    }
}

/// Returns the mistake in the page that was matched to a Markdown file, if there is one.
fn page_mismatch(truth: &Truth, item: &Value) -> Option<String> {
    match truth.text("html") {
        None => would_be_sent(item).then(|| "was not built and would be sent".to_owned()),
        Some(_) if !item["hold"].is_null() => Some(format!("is held: {}", item["hold"])),
        Some(html) if !is_at(item["page"].as_str(), html) => {
            Some(format!("is joined with {} instead of {html}", item["page"]))
        }
        Some(_) => None,
    }
}
