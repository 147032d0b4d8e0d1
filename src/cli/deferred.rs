//! Defines the options of a command only if that command is called or described. Defining all of them takes longer than a
//! run with nothing to do.

use std::cell::Cell;
use std::ops::Deref;

use clap::builder::Resettable;
use clap::{ArgMatches, Args, Command, FromArgMatches};

thread_local! {
    static DEFINES_ALL: Cell<bool> = const { Cell::new(false) };
}

/// Returns the command line that `define` returns, with the options of all commands, for completions and man pages.
pub(super) fn define_all(define: impl FnOnce() -> Command) -> Command {
    DEFINES_ALL.set(true);
    let command = define();
    DEFINES_ALL.set(false);
    command
}

/// Options that are defined when their command is called.
#[derive(Debug)]
pub(super) struct Deferred<A>(A);

impl<A> Deref for Deferred<A> {
    type Target = A;

    fn deref(&self) -> &A {
        &self.0
    }
}

impl<A: FromArgMatches> FromArgMatches for Deferred<A> {
    fn from_arg_matches(matches: &ArgMatches) -> clap::error::Result<Self> {
        A::from_arg_matches(matches).map(Self)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> clap::error::Result<()> {
        self.0.update_from_arg_matches(matches)
    }
}

impl<A: Args> Args for Deferred<A> {
    fn augment_args(command: Command) -> Command {
        match DEFINES_ALL.get() {
            true => A::augment_args(command),
            false => command.defer(define::<A>),
        }
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

/// Defines the options of a command, and keeps its description: that of the options is another one.
fn define<A: Args>(command: Command) -> Command {
    let about = Resettable::from(command.get_about().cloned());
    let long_about = Resettable::from(command.get_long_about().cloned());
    A::augment_args(command).about(about).long_about(long_about)
}
