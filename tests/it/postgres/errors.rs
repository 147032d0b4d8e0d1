//! Databases that cannot be used, and the ways to encrypt the connection.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::mpsc;

use postgres_fixture::{PASSWORD, Route};

use super::team::{Team, server, write_posts};
use crate::crash::titles;
use crate::support::{Platform, Project};

/// Returns a worker of a new team with a post to send.
fn worker_at(team: &Team<'_>, url: &str) -> Project {
    let worker = team.worker_at(url);
    write_posts(&worker, 0, 1);
    worker
}

#[test]
#[ignore = "needs PostgreSQL and PgBouncer: tests/run installs them"]
fn refused_connection_has_remedy_and_no_password() {
    let platform = Platform::start();
    let team = Team::new(server(), &platform.url);
    for route in Route::ALL {
        let url = team.database.url(route);
        let name = team.database.name();
        for (url, parts) in [
            (url.replace(PASSWORD, "wrong-password"), vec!["pg_hba.conf"]),
            (url.replace(name, "no_such_database"), vec!["createdb"]),
            // The role may not create a schema there.
            (url.replace(name, "postgres"), vec!["grant"]),
            (url.replace("postgres:", "mysql:"), vec!["postgresql://"]),
            (format!("{url}?sslmode=sometimes"), vec!["sslmode"]),
        ] {
            let worker = worker_at(&team, &url);
            for verb in ["build --backfill", "build", "status"] {
                let run = worker.run(verb);
                assert_ne!(run.code, Some(0), "{url}: {run}");
                let run = run.lacks(&[PASSWORD, "wrong-password"]);
                if verb == "build --backfill" {
                    run.exits(1).says(&["[ledger_unreachable]"]).says(&parts);
                }
            }
        }
    }
    assert_eq!(platform.requests("POST /rest/posts"), 0);
}

#[test]
#[ignore = "needs PostgreSQL and PgBouncer: tests/run installs them"]
fn refused_claim_ends_run_with_its_cause() {
    // Each claim is refused once the ledger has this number of sent posts.
    const REFUSE: &str = "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
        IF NEW.run IS NOT NULL AND COUNT <= (SELECT count(*) FROM syndicate.event WHERE line LIKE '%\"sent\"%') \
        THEN RAISE 'no claims' USING ERRCODE = 'insufficient_privilege'; END IF; RETURN NEW; END $$; \
        CREATE OR REPLACE TRIGGER refuse BEFORE UPDATE ON syndicate.claim FOR EACH ROW EXECUTE FUNCTION refuse()";
    for route in Route::ALL {
        let platform = Platform::start();
        let team = Team::new(server(), &platform.url);
        let worker = team.worker(route);
        worker.run("build --baseline").exits(0);
        write_posts(&worker, 0, 3);
        let causes = ["[ledger_unreachable]", "no claims", "grant"];
        team.database.query(&REFUSE.replace("COUNT", "0"));
        let refused = worker.run("build").exits(1);
        refused.says(&causes).lacks(&["another worker"]);
        assert_eq!(platform.requests("POST /rest/posts"), 0);

        team.database.query(&REFUSE.replace("COUNT", "1"));
        let refused = worker.run("build").exits(3);
        let refused = refused.says(&["1 sent, 2 not tried"]).says(&causes);
        refused.lacks(&["another worker", "unreadable"]);
        assert_eq!(titles(&platform), ["Post 0"]);
    }
}

#[test]
#[ignore = "needs PostgreSQL and PgBouncer: tests/run installs them"]
fn missing_variable_is_named() {
    let platform = Platform::start();
    let team = Team::new(server(), &platform.url);
    let worker = worker_at(&team, "").without_env("DATABASE_URL");
    worker.run("build").exits(1).says(&["DATABASE_URL"]);
    worker
        .run("check")
        .says(&["set the variable `DATABASE_URL`"]);
    assert_eq!(platform.requests("POST /rest/posts"), 0);
}

#[test]
#[ignore = "needs PostgreSQL and PgBouncer: tests/run installs them"]
fn tls_is_required_and_verified() {
    let authority = server().authority();
    let folder = tempfile::tempdir().unwrap();
    // Another user owns the folder of the server.
    let root = folder.path().join("authority.pem");
    std::fs::copy(authority, &root).unwrap();
    let root = root.display();
    for route in Route::ALL {
        let platform = Platform::start();
        let team = Team::new(server(), &platform.url);
        let url = team.database.url(route);
        let backfill =
            |query: &str| worker_at(&team, &format!("{url}?{query}")).run("build --backfill");
        for query in ["sslmode=verify-full", "sslmode=verify-ca"] {
            backfill(query)
                .exits(1)
                .says(&["[ledger_unreachable]", "certificate", "sslrootcert"]);
        }
        let worker = worker_at(
            &team,
            &format!("{url}?sslmode=verify-full&sslrootcert={root}"),
        );
        worker.run("build --backfill").exits(0).says(&["1 sent"]);
        for query in [
            format!("sslmode=verify-ca&sslrootcert={root}"),
            "sslmode=require".to_owned(),
            "sslmode=prefer".to_owned(),
            "sslmode=disable".to_owned(),
        ] {
            let worker = worker_at(&team, &format!("{url}?{query}"));
            worker.run("build").exits(0).says(&["already_sent"]);
        }
        assert_eq!(titles(&platform), ["Post 0"]);
    }
}

#[test]
#[ignore = "needs PostgreSQL and PgBouncer: tests/run installs them"]
fn server_without_tls_is_asked_once() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (count, connections) = mpsc::channel();
    std::thread::spawn(move || {
        for connection in listener.incoming() {
            let mut connection = connection.unwrap();
            // The request for TLS has eight bytes.
            connection.read_exact(&mut [0; 8]).unwrap();
            connection.write_all(b"N").unwrap();
            count.send(()).unwrap();
        }
    });
    let platform = Platform::start();
    let team = Team::new(server(), &platform.url);
    let url = format!("{}?sslmode=require", team.database.url_at(port));
    let run = worker_at(&team, &url).run("build").exits(1);
    run.says(&["does not support TLS", "sslmode=disable"]);
    assert_eq!(connections.try_iter().count(), 1);
}

#[test]
#[ignore = "needs PostgreSQL and PgBouncer: tests/run installs them"]
fn check_finds_pooler() {
    let platform = Platform::start();
    for route in Route::ALL {
        let team = Team::new(server(), &platform.url);
        let worker = worker_at(&team, &team.database.url(route));
        worker.run("build --baseline").exits(0);
        let run = worker.run("check").exits(0).lacks(&["`--offline`"]);
        run.says(&["syndicate check --online"]);
        let run = worker.run("check --online");
        let is_found = run.stdout.contains("pooler") || run.stderr.contains("pooler");
        assert_eq!(is_found, route == Route::Pooled, "{run}");
    }
}

#[test]
#[ignore = "needs PostgreSQL and PgBouncer: tests/run installs them"]
fn check_finds_missing_right_to_write() {
    let platform = Platform::start();
    for route in Route::ALL {
        let team = Team::new(server(), &platform.url);
        let worker = worker_at(&team, &team.database.url(route));
        worker.run("build --baseline").exits(0);
        let check = || worker.run("check --online");
        check().says(&["the server accepts changes"]);
        for (refuse, allow, part) in [
            (
                "REVOKE INSERT ON syndicate.event FROM CURRENT_USER",
                "GRANT INSERT ON syndicate.event TO CURRENT_USER",
                "permission denied for table event",
            ),
            (
                "UPDATE syndicate.version SET version = 1000",
                "UPDATE syndicate.version SET version = 1",
                "its tables have version 1000",
            ),
        ] {
            team.database.query(refuse);
            let refused = check().exits(1).says(&[part]);
            refused.lacks(&["the server accepts changes"]);
            team.database.query(allow);
        }
    }
}
