//! End-to-end tests: the real program, real files, and a LinkedIn sandbox on loopback. One binary, one
//! module for each subject. No test connects to a real host.

#![expect(
    clippy::unwrap_used,
    reason = "what is unwrapped in a test is what the test expects"
)]

mod adopt;
mod architecture;
mod auth;
mod bad_input;
mod bluesky;
mod build;
mod cards;
#[cfg(target_os = "linux")]
mod certificates;
mod changes;
mod ci_branches;
mod ci_output;
mod clocks;
mod completions;
mod config;
mod conflict_copies;
mod copies;
#[cfg(unix)]
mod corpora;
mod crash;
mod devto;
mod diagnostics;
#[cfg(target_os = "linux")]
mod disk;
mod documents;
mod feed;
mod five_sinks;
mod gateway;
#[cfg(unix)]
mod git_race;
mod guards;
#[cfg(unix)]
mod guide;
#[cfg(unix)]
mod guides;
mod help;
mod identity;
mod init;
mod items;
mod journal;
mod kinds;
mod ledger;
mod ledger_file;
mod ledger_verbs;
mod linkedin;
mod logs;
mod man_pages;
mod mastodon;
mod merged;
mod opt_outs;
mod options_page;
mod page_check;
mod page_rules;
mod pictures;
mod platform_cards;
mod plugin_tutorial;
#[cfg(unix)]
mod plugins;
mod policy;
#[cfg(target_os = "linux")]
mod postgres;
mod preview;
mod preview_agrees;
mod preview_browser;
mod preview_looked;
mod preview_orders;
mod preview_page;
mod preview_shared;
mod preview_values;
mod project_files;
mod proxy;
mod reconcile;
mod rehearse;
#[cfg(target_os = "linux")]
mod release;
mod same_post;
mod sandbox;
mod sandbox_clients;
#[cfg(unix)]
mod scenarios;
mod secrets;
mod servers;
#[cfg(unix)]
mod signals;
#[cfg(unix)]
mod sites;
mod support;
mod teams;
mod terminal;
mod transforms;
mod unchanged;
mod unknown;
mod unknown_names;
#[cfg(unix)]
mod watch;
mod webhook;
#[cfg(unix)]
mod webhook_signatures;
mod workflow;

#[test]
fn every_test_file_is_included() {
    let own = include_str!("main.rs");
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it");
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let module = name.trim_end_matches(".rs");
        assert!(
            module == "main" || own.contains(&format!("mod {module};")),
            "`{name}` is in no module list"
        );
    }
}
