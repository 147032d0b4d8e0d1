//! Parses the URL of a database: the parameters that this program handles itself, and the rest for the driver.

use std::path::PathBuf;
use std::time::Duration;

use percent_encoding::percent_decode_str;
use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode};

/// Time limit of a connection attempt to one host, unless the URL has another.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// The time after which a connection without an acknowledgement is given up.
const TCP_TIMEOUT: Duration = Duration::from_secs(30);

/// A parsed URL.
pub(super) struct Address {
    pub(super) config: Config,
    pub(super) certificates: Certificates,
}

/// The check of the server's certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Certificates {
    pub(super) check: CertificateCheck,
    /// The file with the accepted authorities, or `None` for those of the system.
    pub(super) root: Option<PathBuf>,
}

/// The parts of a certificate that are checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CertificateCheck {
    /// Nothing: the connection is encrypted only.
    None,
    /// The authority.
    Authority,
    /// The authority and the host name.
    Full,
}

/// The reason why a URL is invalid, without the URL's values.
#[derive(Debug)]
pub(super) struct InvalidAddress {
    pub(super) message: String,
    pub(super) hint: &'static str,
}

impl From<String> for InvalidAddress {
    fn from(message: String) -> Self {
        let hint = match message.contains("unknown option") {
            true => "remove that parameter from the URL",
            false => "write the URL as `postgresql://USER:PASSWORD@HOST:PORT/DATABASE`",
        };
        Self { message, hint }
    }
}

impl Address {
    /// Parses `url`.
    ///
    /// # Errors
    /// If `url` is not valid, or demands a protection that this program does not have.
    pub(super) fn parse(url: &str) -> Result<Self, InvalidAddress> {
        if !["postgres://", "postgresql://"]
            .iter()
            .any(|start| url.starts_with(start))
        {
            return Err("the URL does not start with `postgresql://`"
                .to_owned()
                .into());
        }
        // A password may have a `?` of its own.
        let user_end = url.find('@').unwrap_or_default();
        let query_start = url[user_end..].find('?').map(|place| user_end + place);
        let (base, query) = match query_start {
            Some(start) => (&url[..start], &url[start + 1..]),
            None => (url, ""),
        };
        let (mut mode, mut root) = (None, None);
        let mut rest = Vec::new();
        for parameter in query.split('&').filter(|parameter| !parameter.is_empty()) {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            let value = percent_decode_str(value).decode_utf8_lossy().into_owned();
            match name {
                "sslmode" => mode = Some(value),
                "channel_binding" if value == "require" => {
                    return Err(InvalidAddress {
                        message: "`channel_binding=require` is not supported".to_owned(),
                        hint: "remove it from the URL, and take `sslmode=verify-full`, which checks that no other server \
                               answers",
                    });
                }
                "sslrootcert" => root = Some(value).filter(|value| value != "system"),
                _ => rest.push(parameter),
            }
        }
        let url = match rest.is_empty() {
            true => base.to_owned(),
            false => format!("{base}?{}", rest.join("&")),
        };
        let mut config: Config = url.parse().map_err(|error| describe(&error))?;
        let root = root.map(PathBuf::from);
        let (tls, check) = match mode.as_deref() {
            Some("disable") => (SslMode::Disable, CertificateCheck::None),
            None | Some("prefer" | "allow") => (SslMode::Prefer, CertificateCheck::None),
            // As libpq: an authority that is given is checked.
            Some("require") if root.is_some() => (SslMode::Require, CertificateCheck::Authority),
            Some("require") => (SslMode::Require, CertificateCheck::None),
            Some("verify-ca") => (SslMode::Require, CertificateCheck::Authority),
            Some("verify-full") => (SslMode::Require, CertificateCheck::Full),
            Some(other) => return Err(format!("invalid `sslmode`: `{other}`").into()),
        };
        config.ssl_mode(tls);
        if config.get_application_name().is_none() {
            config.application_name("syndicate");
        }
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(CONNECT_TIMEOUT);
        }
        if config.get_tcp_user_timeout().is_none() {
            config.tcp_user_timeout(TCP_TIMEOUT);
        }
        if config.get_hosts().is_empty() {
            return Err("the URL names no host".to_owned().into());
        }
        let certificates = Certificates { check, root };
        Ok(Self {
            config,
            certificates,
        })
    }

    /// Returns the hosts and the database, without credentials.
    pub(super) fn display(&self) -> String {
        let ports = self.config.get_ports();
        let hosts: Vec<String> = self
            .config
            .get_hosts()
            .iter()
            .enumerate()
            .map(|(index, host)| {
                let port = ports.get(index).or(ports.first()).copied();
                let port = port.filter(|port| *port != 5432);
                let port = port.map(|port| format!(":{port}")).unwrap_or_default();
                match host {
                    Host::Tcp(name) => format!("{name}{port}"),
                    #[cfg(unix)]
                    Host::Unix(path) => format!("{}{port}", path.display()),
                }
            })
            .collect();
        let database = self.config.get_dbname().or(self.config.get_user());
        format!("{}/{}", hosts.join(","), database.unwrap_or_default())
    }
}

/// Returns an error of the driver with its causes.
pub(super) fn describe(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            text.push_str(": ");
            text.push_str(&cause_text);
        }
        source = cause.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ssl_modes_follow_libpq() {
        for (query, tls, check) in [
            ("", SslMode::Prefer, CertificateCheck::None),
            ("?sslmode=disable", SslMode::Disable, CertificateCheck::None),
            ("?sslmode=require", SslMode::Require, CertificateCheck::None),
            (
                "?sslmode=require&sslrootcert=%2Fa%20b",
                SslMode::Require,
                CertificateCheck::Authority,
            ),
            (
                "?sslmode=verify-ca",
                SslMode::Require,
                CertificateCheck::Authority,
            ),
            (
                "?connect_timeout=3&sslmode=verify-full&sslrootcert=system",
                SslMode::Require,
                CertificateCheck::Full,
            ),
        ] {
            let address = Address::parse(&format!("postgresql://u:p@h/d{query}")).unwrap();
            assert_eq!(address.config.get_ssl_mode(), tls, "{query}");
            assert_eq!(address.certificates.check, check, "{query}");
            let root = query.contains("%2F").then(|| PathBuf::from("/a b"));
            assert_eq!(address.certificates.root, root, "{query}");
        }
    }

    #[test]
    fn display_has_no_credentials() {
        for (url, shown) in [
            ("postgres://u:pw@db.example.org/site", "db.example.org/site"),
            ("postgresql://u:pw@a:5433,b:5434/s", "a:5433,b:5434/s"),
        ] {
            assert_eq!(Address::parse(url).unwrap().display(), shown);
        }
    }

    #[test]
    fn errors_have_no_values() {
        for url in [
            "mysql://u:sekrit@h/d",
            "postgresql://u:sekrit@h:port/d",
            "postgresql://u:sekrit@h/d?unheard=sekrit",
            "postgresql://u:sekrit@/d",
        ] {
            let message = invalid(url).message;
            assert!(!message.contains("sekrit"), "{message}");
        }
        let message = invalid("postgresql://h/d?sslmode=always").message;
        assert_eq!(message, "invalid `sslmode`: `always`");
    }

    fn invalid(url: &str) -> InvalidAddress {
        Address::parse(url).err().unwrap()
    }

    #[test]
    fn unsupported_parameter_is_named() {
        for parameter in ["channel_binding=require", "sslcrl=a"] {
            let error = invalid(&format!("postgresql://h/d?sslmode=require&{parameter}"));
            let (name, _) = parameter.split_once('=').unwrap();
            assert!(error.message.contains(name), "{}", error.message);
            assert!(error.hint.starts_with("remove"), "{}", error.hint);
        }
        assert!(Address::parse("postgresql://h/d?channel_binding=prefer").is_ok());
    }

    #[test]
    fn parameters_follow_question_mark_in_password() {
        let address = Address::parse("postgresql://u:p?w@h/d?sslmode=require").unwrap();
        assert_eq!(address.config.get_ssl_mode(), SslMode::Require);
        assert_eq!(address.config.get_password(), Some(&b"p?w"[..]));
        assert_eq!(address.display(), "h/d");
    }
}
