//! The conformance kit: checks that a plugin follows the protocol, for its author. It speaks to the plugin as the host
//! does, confined to what the plugin asks for, and sends what careless plugins do not expect.

mod driver;
mod items;
mod posts;

use plugin_protocol::{
    Manifest, PluginKind, ScanOk, SourceItem, TransformOk, WRITABLE_FIELDS, check_protocol,
};
use serde_json::{Map, Value, json};

use self::driver::{Driver, Replies};
use super::answer_fields::read_fields;
use super::confinement::wanted_paths;
use super::options_check::check_options;
use super::plugin_host::{PluginStarter, ProgramSpec, fault_of};
use super::source::format_counts;

/// A check with its result: a remark if it passed, the reason if it failed.
pub(crate) struct ConformanceCheck {
    pub(crate) name: &'static str,
    pub(crate) result: Result<String, String>,
}

/// The results for one plugin.
#[derive(Default)]
pub(crate) struct Conformance {
    /// The plugin's description of itself, if it gave one.
    pub(crate) manifest: Option<Manifest>,
    pub(crate) checks: Vec<ConformanceCheck>,
}

impl Conformance {
    /// Returns `true` if no check failed.
    pub(crate) fn is_good(&self) -> bool {
        self.checks.iter().all(|check| check.result.is_ok())
    }

    /// Adds the result of a check. Returns its value.
    fn add<T>(
        &mut self,
        name: &'static str,
        result: Result<T, String>,
        remark: impl FnOnce(&T) -> String,
    ) -> Option<T> {
        let (result, value) = match result {
            Ok(value) => (Ok(remark(&value)), Some(value)),
            Err(error) => (Err(error), None),
        };
        self.checks.push(ConformanceCheck { name, result });
        value
    }
}

/// A plugin under test.
pub(super) struct Subject {
    starter: PluginStarter,
    spec: ProgramSpec,
    options: Map<String, Value>,
    /// Variables whose values must not be in answers, and these values.
    secrets: Vec<(String, String)>,
}

impl Subject {
    pub(super) fn new(
        starter: PluginStarter,
        spec: ProgramSpec,
        options: Map<String, Value>,
    ) -> Self {
        Self {
            starter,
            spec,
            options,
            secrets: Vec::new(),
        }
    }

    /// Makes all checks. A check that others need ends them if it fails.
    pub(super) fn check(mut self) -> Conformance {
        let mut results = Conformance::default();
        let hello = self.start().and_then(|(_, hello)| read_hello(hello));
        let describe = |manifest: &Manifest| {
            let Manifest { name, version, .. } = manifest;
            format!("{} {name} {version}", manifest.kind.as_str())
        };
        let Some(manifest) = results.add("handshake", hello, describe) else {
            return results;
        };
        results.manifest = Some(manifest.clone());
        let valid = self.check_options(&manifest);
        if results.add("options", valid, |()| String::new()).is_none() {
            return results;
        }
        self.grant(&manifest);
        let answers = self.converse(&manifest, false);
        let Some(first) = results.add("answers", answers, Replies::describe) else {
            return results;
        };
        let again =
            self.converse(&manifest, true)
                .and_then(|again| match first.differs_from(&again) {
                    Some(difference) => Err(difference),
                    None => Ok(()),
                });
        results.add("same answers in another process and order", again, |()| {
            String::new()
        });
        results.add(
            "unknown requests and fields",
            self.survives_unknown(&manifest),
            |()| String::new(),
        );
        results.add("end of input", self.ends(), |()| String::new());
        let secrets = first.find(&self.secrets).map_or(Ok(()), |name| {
            Err(format!("an answer contains the value of `{name}`"))
        });
        results.add("secrets", secrets, |()| String::new());
        results
    }

    /// Starts a process. Returns it with the value of its `hello`.
    fn start(&self) -> Result<(Driver, Value), String> {
        Driver::start(&self.starter, &self.spec)
    }

    /// Starts a process and passes the options.
    fn open(&self) -> Result<Driver, String> {
        let (mut driver, _) = self.start()?;
        let opened = driver.ask(&json!({
            "do": "open", "name": "test", "options": self.options,
            "root": self.spec.root.display().to_string(), "unknown_field": {"a": [1]},
        }))?;
        read_fields::<plugin_protocol::OpenOk>(opened.ok()?)
            .map_err(|error| format!("the answer to `open`: {error}"))?;
        Ok(driver)
    }

    fn check_options(&self, manifest: &Manifest) -> Result<(), String> {
        let options = Value::Object(self.options.clone());
        let faults = check_options(manifest.options.as_ref(), &options, &[]);
        let messages: Vec<String> = faults.iter().map(ToString::to_string).collect();
        match messages.is_empty() {
            true => Ok(()),
            false => Err(format!(
                "{}; pass them with `--options`",
                messages.join("; ")
            )),
        }
    }

    /// Grants what the plugin asks for, so that a plugin that needs more fails here.
    fn grant(&mut self, manifest: &Manifest) {
        let root = self.spec.root.clone();
        let wants = &manifest.wants;
        let below = |paths: &[String]| {
            let paths = wanted_paths(paths, &self.options);
            paths.map(|path| root.join(path)).collect::<Vec<_>>()
        };
        let (read, write) = (below(&wants.read), below(&wants.write));
        self.spec.permissions.read.extend(read);
        self.spec.permissions.write.extend(write);
        self.spec.permissions.network = wants.network;
        self.spec.env.clone_from(&wants.env);
        self.secrets = self.starter.values_of(&wants.env);
    }

    /// Asks for all that a host asks for, in reverse order if `is_reversed`.
    fn converse(&self, manifest: &Manifest, is_reversed: bool) -> Result<Replies, String> {
        let mut driver = self.open()?;
        match manifest.kind {
            PluginKind::Source => scan(&mut driver),
            PluginKind::Transform => {
                let mut items = items::of(&manifest.needs);
                if is_reversed {
                    items.reverse();
                }
                transform(&mut driver, &items)
            }
            PluginKind::Sink => posts::compose(&mut driver, manifest, is_reversed),
        }
    }

    /// Sends a request that no version has. The plugin may refuse it, but must not end.
    fn survives_unknown(&self, manifest: &Manifest) -> Result<(), String> {
        let mut driver = self.open()?;
        driver.send(&json!({"do": "no_such_request", "unknown_field": 1}));
        match manifest.kind {
            PluginKind::Source => scan(&mut driver).map(drop),
            PluginKind::Transform => transform(&mut driver, &items::of(&manifest.needs)).map(drop),
            PluginKind::Sink => posts::compose(&mut driver, manifest, false).map(drop),
        }
        .map_err(|error| format!("after an unknown request: {error}"))
    }

    fn ends(&self) -> Result<(), String> {
        let ends = self.open()?.ends_with_input();
        let error = || "the process does not end when its standard input is closed".to_owned();
        ends.then_some(()).ok_or_else(error)
    }
}

fn read_hello(hello: Value) -> Result<Manifest, String> {
    check_protocol(&hello).map_err(|error| error.to_string())?;
    let manifest: Manifest = read_fields(hello)?;
    match fault_of(&manifest) {
        Some(message) => Err(message),
        None => Ok(manifest),
    }
}

fn scan(driver: &mut Driver) -> Result<Replies, String> {
    let replies = driver.ask(&json!({"do": "scan"}))?;
    let (items, faults) = (replies.items.len(), replies.faults.len());
    for item in &replies.items {
        let read: SourceItem =
            read_fields(item.clone()).map_err(|error| format!("{item}: {error}"))?;
        if read.url.is_none() && read.path.is_none() && read.id.is_none() {
            return Err(format!("{item} has no `url`, `path` or `id`"));
        }
    }
    let end: ScanOk = read_fields(replies.clone().ok()?)?;
    if (end.items, end.faults) != (items as u64, faults as u64) {
        return Err(format!(
            "the scan has {}, but ends with the numbers {} and {}",
            format_counts(items as u64, faults as u64),
            end.items,
            end.faults
        ));
    }
    Ok(replies)
}

/// Sends all items at once, as the host does.
fn transform(driver: &mut Driver, items: &[Value]) -> Result<Replies, String> {
    let ids: Vec<u64> = items
        .iter()
        .map(|item| driver.send(&json!({"do": "transform", "item": item})))
        .collect();
    let mut all = Replies::default();
    for (id, item) in ids.into_iter().zip(items) {
        let replies = driver.replies_to(id)?;
        let name = item["id"].as_str().unwrap_or_default();
        if let Some(ok) = &replies.end {
            let ok: TransformOk = read_fields(ok.clone())?;
            let patched = ok.patch.unwrap_or_default();
            let mut fields = patched.keys().map(String::as_str);
            if let Some(field) = fields.find(|field| !WRITABLE_FIELDS.contains(field)) {
                return Err(format!(
                    "the patch of `{name}` changes `{field}`, which it may not"
                ));
            }
        }
        all.add(name, replies);
    }
    Ok(all)
}
