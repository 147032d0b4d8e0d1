//! The certificate of the servers, for TLS.

use std::path::Path;

use crate::programs::{run, unprivileged};

/// The certificate of the authority.
pub(crate) const AUTHORITY: &str = "authority.pem";

/// The certificate of both servers, for `127.0.0.1` and `localhost`, and its key.
pub(crate) const CERTIFICATE: (&str, &str) = ("server.pem", "server.key");

/// Creates an authority and a certificate of it in `folder`.
pub(crate) fn create(folder: &Path) {
    let (certificate, key) = CERTIFICATE;
    request(folder, AUTHORITY, "authority.key", &["/CN=Test authority"]);
    let signed = [
        "/CN=localhost",
        "-CA",
        AUTHORITY,
        "-CAkey",
        "authority.key",
        "-addext",
        "subjectAltName=DNS:localhost,IP:127.0.0.1",
        "-addext",
        "basicConstraints=critical,CA:FALSE",
    ];
    request(folder, certificate, key, &signed);
}

fn request(folder: &Path, certificate: &str, key: &str, options: &[&str]) {
    let mut command = unprivileged("openssl");
    command
        .current_dir(folder)
        .args(["req", "-x509", "-newkey", "ec", "-nodes", "-days", "3650"])
        .args(["-pkeyopt", "ec_paramgen_curve:P-256"])
        .args(["-out", certificate, "-keyout", key, "-subj"])
        .args(options);
    run(&mut command);
}
