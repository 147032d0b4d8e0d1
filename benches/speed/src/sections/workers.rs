//! Workers that share a ledger in PostgreSQL, beside the same statements without the program.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::Context as _;
use postgres_fixture::{Database, Durability, PASSWORD, Route, Server, USER, program};

use super::Bench;
use crate::platform::Platform;
use crate::process::{Runnable, median};
use crate::table::Goal;

/// The numbers of workers that are measured.
const WORKERS: [usize; 4] = [1, 2, 4, 8];

const POSTS: usize = 500;
const RUNS: usize = 3;

/// The time for which the statements run, in seconds.
const SECONDS: &str = "4";

/// The statements of one delivery.
const STATEMENTS: &str = include_str!("workers.sql");

/// Adds the deliveries that the statements claim. Workers add theirs many at a time.
const DELIVERIES: &str = "INSERT INTO syndicate.claim (ledger, delivery, item, sink) \
    SELECT 1, 'd' || number, 'https://example.org/' || number, 'linkedin' FROM generate_series(1, 100000) AS number";

pub(super) fn measure(bench: &mut Bench, out: &mut dyn Write) -> anyhow::Result<()> {
    let server = Server::start(Durability::Full);
    let [empty, site] = [bench.shared_site(0)?, bench.shared_site(POSTS)?];
    for workers in WORKERS {
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..RUNS {
            let database = Database::create(&server);
            ours.push(rate(bench, [&empty, &site], &database, workers)?);
            theirs.push(bare_rate(&database, workers)?);
        }
        let (ours, theirs) = (median(ours.into_iter()), median(theirs.into_iter()));
        writeln!(
            out,
            "\n{POSTS} posts, median of {RUNS}, number of workers: {workers}: {ours:.0} posts a second; their statements alone \
             run {theirs:.0} times a second"
        )?;
        bench.table.figure(
            format!(
                "posts in PostgreSQL, number of workers: {workers}, share of the rate of the statements"
            ),
            ours / theirs * 100.0,
            " %",
            Goal::AtLeast(70.0),
        );
    }
    Ok(())
}

/// Returns the posts per second of as many workers, from the first request to the last. The ledger begins with the site
/// that has no posts.
fn rate(
    bench: &Bench,
    [empty, site]: [&Path; 2],
    database: &Database<'_>,
    workers: usize,
) -> anyhow::Result<f64> {
    let platform = Platform::listen()?;
    let states = tempfile::tempdir()?;
    let build = |site, number: usize| {
        let state = states.path().join(number.to_string());
        let command = bench.programs.syndicate(site).args("build");
        command
            .env("XDG_STATE_HOME", state.display().to_string())
            .env("DATABASE_URL", database.url(Route::Direct))
            .env("EP", platform.url.clone())
    };
    build(empty, 0).args("--baseline").output()?;
    let mut running = Vec::new();
    for number in 0..workers {
        running.push(build(site, number).command().spawn()?);
    }
    for mut worker in running {
        let status = worker.wait()?;
        anyhow::ensure!(status.success(), "a worker failed: {status}");
    }
    let sent = "SELECT count(*) FROM syndicate.event WHERE line LIKE '%\"kind\":\"sent\"%'";
    let sent = database.query(sent);
    anyhow::ensure!(
        sent == POSTS.to_string(),
        "{sent} of {POSTS} posts were sent"
    );
    Ok(platform.rate())
}

/// Returns how often as many clients run the statements of a delivery in a second.
fn bare_rate(database: &Database<'_>, clients: usize) -> anyhow::Result<f64> {
    database.query(DELIVERIES);
    let folder = tempfile::tempdir()?;
    let script = folder.path().join("workers.sql");
    fs::write(&script, STATEMENTS)?;
    let port = database.port(Route::Direct).to_string();
    let output = Runnable::new(program("pgbench"))
        .args("--no-vacuum --protocol=extended --jobs=2 --host=127.0.0.1 --time")
        .args(SECONDS)
        .args(&format!(
            "--client={clients} --define=clients={clients} --port={port} --username={USER} --file"
        ))
        .arg(&script)
        .args(database.name())
        .env("PGPASSWORD", PASSWORD)
        .output()?;
    let rate = output
        .lines()
        .find_map(|line| line.strip_prefix("tps = ")?.split(' ').next()?.parse().ok());
    rate.with_context(|| format!("pgbench printed no rate: {output}"))
}
