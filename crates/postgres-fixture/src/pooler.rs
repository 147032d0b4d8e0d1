//! PgBouncer in transaction mode.

use std::fs;
use std::path::Path;

use crate::certificate::CERTIFICATE;
use crate::programs::{pgbouncer, run, unprivileged};
use crate::watchdog::POOLER_PID;
use crate::{PASSWORD, USER};

/// The settings. The pool is smaller than the number of clients of a test, so that they share sessions; and a server
/// that restarts is tried again at once.
const SETTINGS: &str = "\
[databases]
* = host=127.0.0.1 port=SERVER
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = PORT
unix_socket_dir =
pool_mode = transaction
default_pool_size = 4
max_client_conn = 400
auth_type = scram-sha-256
auth_file = FOLDER/users
pidfile = FOLDER/PID
logfile = FOLDER/pgbouncer.log
server_login_retry = 0.1
server_tls_sslmode = disable
client_tls_sslmode = allow
client_tls_cert_file = FOLDER/CERTIFICATE
client_tls_key_file = FOLDER/KEY
";

/// Starts PgBouncer on `port` in front of the server on port `server`. It returns when it listens.
pub(crate) fn start(folder: &Path, server: u16, port: u16) {
    let (certificate, key) = CERTIFICATE;
    let settings = SETTINGS
        .replace("SERVER", &server.to_string())
        .replace("PORT", &port.to_string())
        .replace("PID", POOLER_PID)
        .replace("CERTIFICATE", certificate)
        .replace("KEY", key)
        .replace("FOLDER", &folder.display().to_string());
    let path = folder.join("pgbouncer.ini");
    fs::write(&path, settings).expect("the settings of PgBouncer");
    let users = format!("\"{USER}\" \"{PASSWORD}\"\n");
    fs::write(folder.join("users"), users).expect("the users of PgBouncer");
    run(unprivileged(pgbouncer()).arg("--daemon").arg(path));
}
