//! `limit-pipe FILE` parses the JSON Lines of FILE, writes them again, passes them through `cat` and parses them at the
//! other end. With `--skip` it is a plugin instead, which skips every item without parsing it.

use std::fs::File;
use std::io::{BufRead as _, BufReader, BufWriter, Write, stdin, stdout};
use std::process::{Command, Stdio};

use anyhow::Context as _;
use serde_json::Value;

const HELLO: &str = r#"{"hello":{"protocol":1,"kind":"transform","name":"skip","version":"1.0.0","needs":["title","tags","description","body"]}}"#;

fn main() -> anyhow::Result<()> {
    let argument = std::env::args().nth(1);
    match argument.as_deref() {
        Some("--skip") => skip_all(),
        Some(file) => pipe(file),
        None => anyhow::bail!("usage: limit-pipe FILE | --skip"),
    }
}

#[expect(clippy::disallowed_methods, reason = "a limit prints its result")]
fn pipe(file: &str) -> anyhow::Result<()> {
    let lines = BufReader::new(File::open(file)?);
    let mut cat = Command::new("cat")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let output = cat.stdout.take().context("a pipe")?;
    let reader = std::thread::spawn(move || -> anyhow::Result<usize> {
        let mut count = 0;
        for line in BufReader::new(output).lines() {
            let value: Value = serde_json::from_str(&line?)?;
            count += usize::from(value.is_object());
        }
        Ok(count)
    });
    let mut input = BufWriter::new(cat.stdin.take().context("a pipe")?);
    for line in lines.lines() {
        let value: Value = serde_json::from_str(&line?)?;
        serde_json::to_writer(&mut input, &value)?;
        input.write_all(b"\n")?;
    }
    drop(input.into_inner()?);
    let count = reader.join().ok().context("the reader panicked")??;
    cat.wait()?;
    writeln!(stdout(), "{count}")?;
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "a limit prints its result")]
fn skip_all() -> anyhow::Result<()> {
    let mut lines = stdin().lock().lines();
    let mut out = stdout().lock();
    lines.next().context("no hello")??;
    writeln!(out, "{HELLO}")?;
    for line in lines {
        let line = line?;
        let id = line
            .strip_prefix(r#"{"id":"#)
            .and_then(|rest| rest.split(',').next());
        let id = id.context("no id")?;
        let is_open = line.contains(r#""do":"open""#);
        let result = if is_open { "{}" } else { r#"{"skip":"no"}"# };
        // One write for each line, as a plugin that flushes does.
        out.write_all(format!("{{\"id\":{id},\"ok\":{result}}}\n").as_bytes())?;
    }
    Ok(())
}
