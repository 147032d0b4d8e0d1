//! The man pages for packagers match the help of the program.
//! `UPDATE_EXPECTED=1 cargo test` writes them.

use std::path::Path;

use clap::Command;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};

use crate::documents::{assert_current, file_names};

/// Returns the file name and the text of the page of `command`.
fn page(command: &Command) -> (String, String) {
    // Clap's usage line is shorter than the list of all flags that the page would have.
    let usage = command.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ").to_owned();
    let man = Man::new(command.clone().override_usage(usage));
    // The date is empty, so that a page changes only with its command.
    let title = format!(
        ".TH {} 1 \"\" \"syndicate {}\" \"User Commands\"\n",
        command.get_display_name().unwrap_or(command.get_name()),
        env!("CARGO_PKG_VERSION")
    );
    let mut page = title.into_bytes();
    man.render_name_section(&mut page).unwrap();
    man.render_synopsis_section(&mut page).unwrap();
    man.render_description_section(&mut page).unwrap();
    man.render_options_section(&mut page).unwrap();
    if command.has_subcommands() {
        man.render_subcommands_section(&mut page).unwrap();
    }
    if let Some(notes) = command.get_after_help() {
        render_notes(&notes.to_string())
            .to_writer(&mut page)
            .unwrap();
    }
    (man.get_filename(), String::from_utf8(page).unwrap())
}

/// Returns the text below the options. Paragraphs are filled; indented lines are preformatted and stay
/// unchanged.
fn render_notes(text: &str) -> Roff {
    let mut notes = Roff::default();
    notes.control("SH", ["NOTES"]);
    let mut is_by_hand = false;
    for line in text.lines() {
        let starts_by_hand = line.starts_with("  ");
        if starts_by_hand != is_by_hand {
            if starts_by_hand {
                notes.control("RS", ["4"]).control("nf", []);
            } else {
                notes.control("fi", []).control("RE", []);
            }
            is_by_hand = starts_by_hand;
        }
        match line.strip_prefix("  ").unwrap_or(line) {
            "" => notes.control("PP", []),
            line => notes.text([roman(line)]),
        };
    }
    if is_by_hand {
        notes.control("fi", []).control("RE", []);
    }
    notes
}

/// Returns the pages of `command` and of all commands in it.
fn pages(command: &Command) -> Vec<(String, String)> {
    let commands = command
        .get_subcommands()
        .filter(|command| !command.is_hide_set());
    let mut pages: Vec<_> = commands.flat_map(pages).collect();
    pages.push(page(command));
    pages
}

#[test]
fn man_pages_are_current() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/man");
    let mut command = syndicate::command().disable_help_subcommand(true);
    command.build();
    let mut pages = pages(&command);
    pages.sort();
    for (name, text) in &pages {
        assert_current(&folder.join(name), text);
    }
    let names: Vec<&str> = pages.iter().map(|(name, _)| name.as_str()).collect();
    assert!(names.contains(&"syndicate-auth-login.1"), "{names:?}");
    assert_eq!(file_names(&folder), names);
}

#[test]
fn notes_keep_indented_lines() {
    let notes = render_notes("It sends\nposts.\n\n  a  1\n  .b 2\n\nThe end.").to_roff();
    let expected =
        ".SH NOTES\nIt sends\nposts.\n.PP\n.RS 4\n.nf\na  1\n\\&.b 2\n.fi\n.RE\n.PP\nThe end.\n";
    assert_eq!(notes, expected);
}
