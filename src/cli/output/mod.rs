//! Output shared by several commands, by subject.

mod browser;
mod ci_report;
mod delivery;
mod diagnostic;
mod format;
mod json;
mod ledger;
mod plan;
mod plan_reporter;
mod print;
mod sandbox_post;
mod status_line;
mod unrecorded;
mod warning;

pub(super) use self::browser::open_browser;
pub(super) use self::ci_report::CiReport;
pub(super) use self::delivery::{format_delivery, format_idle, print_idle};
pub(super) use self::diagnostic::{diagnostics_json, format_diagnostic, format_diagnostics};
pub(super) use self::format::{FormatOptions, OutputFormat};
pub(super) use self::ledger::{format_claimed, lock_ledger};
pub(super) use self::plan::{eprint_instructions, eprint_remarks, suggest_post};
pub(super) use self::plan_reporter::PlanReporter;
pub(super) use self::print::{
    eprint_lines, eprint_status, eprint_warning, is_status_terminal, output_error, print_card,
    print_json, print_json_lines, print_lines, print_result, terminal_line, terminal_width,
};
pub(super) use self::sandbox_post::draw_sandbox_post;
pub(super) use self::status_line::{eprint_log, set_status_line};
pub(super) use self::unrecorded::format_unrecorded;
pub(super) use self::warning::warn_upcoming;
