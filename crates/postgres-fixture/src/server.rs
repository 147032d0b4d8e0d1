//! A PostgreSQL server.

use std::fs;
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::certificate::{self, AUTHORITY, CERTIFICATE};
use crate::programs::{faked_time, program, run, unprivileged};
use crate::watchdog::{DATA, Watchdog};
use crate::{PASSWORD, Route, USER, pooler};

/// The role that may do everything.
const SUPERUSER: &str = "postgres";

/// The file with the offset of the clock, in seconds.
const CLOCK: &str = "clock";

/// Settings of every server, after those of `initdb`.
const SETTINGS: &str = "
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
ssl = on
ssl_cert_file = '../CERTIFICATE'
ssl_key_file = '../KEY'
";

/// The data that survives a crash of the machine. Both survive a crash of the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// Nothing has to, so that tests are fast.
    Fast,
    /// Each commit waits for the disk, as in production.
    Full,
}

/// The source of a server's time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ServerClock {
    System,
    /// That of the system with an offset that the test sets.
    Adjustable,
}

/// A PostgreSQL server in a temporary folder and PgBouncer in front of it, which stop when this is dropped or the test
/// process ends.
pub struct Server {
    watchdog: Watchdog,
    port: u16,
    pooled_port: u16,
    clock: ServerClock,
}

impl Server {
    /// Returns the server that the tests of this process share. Do not stop it.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Server> = OnceLock::new();
        SHARED.get_or_init(|| Self::start(Durability::Fast))
    }

    /// Starts a server.
    ///
    /// # Panics
    /// If a program is missing or fails, as all functions here.
    #[must_use]
    pub fn start(durability: Durability) -> Self {
        Self::initialize(durability, ServerClock::System)
    }

    /// Starts a fast server whose clock shows the system's time until [`Server::set_clock`].
    #[must_use]
    pub fn with_clock() -> Self {
        Self::initialize(Durability::Fast, ServerClock::Adjustable)
    }

    fn initialize(durability: Durability, clock: ServerClock) -> Self {
        let server = Self::new(clock);
        server.set_clock(0);
        let password = server.path("password");
        fs::write(&password, PASSWORD).expect("a password");
        let mut initdb = unprivileged(program("initdb"));
        initdb
            .args([
                "--no-sync",
                "--encoding=UTF8",
                "--locale=C",
                "--auth=scram-sha-256",
            ])
            .args(["--username", SUPERUSER, "--pwfile"])
            .arg(password)
            .arg("--pgdata")
            .arg(server.path(DATA));
        run(&mut initdb);
        let durability = match durability {
            Durability::Fast => "fsync = off\n",
            Durability::Full => "",
        };
        server.configure(&format!("{SETTINGS}{durability}"));
        certificate::create(server.watchdog.folder());
        server.resume();
        server.admin(&format!("CREATE ROLE {USER} LOGIN PASSWORD '{PASSWORD}'"));
        server.start_pooler();
        server
    }

    fn new(clock: ServerClock) -> Self {
        Self {
            watchdog: Watchdog::start(),
            port: free_port(),
            pooled_port: free_port(),
            clock,
        }
    }

    /// Sets the clock of a server with an adjustable one to this number of seconds after the system's, at once and for
    /// all sessions. A negative number sets it back. Other servers ignore it.
    pub fn set_clock(&self, seconds: i64) {
        // A new file replaces the old one, because the server may read it at any time. Tests that share the server set the
        // same clock at the same time.
        static FILES: AtomicU64 = AtomicU64::new(0);
        let number = FILES.fetch_add(1, Ordering::Relaxed);
        let new = self.path(&format!("clock.{number}"));
        fs::write(&new, format!("{seconds:+}\n")).expect("the clock of the server");
        fs::rename(new, self.path(CLOCK)).expect("the clock of the server");
    }

    /// Starts a copy of this server that follows it, with the time of its clock. It may lack the last transactions at any
    /// time.
    #[must_use]
    pub fn standby(&self) -> Self {
        let standby = Self::new(self.clock);
        fs::copy(self.path(CLOCK), standby.path(CLOCK)).expect("the clock of the server");
        let mut copy = unprivileged(program("pg_basebackup"));
        copy.args(["--no-sync", "--checkpoint=fast", "--write-recovery-conf"])
            .args(["--host=127.0.0.1", "--username", SUPERUSER])
            .args(["--port", &self.port.to_string()])
            .arg("--pgdata")
            .arg(standby.path(DATA))
            .env("PGPASSWORD", PASSWORD);
        run(&mut copy);
        certificate::create(standby.watchdog.folder());
        standby.configure("");
        standby.resume();
        standby.start_pooler();
        standby
    }

    /// Makes a standby a server that accepts writes, with a new timeline. The server that it followed may be gone.
    pub fn promote(&self) {
        self.pg_ctl(&["promote", "--wait"]);
    }

    /// Kills all processes of the server, as a crash does. It recovers on [`Server::resume`].
    pub fn crash(&self) {
        self.pg_ctl(&["stop", "--mode=immediate", "--wait"]);
    }

    /// Starts the server again on the same ports. It returns when it accepts connections.
    pub fn resume(&self) {
        let log = format!("--log={}", self.path("postgres.log").display());
        self.pg_ctl(&["start", "--wait", &log]);
    }

    /// Returns a port of 127.0.0.1.
    #[must_use]
    pub fn port(&self, route: Route) -> u16 {
        match route {
            Route::Direct => self.port,
            Route::Pooled => self.pooled_port,
        }
    }

    /// Returns the certificate of the authority that signed the certificate of the servers.
    #[must_use]
    pub fn authority(&self) -> PathBuf {
        self.path(AUTHORITY)
    }

    /// Runs SQL as the role that may do everything, in the database `postgres`, and returns the rows.
    pub fn admin(&self, sql: &str) -> String {
        run(self.psql(SUPERUSER, "postgres").args(["--command", sql]))
    }

    /// Returns `psql` for a role and a database. It prints rows without a header, the columns separated by `|`.
    pub(crate) fn psql(&self, user: &str, database: &str) -> Command {
        let mut command = Command::new(program("psql"));
        command
            .args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align"])
            .args(["--set=ON_ERROR_STOP=1", "--host=127.0.0.1"])
            .args(["--port", &self.port.to_string()])
            .args(["--username", user, "--dbname", database])
            .env("PGPASSWORD", PASSWORD);
        command
    }

    fn start_pooler(&self) {
        pooler::start(self.watchdog.folder(), self.port, self.pooled_port);
    }

    /// Appends settings. The last value of a setting applies.
    fn configure(&self, settings: &str) {
        let path = self.path(DATA).join("postgresql.conf");
        let mut text = fs::read_to_string(&path).expect("the settings of PostgreSQL");
        let (certificate, key) = CERTIFICATE;
        let settings = settings
            .replace("CERTIFICATE", certificate)
            .replace("KEY", key);
        text.push_str(&format!("{settings}port = {}\n", self.port));
        fs::write(path, text).expect("the settings of PostgreSQL");
    }

    fn pg_ctl(&self, arguments: &[&str]) {
        let mut command = match self.clock {
            ServerClock::System => unprivileged(program("pg_ctl")),
            ServerClock::Adjustable => faked_time(&self.path(CLOCK), &program("pg_ctl")),
        };
        let data = self.path(DATA);
        run(command
            .args(arguments)
            .arg("--silent")
            .arg("--pgdata")
            .arg(data));
    }

    fn path(&self, name: &str) -> PathBuf {
        self.watchdog.folder().join(name)
    }
}

/// Returns a free port, since neither server chooses one itself.
fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("an address").port()
}
