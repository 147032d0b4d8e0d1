//! `syndicate auth`: signing in, who is signed in, and signing out. The flow is in
//! [`auth`](crate::auth); here are its flags, its questions and its words.

mod app;
mod browser;
mod login;
mod logout;
mod person;
mod status;

use clap::{Args, Subcommand};
use syndicate_api::{Place, Sink, SinkPlugin};

use super::world::World;
use super::{Exit, Failure, Global, Hinted};
use crate::config::SinkComponent;
use crate::registry::BUILT_IN;

/// Options of `auth`.
#[derive(Args, Debug)]
pub(super) struct Options {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Sign in with the browser, and keep the token
    Login(login::Options),
    /// Show who is signed in, for what and until when
    Status(status::Options),
    /// Give the token back, and forget it
    Logout(logout::Options),
}

/// Which sign-in is meant.
#[derive(Args, Debug)]
struct Which {
    /// The platform, or a sink of pipeline.yaml
    #[arg(value_name = "PLATFORM|SINK")]
    name: String,
    /// The name that the token is kept under; the sink's `profile` by default
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
}

pub(super) async fn run(global: &Global, options: &Options) -> Result<Exit, Failure> {
    match &options.verb {
        Verb::Login(options) => login::run(global, options).await,
        Verb::Status(options) => status::run(global, options).await,
        Verb::Logout(options) => logout::run(global, options).await,
    }
}

/// The sink to sign in for: the one of this name or type in pipeline.yaml, or, where there is none,
/// one of the type's own defaults.
fn sink(world: &World, global: &Global, name: &str) -> Result<Box<dyn Sink>, Failure> {
    if global.pipeline().exists() {
        let pipeline = world.pipeline(global, None)?;
        if let Some(component) = chosen(&pipeline.sinks, name)? {
            let place = Place {
                name: component.name.clone(),
                base: pipeline.base.clone(),
            };
            return Ok(component.options.build(&place)?);
        }
    }
    let plugin = BUILT_IN.sinks.iter().find(|plugin| plugin.name == name);
    let plugin = plugin.ok_or_else(|| unknown(name))?;
    with_defaults(plugin)
}

fn with_defaults(plugin: &SinkPlugin) -> Result<Box<dyn Sink>, Failure> {
    let place = Place {
        name: plugin.name.to_owned(),
        base: ".".into(),
    };
    let options = (plugin.load)(&serde_json::json!({})).map_err(|_| {
        let message = format!("a sink of type `{}` needs options", plugin.name);
        let hint = "write it into pipeline.yaml first, and name it";
        Failure::Usage(Hinted::new(message, hint))
    })?;
    Ok(options.build(&place)?)
}

fn chosen<'c>(
    sinks: &'c [SinkComponent],
    name: &str,
) -> Result<Option<&'c SinkComponent>, Failure> {
    if let Some(named) = sinks.iter().find(|sink| sink.name == name) {
        return Ok(Some(named));
    }
    let mut alike = sinks.iter().filter(|sink| sink.kind == name);
    match (alike.next(), alike.next()) {
        (only, None) => Ok(only),
        _ => {
            let names: Vec<&str> = sinks
                .iter()
                .filter(|sink| sink.kind == name)
                .map(|sink| sink.name.as_str())
                .collect();
            let message = format!("pipeline.yaml has several sinks of type `{name}`");
            let hint = format!("name one: `{}`", names.join("`, `"));
            Err(Failure::Usage(Hinted::new(message, hint)))
        }
    }
}

fn unknown(name: &str) -> Failure {
    let message = format!("there is no platform or sink `{name}`");
    Failure::Usage(Hinted::new(message, "for example `linkedin`"))
}

/// The failure of signing in where no signing in is needed.
fn no_sign_in(name: &str) -> Failure {
    let message = format!("nobody signs in at `{name}`");
    let hint = "its sinks need no token, or take one from their options";
    Failure::Usage(Hinted::new(message, hint))
}
