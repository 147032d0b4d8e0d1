//! Reads a component whose type is not built in: a plugin that is another program. Its options are checked against the
//! schema that the program sends, so the program is started here, unless the command needs no items.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use plugin_protocol::Manifest;
use schemars::Schema;
use serde_json::{Map, Value};
use syndicate_api::{
    BuildSink, BuildSource, BuildTransform, Diagnostic, Name, Secret, interpolate, load_options,
    options_schema,
};

use super::component::{Component, Program};
use super::context::PluginUse;
use super::environment::expand;
use super::fault::{invalid, known};
use super::program_grants::Grant;
use super::program_options::{
    COMMAND_KEY, CommandLine, EXEC, PROGRAM_KEYS, ProgramOptions, SINK_KEYS,
};
use super::reader::ConfigReader;
use super::row::RegistryRow;
use super::spans::OptionSpans;
use super::split::ComponentSplit;
use super::tree::{ConfigNode, NodeKind, TreeEntry};
use super::unknown_type::unknown_type;
use crate::host::{
    ConfiguredPlugin, ConfiguredSink, FailedPlugin, LocateError, PluginComponent, PluginKind,
    PooledPlugin, ProgramName, ProgramSpec, SinkKeys, UnstartedPlugin, check_options, find_program,
};

/// A kind of component that another program can be.
pub(super) trait ProgramKind: RegistryRow {
    const KIND: PluginKind;

    /// Returns the options of a component that is started. `keys` are those of sinks.
    ///
    /// # Errors
    /// If `keys` do not fit what the plugin declares.
    fn started(
        component: Arc<PluginComponent>,
        keys: SinkKeys,
    ) -> Result<Box<Self::Options>, Diagnostic>;
    /// Returns the options of a component that could not be started.
    fn failed(plugin: FailedPlugin) -> Box<Self::Options>;
    /// Returns the options of a component that is not started.
    fn unstarted(plugin: UnstartedPlugin) -> Box<Self::Options>;
}

macro_rules! program_kind {
    ($plugin:ident, $build:ident, $kind:ident, $started:expr) => {
        impl ProgramKind for syndicate_api::$plugin {
            const KIND: PluginKind = PluginKind::$kind;

            fn started(
                component: Arc<PluginComponent>,
                keys: SinkKeys,
            ) -> Result<Box<dyn $build>, Diagnostic> {
                let start: fn(_, _) -> Result<_, Diagnostic> = $started;
                Ok(Box::new(start(component, keys)?))
            }

            fn failed(plugin: FailedPlugin) -> Box<dyn $build> {
                Box::new(plugin)
            }

            fn unstarted(plugin: UnstartedPlugin) -> Box<dyn $build> {
                Box::new(plugin)
            }
        }
    };
}

program_kind!(SourcePlugin, BuildSource, Source, |component, _| Ok(
    ConfiguredPlugin(component)
));
program_kind!(
    TransformPlugin,
    BuildTransform,
    Transform,
    |component, _| { Ok(ConfiguredPlugin(component)) }
);
program_kind!(SinkPlugin, BuildSink, Sink, ConfiguredSink::new);

impl ConfigReader<'_> {
    /// Reads a component whose type is none of `rows`.
    pub(super) fn program<R: ProgramKind>(
        &mut self,
        rows: &'static [R],
        entry: &TreeEntry,
        mut parts: ComponentSplit,
    ) -> Option<Component<R::Options>> {
        let own = take_own_options::<R>(&mut parts);
        let options = self.own_options(own, entry)?;
        let grant = options.grant.clone();
        let keys = SinkKeys {
            endpoint: options.endpoint.clone(),
            profile: options.profile.clone(),
            hosts: options.grant.hosts.clone(),
            ..SinkKeys::default()
        };
        let spec = self.locate(rows, &parts, options)?;
        let PluginUse::Start(host) = self.context.plugins else {
            return Some(Component {
                name: entry.key.clone(),
                kind: parts.kind.into(),
                options: R::unstarted(UnstartedPlugin),
                program: None,
                spans: OptionSpans::new(entry.span, parts.rest),
            });
        };
        let started = host
            .start(spec.clone())
            .map_err(|failure| failure.to_diagnostic());
        match started.and_then(|started| check_kind::<R>(started)) {
            Ok(started) => {
                host.describe(&entry.key, &parts.kind, started.manifest());
                self.started::<R>(started, (&grant, keys), entry, parts)
            }
            Err(fault) => Some(self.failed::<R>(spec, fault, entry, parts)),
        }
    }

    /// Returns the component of a plugin that could not be started.
    fn failed<R: ProgramKind>(
        &self,
        spec: ProgramSpec,
        fault: Diagnostic,
        entry: &TreeEntry,
        parts: ComponentSplit,
    ) -> Component<R::Options> {
        // Paths of faults are relative to the folder of pipeline.yaml.
        let file = Path::new(&self.file).file_name().unwrap_or_default();
        let name = file.to_string_lossy();
        let failed = FailedPlugin {
            name: entry.key.clone(),
            kind: R::KIND,
            spec,
            fault: fault.in_file(name).at(known(parts.kind_span)),
        };
        Component {
            name: entry.key.clone(),
            kind: parts.kind.into(),
            options: R::failed(failed.clone()),
            program: Some(Program::Failed(Box::new(failed))),
            spans: OptionSpans::new(entry.span, parts.rest),
        }
    }

    /// Reads the options that the host uses.
    fn own_options(&mut self, mut node: ConfigNode, entry: &TreeEntry) -> Option<ProgramOptions> {
        let schema = options_schema::<ProgramOptions>;
        expand(&mut node, schema, self.context.env, self.faults);
        let options = load_options::<ProgramOptions>(&node.to_value()).and_then(|options| {
            let mut faults = options.faults();
            if matches!(self.context.plugins, PluginUse::Start(_)) {
                faults.extend(options.grant.missing_paths(&self.root()));
            }
            match faults.is_empty() {
                true => Ok(options),
                false => Err(faults),
            }
        });
        options
            .map_err(|faults| self.report(&node, entry.span, faults))
            .ok()
    }

    /// Returns the absolute path of the folder of pipeline.yaml.
    fn root(&self) -> PathBuf {
        std::path::absolute(&self.base).unwrap_or_else(|_| self.base.clone())
    }

    /// Finds the program of a component.
    fn locate<R: ProgramKind>(
        &mut self,
        rows: &'static [R],
        parts: &ComponentSplit,
        options: ProgramOptions,
    ) -> Option<ProgramSpec> {
        let (kind, span) = (&parts.kind, parts.kind_span);
        let timeout = options.timeout();
        let ProgramOptions {
            command: CommandLine(command),
            grant,
            ..
        } = options;
        let path = self.context.env.get("PATH");
        let (name, arguments) = match command.split_first() {
            _ if kind != EXEC => (ProgramName::Type(kind), &[][..]),
            Some((word, arguments)) => (ProgramName::Command(word), arguments),
            None => {
                let fault = invalid(span, "missing key `command`");
                let hint = "add `command:` with the program and its arguments";
                self.faults.push(fault.with_hint(hint));
                return None;
            }
        };
        let base = self.root();
        let fault = match find_program(name, &base, path.as_deref()) {
            Ok(file) => {
                let shown = match name {
                    ProgramName::Type(name) => name.to_owned(),
                    ProgramName::Command(_) => command.join(" "),
                };
                return Some(ProgramSpec {
                    file,
                    arguments: arguments.to_vec(),
                    shown,
                    permissions: grant.permissions(&base),
                    root: base,
                    timeout,
                    env: grant.env,
                });
            }
            Err(LocateError::NotFound) => match name {
                ProgramName::Command(word) => {
                    let message = format!("the program `{word}` was not found");
                    let hint = "write its path relative to pipeline.yaml, such as `./plugin.py`";
                    invalid(span, message).with_hint(hint)
                }
                ProgramName::Type(kind) => {
                    unknown_type(rows, kind, &base, path.as_deref()).at(span)
                }
            },
            Err(LocateError::NotExecutable(file)) => {
                let message = format!("the plugin `{file}` is not executable");
                invalid(span, message).with_hint(format!("run `chmod +x {file}`"))
            }
        };
        self.faults.push(fault);
        None
    }

    /// Checks the options of a plugin that was started.
    fn started<R: ProgramKind>(
        &mut self,
        started: PooledPlugin<'_>,
        (grant, mut keys): (&Grant, SinkKeys),
        entry: &TreeEntry,
        parts: ComponentSplit,
    ) -> Option<Component<R::Options>> {
        let mut node = parts.rest;
        let before = self.faults.len();
        for name in started.manifest().wants.secrets.keys() {
            match take_secret(&mut node, name) {
                Ok(secret) => drop(keys.secrets.insert(name.clone(), secret)),
                Err(fault) => self.faults.push(fault.at(known(entry.span))),
            }
        }
        self.check_granted(&node, &grant.env);
        let schema = started.manifest().options.clone().unwrap_or_default();
        let schema = Schema::try_from(schema).unwrap_or_default();
        expand(&mut node, || schema, self.context.env, self.faults);
        if self.faults.len() > before {
            return None;
        }
        let options = node.to_value();
        let faults = check_options(started.manifest().options.as_ref(), &options, PROGRAM_KEYS);
        if !faults.is_empty() {
            self.report(&node, entry.span, faults);
            return None;
        }
        let options = match options {
            Value::Object(options) => options,
            _ => Map::new(),
        };
        let Manifest { name, wants, .. } = started.manifest();
        if let Some(fault) = grant.check_wants(name, wants, &options, &self.root()) {
            self.faults.push(fault.at(known(parts.kind_span)));
            return None;
        }
        let component = started.configure(&entry.key, options);
        let options = R::started(Arc::clone(&component), keys);
        let options = options.map_err(|fault| self.faults.push(fault.at(known(entry.span))));
        Some(Component {
            name: entry.key.clone(),
            kind: Name::from(parts.kind),
            options: options.ok()?,
            program: Some(Program::Started(component)),
            spans: OptionSpans::new(entry.span, node),
        })
    }

    /// Reports variables in options of a plugin that it is not granted.
    fn check_granted(&mut self, node: &ConfigNode, granted: &[String]) {
        match &node.kind {
            NodeKind::Map(entries) => {
                for entry in entries {
                    self.check_granted(&entry.node, granted);
                }
            }
            NodeKind::List(nodes) => {
                for node in nodes {
                    self.check_granted(node, granted);
                }
            }
            NodeKind::Scalar(Value::String(text)) => {
                let refused = refused_variable(text, granted);
                self.faults.extend(refused.map(|name| {
                    let message = format!("the plugin is not granted the variable `{name}`");
                    let hint = format!("add `grant: {{env: [{name}]}}` if it may know the value");
                    invalid(node.span, message).with_hint(hint)
                }));
            }
            NodeKind::Scalar(_) => {}
        }
    }
}

/// Removes the secret `name` from the options.
///
/// # Errors
/// If it is missing or not a text.
fn take_secret(node: &mut ConfigNode, name: &str) -> Result<Secret, Diagnostic> {
    let NodeKind::Map(entries) = &mut node.kind else {
        return Err(Diagnostic::option(&[], format!("missing key `{name}`")));
    };
    let Some(at) = entries.iter().position(|entry| entry.key == name) else {
        let hint = format!("add `{name}: ${{NAME}}` with the name of the variable that has it");
        return Err(Diagnostic::option(&[], format!("missing key `{name}`")).with_hint(hint));
    };
    match entries.remove(at).node.kind {
        NodeKind::Scalar(Value::String(expression)) => Ok(Secret::new(expression)),
        _ => Err(Diagnostic::option(&[], format!("`{name}` must be text"))),
    }
}

/// Removes the keys that the host uses from the options.
fn take_own_options<R: ProgramKind>(parts: &mut ComponentSplit) -> ConfigNode {
    let (is_exec, is_sink) = (parts.kind == EXEC, R::KIND == PluginKind::Sink);
    let is_own = |key: &str| {
        PROGRAM_KEYS.contains(&key)
            || is_exec && key == COMMAND_KEY
            || is_sink && SINK_KEYS.contains(&key)
    };
    let mut own = Vec::new();
    if let NodeKind::Map(entries) = &mut parts.rest.kind {
        let all = std::mem::take(entries);
        let (taken, rest) = all.into_iter().partition(|entry| is_own(&entry.key));
        own = taken;
        *entries = rest;
    }
    ConfigNode {
        span: parts.rest.span,
        kind: NodeKind::Map(own),
    }
}

/// Returns the first variable of `text` that is not granted.
fn refused_variable(text: &str, granted: &[String]) -> Option<String> {
    let refused = std::cell::RefCell::new(None);
    let lookup = |name: &str| {
        if !granted.iter().any(|granted| granted == name) {
            refused.borrow_mut().get_or_insert_with(|| name.to_owned());
        }
        Some("value".to_owned())
    };
    // Each variable has a value here, so that all of them are looked up.
    drop(interpolate(text, &lookup));
    refused.into_inner()
}

fn check_kind<R: ProgramKind>(started: PooledPlugin<'_>) -> Result<PooledPlugin<'_>, Diagnostic> {
    let (kind, wanted) = (started.manifest().kind, R::KIND);
    if kind == wanted {
        return Ok(started);
    }
    let name = &started.manifest().name;
    let message = format!(
        "plugin `{name}` is a {}, not a {}",
        kind.as_str(),
        wanted.as_str()
    );
    let hint = format!("move it to the section `{}s`", kind.as_str());
    Err(Diagnostic::option(&[], message).with_hint(hint))
}
