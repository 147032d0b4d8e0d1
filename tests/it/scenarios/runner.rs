//! Runs the steps of a row, once with `build` and once with `watch`.

use super::invariants::{assert_unique, compare, compare_with_preview};
use super::outcome::Outcome;
use super::parse::{Row, Step, words};
use super::platform::NextRequest;
use super::posts;
use super::watch::WatchProcess;
use super::workspace::{Workspace, combined_output};

/// The command that sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SendCommand {
    Build,
    Watch,
}

/// State of a running row.
struct RowRunner {
    workspace: Workspace,
    mode: SendCommand,
    /// The `watch` process that a step of the row started.
    watching: Option<WatchProcess>,
    /// A `build` process whose request is held at the platform.
    held: Option<std::process::Child>,
}

/// Runs all steps of a row and the final checks.
pub(super) fn run_row(row: &Row, mode: SendCommand) -> Result<(), String> {
    let mut runner = RowRunner {
        workspace: Workspace::new()?,
        mode,
        watching: None,
        held: None,
    };
    for (index, step) in row.steps.iter().enumerate() {
        runner.step(step).map_err(|error| {
            let (number, line, text) = (index + 1, step.line, step.text());
            format!("step {number} (line {line}): {text}\n{error}")
        })?;
    }
    runner
        .finish(row)
        .map_err(|error| format!("in the end\n{error}"))
}

impl RowRunner {
    fn step(&mut self, step: &Step) -> Result<(), String> {
        let fill = |texts: &[String]| -> Result<Vec<String>, String> {
            texts.iter().map(|text| self.workspace.fill(text)).collect()
        };
        let step = &Step {
            line: step.line,
            words: fill(&step.words)?,
            block: fill(&step.block)?,
        };
        let words: Vec<&str> = step.words.iter().map(String::as_str).collect();
        match words.as_slice() {
            ["begin"] => self.begin(),
            ["build"] if self.mode == SendCommand::Watch => self.watch(step),
            ["build", arguments @ ..] => self.build(arguments, step),
            ["run", arguments @ ..] => self.run(arguments, step),
            ["kill", when @ ("before" | "after")] => self.kill(when),
            ["start", "before"] => self.start(),
            ["finish"] => self.release(step),
            ["watch", "start"] => self.watch_start(),
            ["watch", "stop"] => self.watch_stop(step),
            ["await", "error", code] => self.live()?.wait_for_error(code),
            ["await", path, code] => self.live()?.wait_for_code(path, code),
            ["platform", what @ ..] => self.platform(what),
            ["out", count] => equal(
                "posts on the platform",
                self.workspace.platform.posts().len(),
                count,
            ),
            ["requests", count] => equal(
                "creating requests",
                self.workspace.platform.requests(),
                count,
            ),
            ["text", title, part] => self.text(title, part),
            ["ledger", kind, count] => self.ledger(kind, count),
            other => self.change_files(other, step),
        }
    }

    /// Runs a step that does not run the program.
    fn change_files(&mut self, words: &[&str], step: &Step) -> Result<(), String> {
        match words {
            ["pipeline"] => self
                .workspace
                .write("pipeline.yaml", &posts::lines(&step.block)),
            ["policy", rule @ ..] => {
                let pipeline = self.workspace.read("pipeline.yaml")?;
                let rule = rule.join(" ");
                self.workspace
                    .write("pipeline.yaml", &format!("{pipeline}  {rule}\n"))
            }
            ["file", path] => self.workspace.write(path, &posts::lines(&step.block)),
            ["post", path] => self.workspace.write(path, &posts::post(&step.block)?),
            ["replace", path, old, new] => {
                let text = self.workspace.read(path)?;
                let [old, new] = [old, new].map(|part| part.replace("\\n", "\n"));
                if !text.contains(&old) {
                    return Err(format!("`{path}` has no `{old}`\n{text}"));
                }
                self.workspace.write(path, &text.replace(&old, &new))
            }
            ["cut", path, count] => self.workspace.cut(path, count),
            ["rename", from, to] => self.workspace.rename(from, to),
            ["copy", from, to] => self.workspace.copy(from, to),
            ["append", from, to] => {
                let text = self.workspace.read(to)? + &self.workspace.read(from)?;
                self.workspace.write(to, &text)
            }
            ["delete", path] => self.workspace.delete(path),
            ["link", to, name] => self.workspace.link(to, name),
            ["linked", path] => {
                let link = self.workspace.path(path).is_symlink();
                link.then_some(())
                    .ok_or_else(|| format!("`{path}` is not a link"))
            }
            ["git", arguments @ ..] => self.workspace.git(arguments),
            ["commit"] => {
                self.workspace.git(&["add", "-A"])?;
                self.workspace.git(&["commit", "--quiet", "-m", "A commit"])
            }
            ["repository"] => self.workspace.repository(),
            ["clone", name] => {
                let to = format!("../{name}");
                self.workspace
                    .git(&["clone", "--quiet", "../origin.git", &to])
            }
            ["in", folder] => self.workspace.enter(folder),
            ["machine", name] => {
                self.workspace.switch_machine(name);
                Ok(())
            }
            ["now", instant] => {
                self.workspace.set("SYNDICATE_NOW", instant);
                Ok(())
            }
            ["env", name, value] => {
                self.workspace.set(name, value);
                Ok(())
            }
            other => Err(format!("no such step: {other:?}")),
        }
    }

    /// Starts a ledger that treats existing posts as new, and sends them.
    fn begin(&self) -> Result<(), String> {
        let output = self.workspace.program(&["build", "--backfill"]).output();
        let output = output.map_err(|error| error.to_string())?;
        let began = output.status.code() == Some(0);
        began.then_some(()).ok_or_else(|| combined_output(&output))
    }

    fn build(&self, arguments: &[&str], step: &Step) -> Result<(), String> {
        let shown = arguments
            .is_empty()
            .then(|| self.json(&["preview", "--json"]));
        let shown = shown.transpose()?;
        let built = self.json(&[&["build", "--json"], arguments].concat())?;
        compare(&built, step)?;
        match shown {
            Some(shown) => compare_with_preview(&shown, &built),
            None => Ok(()),
        }
    }

    fn json(&self, arguments: &[&str]) -> Result<Outcome, String> {
        let output = self.workspace.program(arguments).output();
        let output = output.map_err(|error| error.to_string())?;
        let stdout = String::from_utf8_lossy(&output.stdout);
        let (code, written) = (output.status.code(), combined_output(&output));
        Ok(Outcome::of_plan(code, &stdout, written))
    }

    fn watch(&self, step: &Step) -> Result<(), String> {
        let mut watching = WatchProcess::start(&self.workspace)?;
        watching.settle()?;
        compare(&watching.stop()?, step)
    }

    /// Runs any command; the lines below the step give its exit code and parts of its output.
    fn run(&self, arguments: &[&str], step: &Step) -> Result<(), String> {
        let output = self.workspace.program(arguments).output();
        let output = output.map_err(|error| error.to_string())?;
        let written = combined_output(&output);
        let mut exits = "0".to_owned();
        for line in step.block.iter().filter(|line| !line.is_empty()) {
            let words = words(line).unwrap_or_default();
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let holds = match words.as_slice() {
                ["exit", codes] => {
                    exits = (*codes).to_owned();
                    true
                }
                ["says", parts @ ..] => parts.iter().all(|part| written.contains(part)),
                ["silent", parts @ ..] => !parts.iter().any(|part| written.contains(part)),
                other => return Err(format!("this line says nothing: {other:?}")),
            };
            if !holds {
                return Err(format!("it does not hold: {line}\n{written}"));
            }
        }
        let code = output.status.code().map(|code| code.to_string());
        let expected = code.is_some_and(|code| exits.split('|').any(|exit| exit == code));
        expected
            .then_some(())
            .ok_or_else(|| format!("expected exit code {exits}\n{written}"))
    }

    /// Kills the sending process while its create request is at the platform.
    fn kill(&self, when: &str) -> Result<(), String> {
        let next = match when {
            "before" => NextRequest::HeldBefore,
            _ => NextRequest::HeldAfter,
        };
        self.workspace.platform.set_next(next);
        let verb = match self.mode {
            SendCommand::Build => "build",
            SendCommand::Watch => "watch",
        };
        let mut child = spawn_silent(self.workspace.program(&[verb]))?;
        let reached = self.workspace.platform.wait_for_held();
        child.kill().map_err(|error| error.to_string())?;
        child.wait().map_err(|error| error.to_string())?;
        if when == "after" {
            self.workspace.platform.release();
        }
        reached
    }

    /// Starts a `build` whose request is held at the platform.
    fn start(&mut self) -> Result<(), String> {
        self.workspace.platform.set_next(NextRequest::HeldBefore);
        self.held = Some(spawn_silent(self.workspace.program(&["build"]))?);
        self.workspace.platform.wait_for_held()
    }

    /// Releases the held `build` and waits until it exits.
    fn release(&mut self, step: &Step) -> Result<(), String> {
        self.workspace.platform.release();
        let mut held = self.held.take().ok_or("nothing is held")?;
        let code = held.wait().map_err(|error| error.to_string())?.code();
        let expected = match step.block.first().map(|line| line.split_once(' ')) {
            Some(Some(("exit", code))) => code.parse().map_err(|_| "an exit code".to_owned())?,
            _ => 0,
        };
        if code == Some(expected) {
            return Ok(());
        }
        Err(format!("it ended with {code:?}, not {expected}"))
    }

    fn watch_start(&mut self) -> Result<(), String> {
        let mut watching = WatchProcess::start(&self.workspace)?;
        watching.settle()?;
        self.watching = Some(watching);
        Ok(())
    }

    fn watch_stop(&mut self, step: &Step) -> Result<(), String> {
        let mut watching = self.watching.take().ok_or("nothing watches")?;
        watching.settle()?;
        let mut outcome = watching.stop()?;
        // A separate step waits for the error that paused `watch`.
        outcome.stopped = None;
        compare(&outcome, step)
    }

    fn live(&mut self) -> Result<&mut WatchProcess, String> {
        self.watching.as_mut().ok_or("nothing watches".to_owned())
    }

    fn platform(&self, what: &[&str]) -> Result<(), String> {
        let platform = &self.workspace.platform;
        let status = |text: &str| text.parse().map_err(|_| format!("no status: {text}"));
        match what {
            ["forgets"] => platform.forget(),
            ["takes", "it,", "then", "a", "gateway", "answers", code] => {
                platform.set_next(NextRequest::DoneThenHtml(status(code)?));
            }
            ["misses", "it,", "a", "gateway", "answers", code] => {
                platform.set_next(NextRequest::HtmlOnly(status(code)?));
            }
            other => return Err(format!("the platform cannot do that: {other:?}")),
        }
        Ok(())
    }

    fn text(&self, title: &str, part: &str) -> Result<(), String> {
        let posts = self.workspace.platform.posts();
        let found = posts.iter().find(|post| post["article"]["title"] == title);
        let text = found.and_then(|post| post["text"].as_str());
        let text = text.ok_or_else(|| format!("no post `{title}` on the platform"))?;
        let has = text.contains(part);
        has.then_some(())
            .ok_or_else(|| format!("its text is `{text}`"))
    }

    fn ledger(&self, kind: &str, count: &str) -> Result<(), String> {
        let ledger = self.workspace.read("syndicate.ledger.jsonl")?;
        let kinds = ledger.lines().filter(|line| {
            let event: serde_json::Value = serde_json::from_str(line).unwrap_or_default();
            event["kind"] == kind
        });
        equal("such lines of the ledger", kinds.count(), count)
            .map_err(|error| error + "\n" + &ledger)
    }

    /// Checks that no post was sent twice, and that one more run sends nothing.
    fn finish(&self, row: &Row) -> Result<(), String> {
        let before = self.workspace.platform.posts();
        assert_unique(row, &before)?;
        if row.unfinished.is_some() {
            return Ok(());
        }
        let again = self.json(&["build", "--json"])?;
        let after = self.workspace.platform.posts();
        let stays = before == after;
        stays
            .then_some(())
            .ok_or_else(|| format!("one more run sends again\n{}", again.lines()))
    }
}

/// Starts a program and discards its output.
fn spawn_silent(mut command: std::process::Command) -> Result<std::process::Child, String> {
    let command = command
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null());
    command.spawn().map_err(|error| error.to_string())
}

fn equal(what: &str, is: usize, should: &str) -> Result<(), String> {
    if is.to_string() == should {
        return Ok(());
    }
    Err(format!("{what}: {is}, not {should}"))
}
