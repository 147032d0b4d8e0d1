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

/// The sink to sign in for: of those of this name or type in pipeline.yaml the one of the profile, or,
/// where there is none, one of the type's own defaults.
fn sink(
    world: &World,
    global: &Global,
    name: &str,
    profile: Option<&str>,
) -> Result<Box<dyn Sink>, Failure> {
    let mut alike = Vec::new();
    if global.pipeline().exists() {
        let pipeline = world.pipeline(global, None)?;
        let is = |sink: &&SinkComponent| sink.name == name || sink.kind == name;
        for component in pipeline.sinks.iter().filter(is) {
            let place = Place {
                name: component.name.clone(),
                base: pipeline.base.clone(),
            };
            alike.push((component.name.clone(), component.options.build(&place)?));
        }
    }
    if alike.is_empty() {
        let plugin = BUILT_IN.sinks.iter().find(|plugin| plugin.name == name);
        return with_defaults(plugin.ok_or_else(|| unknown(name))?);
    }
    let index = chosen(&alike, name, profile).ok_or_else(|| {
        let names: Vec<&str> = alike.iter().map(|(name, _)| name.as_str()).collect();
        let message = format!("pipeline.yaml has several sinks of type `{name}`");
        let hint = format!("name one: `{}`", names.join("`, `"));
        Failure::Usage(Hinted::new(message, hint))
    })?;
    Ok(alike.swap_remove(index).1)
}

/// Which of `sinks` is meant, where that is clear.
fn chosen(sinks: &[(String, Box<dyn Sink>)], name: &str, profile: Option<&str>) -> Option<usize> {
    let of_profile = |wanted: &str| {
        sinks.iter().position(|(_, sink)| {
            let sign_in = sink.sign_in();
            sign_in.is_some_and(|sign_in| sign_in.provider().profile == wanted)
        })
    };
    profile
        .and_then(of_profile)
        .or_else(|| sinks.iter().position(|(own, _)| own == name))
        .or_else(|| of_profile("default"))
        .or((sinks.len() == 1).then_some(0))
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
