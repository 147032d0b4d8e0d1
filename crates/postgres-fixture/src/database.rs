//! A database of a test.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::programs::run;
use crate::{PASSWORD, Route, Server, USER};

/// A database that [`USER`] owns. It stays until the server's folder is removed.
pub struct Database<'s> {
    server: &'s Server,
    name: String,
}

impl<'s> Database<'s> {
    /// Creates a database.
    ///
    /// # Panics
    /// If PostgreSQL refuses it.
    #[must_use]
    pub fn create(server: &'s Server) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("test_{}", COUNT.fetch_add(1, Ordering::Relaxed));
        server.admin(&format!("CREATE DATABASE {name} OWNER {USER}"));
        Self { server, name }
    }

    /// Returns the same database on another server, such as a standby.
    #[must_use]
    pub fn on<'o>(&self, server: &'o Server) -> Database<'o> {
        Database {
            server,
            name: self.name.clone(),
        }
    }

    /// Returns the name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the port of the server.
    #[must_use]
    pub fn port(&self, route: Route) -> u16 {
        self.server.port(route)
    }

    /// Returns a URL with the password of [`USER`].
    #[must_use]
    pub fn url(&self, route: Route) -> String {
        self.url_at(self.server.port(route))
    }

    /// Returns a URL for another port of 127.0.0.1, such as that of a proxy.
    #[must_use]
    pub fn url_at(&self, port: u16) -> String {
        let name = &self.name;
        format!("postgres://{USER}:{PASSWORD}@127.0.0.1:{port}/{name}")
    }

    /// Runs SQL as [`USER`] and returns the rows, a line each, the columns separated by `|`.
    ///
    /// # Panics
    /// If PostgreSQL refuses it.
    pub fn query(&self, sql: &str) -> String {
        let mut psql = self.server.psql(USER, &self.name);
        run(psql.args(["--command", sql]))
    }
}
