//! The endpoint, hosts and credentials of a sink: what its `hello` declares, filled with the user's options.

use std::collections::BTreeMap;

use plugin_protocol::{ARTICLE_FORMS, AuthKind, AuthRule, Manifest};
use serde_json::{Map, Value};
use syndicate_api::{
    Code, Context, Diagnostic, Endpoint, ExposeSecret as _, PlainHttp, PublishError,
    PublishErrorKind, Secret, SecretString,
};
use url::Url;

use super::hosts::{HostPattern, HostReader, expand, host_of};
use super::login_rule::{LoginRule, check_login};

/// The keys of a sink in pipeline.yaml that the host uses.
#[derive(Clone, Debug, Default)]
pub(crate) struct SinkKeys {
    /// The base URL that replaces the one of the plugin.
    pub(crate) endpoint: Option<String>,
    /// The expressions of the secrets.
    pub(crate) secrets: BTreeMap<String, Secret>,
    /// The hosts that are granted.
    pub(crate) hosts: Vec<String>,
    /// The name under which `syndicate auth login` stores the credential.
    pub(crate) profile: Option<String>,
}

/// The endpoint, hosts and credentials of a sink.
#[derive(Clone, Debug)]
pub(super) struct SinkSettings {
    /// The base URL. `None` if a secret is the whole URL.
    pub(super) endpoint: Option<Endpoint>,
    /// The hosts of requests.
    pub(super) hosts: Vec<HostPattern>,
    secrets: BTreeMap<String, Secret>,
    pub(super) auth: Vec<BoundAuth>,
    /// The login whose token is a credential of `auth`.
    pub(super) login: Option<LoginRule>,
    /// The name under which the credential of the login is stored.
    pub(super) profile: String,
}

/// A credential and the hosts that it is sent to.
#[derive(Clone, Debug)]
pub(super) struct BoundAuth {
    pub(super) hosts: Vec<HostPattern>,
    pub(super) kind: AuthKind,
    /// The user name of `basic`.
    pub(super) user: String,
}

impl SinkSettings {
    /// Reads what `manifest` declares.
    ///
    /// # Errors
    /// If a host is not granted, or the endpoint is not a URL that credentials may be sent to.
    pub(super) fn new(
        manifest: &Manifest,
        options: &Map<String, Value>,
        keys: SinkKeys,
    ) -> Result<Self, Diagnostic> {
        if keys.endpoint.is_some() && manifest.wants.network && manifest.sink.endpoint.is_none() {
            let name = &manifest.name;
            let message = format!("plugin `{name}` connects to its servers itself");
            let hint = "remove `endpoint`; the plugin's own options name its servers";
            return Err(Diagnostic::option(&["endpoint"], message).with_hint(hint));
        }
        let declared = declared_endpoint(manifest, options);
        let endpoint = match (&keys.endpoint, &declared) {
            (Some(own), _) => Some(parse_endpoint(own)?),
            (None, Some(declared)) => Some(parse_endpoint(declared)?),
            (None, None) => None,
        };
        let hosts = endpoint.as_ref().map(|used| {
            let declared = declared.as_deref().and_then(|text| Url::parse(text).ok());
            let declared = declared.as_ref().map_or_else(|| used.host(), host_of);
            (declared, used.host())
        });
        let reader = HostReader {
            manifest,
            options,
            granted: &keys.hosts,
            endpoint: hosts,
        };
        let is_fixed = |text: &String| !text.contains('{');
        if keys.endpoint.is_none()
            && manifest.sink.endpoint.as_ref().is_some_and(is_fixed)
            && let Some(endpoint) = &endpoint
        {
            reader.check_granted(&endpoint.host())?;
        }
        let mut auth = Vec::new();
        for rule in &manifest.sink.auth {
            auth.push(bind(rule, &reader)?);
        }
        let secret = |name: &str| keys.secrets.get(name).cloned();
        let secret = |name: &str| secret(name).unwrap_or_else(|| Secret::new(String::new()));
        let login = LoginRule::find(&manifest.sink.auth, &reader, secret)?;
        let is_interactive = matches!(login, Some(LoginRule::OAuth { .. }));
        if keys.profile.is_some() && !is_interactive {
            let message = format!("plugin `{}` has no `syndicate auth login`", manifest.name);
            let hint = "remove `profile`; the credential is in the plugin's options";
            return Err(Diagnostic::option(&["profile"], message).with_hint(hint));
        }
        let mut hosts = reader.read(&manifest.wants.hosts)?;
        hosts.extend(
            endpoint
                .as_ref()
                .map(|used| HostPattern::Exact(used.host())),
        );
        for rule in auth.iter().filter(|rule| rule.is_whole_url()) {
            hosts.extend(rule.hosts.iter().cloned());
        }
        let has_target = endpoint.is_some() || auth.iter().any(BoundAuth::is_whole_url);
        if !has_target && !manifest.wants.network {
            let message = format!("plugin `{}` has no endpoint", manifest.name);
            let hint = "set `endpoint` to the base URL of the platform";
            return Err(Diagnostic::new(Code::InvalidConfig, message).with_hint(hint));
        }
        Ok(Self {
            endpoint,
            hosts,
            secrets: keys.secrets,
            auth,
            login,
            profile: keys.profile.unwrap_or_else(|| "default".to_owned()),
        })
    }

    /// Returns the secret `name`.
    ///
    /// # Errors
    /// Returns `Unauthorized` if its variable is not set, or empty, as a CI service sets it if it has no such secret.
    pub(super) fn secret(&self, cx: &Context, name: &str) -> Result<SecretString, PublishError> {
        let secret = self.secrets.get(name).cloned();
        let secret = secret.unwrap_or_else(|| Secret::new(String::new()));
        let value = secret.reveal(&cx.env)?;
        if !value.expose_secret().is_empty() {
            return Ok(value);
        }
        let message = format!("the secret `{name}` is empty");
        let kind = PublishErrorKind::Unauthorized;
        let error = PublishError::new(kind, Code::Unauthorized, message);
        Err(match secret.expression() {
            Some(variable) => error.with_hint(format!("set the variable in `{variable}`")),
            None => error,
        })
    }

    /// Returns the names and values of all secrets that are set.
    pub(super) fn known_secrets(&self, cx: &Context) -> Vec<SecretString> {
        let secrets = self.secrets.values();
        secrets
            .filter_map(|secret| secret.reveal(&cx.env).ok())
            .collect()
    }

    /// Returns the names of the secrets.
    pub(super) fn secret_names(&self) -> impl Iterator<Item = &str> {
        self.secrets.keys().map(String::as_str)
    }

    /// Returns `true` if requests to `host` are declared.
    pub(super) fn allows(&self, host: &str) -> bool {
        self.hosts.iter().any(|pattern| pattern.matches(host))
    }
}

impl BoundAuth {
    /// Returns `true` if the secret is the whole URL of the creating request.
    pub(super) fn is_whole_url(&self) -> bool {
        matches!(self.kind, AuthKind::Base { path: None, .. })
    }

    /// Returns `true` if the credential is the token of a login.
    pub(super) fn is_login(&self) -> bool {
        matches!(self.kind, AuthKind::Session(_) | AuthKind::OAuth2(_))
    }

    /// Returns `true` if the credential is sent to `host`.
    pub(super) fn serves(&self, host: &str) -> bool {
        self.hosts.iter().any(|pattern| pattern.matches(host))
    }
}

fn declared_endpoint(manifest: &Manifest, options: &Map<String, Value>) -> Option<String> {
    expand(manifest.sink.endpoint.as_deref()?, options)
}

fn parse_endpoint(text: &str) -> Result<Endpoint, Diagnostic> {
    Endpoint::parse(text, PlainHttp::Loopback).map_err(|why| {
        let message = format!("the endpoint `{text}` {why}");
        Diagnostic::new(Code::InvalidConfig, message)
    })
}

/// Binds a credential to hosts: those of the rule that the secret is bound to as well.
fn bind(rule: &AuthRule, reader: &HostReader<'_>) -> Result<BoundAuth, Diagnostic> {
    let name = rule.kind.secrets().first().copied().unwrap_or_default();
    let declared = reader.manifest.wants.secrets.get(name);
    let of_secret = reader.read(declared.map_or(&[][..], Vec::as_slice))?;
    let hosts = match rule.hosts.is_empty() {
        true => of_secret,
        false => {
            let wanted = reader.read(&rule.hosts)?;
            wanted
                .into_iter()
                .filter(|host| of_secret.contains(host))
                .collect()
        }
    };
    let user = match &rule.kind {
        AuthKind::Basic { user, .. } => expand(user, reader.options).unwrap_or_default(),
        _ => String::new(),
    };
    Ok(BoundAuth {
        hosts,
        kind: rule.kind.clone(),
        user,
    })
}

/// Returns the error of the `hello` of a sink, if it has one.
pub(in crate::host) fn check_manifest(manifest: &Manifest) -> Option<String> {
    let is_word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
    let name = &manifest.name;
    if name.is_empty() || !name.chars().all(is_word) {
        return Some("the name of a sink consists of `a` to `z`, digits, `-` and `_`".to_owned());
    }
    let mut forms = manifest.needs.iter();
    if let Some(form) = forms.find(|form| !ARTICLE_FORMS.contains(&form.as_str())) {
        let known = ARTICLE_FORMS.join("`, `");
        return Some(format!(
            "a sink cannot need `{form}`; it can need `{known}`"
        ));
    }
    let secrets = &manifest.wants.secrets;
    let sealing = &manifest.wants.seal_secrets;
    if !sealing.is_empty() && !manifest.sink.capabilities.seals {
        return Some("`wants.seal_secrets` needs the capability `seals`".to_owned());
    }
    let rules = manifest.sink.auth.iter();
    let used = rules.flat_map(|rule| rule.kind.secrets());
    let used = used.chain(sealing.iter().map(String::as_str));
    if let Some(name) = used.clone().find(|name| !secrets.contains_key(*name)) {
        return Some(format!(
            "the secret `{name}` is used, but not in `wants.secrets`"
        ));
    }
    let is_used = |name: &&String| used.clone().any(|used| used == name.as_str());
    let Some(unused) = secrets.keys().find(|name| !is_used(name)) else {
        return check_login(manifest);
    };
    Some(format!(
        "the secret `{unused}` is neither in a rule of `auth` nor in `wants.seal_secrets`"
    ))
}
