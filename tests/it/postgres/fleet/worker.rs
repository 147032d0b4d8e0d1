//! A worker: a folder in which `build` is started again and again.

use std::process::{Child, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

use crate::support::{Project, Run};

/// The interval in which the end of a process is looked for.
const POLL: Duration = Duration::from_millis(5);

/// The exit codes of a build that is not killed: the ledger could not be reached, a delivery failed, or an outcome is
/// unknown.
const EXITS: [i32; 4] = [0, 1, 3, 4];

/// A worker with its running build, which another thread may kill.
pub(super) struct Worker {
    pub(super) project: Project,
    build: Mutex<Option<Child>>,
    was_killed: AtomicBool,
    finished: AtomicUsize,
}

impl Worker {
    pub(super) fn new(project: Project) -> Self {
        Self {
            project,
            build: Mutex::default(),
            was_killed: AtomicBool::new(false),
            finished: AtomicUsize::new(0),
        }
    }

    /// Runs a build. Returns `None` if it is killed.
    pub(super) fn build(&self) -> Option<Run> {
        let arguments = ["build", "--json"];
        let mut command = self.project.command(&arguments);
        // Files, because a killed program leaves a pipe at any byte, and a full one would block it.
        let (out, err) = (self.project.path(".out"), self.project.path(".err"));
        let create = |path| std::fs::File::create(path).expect("a file");
        command
            .stdin(Stdio::null())
            .stdout(create(&out))
            .stderr(create(&err));
        self.was_killed.store(false, Ordering::SeqCst);
        *self.lock() = Some(command.spawn().expect("the program starts"));
        let status = loop {
            let ended = self.lock().as_mut().expect("a build").try_wait();
            if let Some(status) = ended.expect("a state") {
                break status;
            }
            std::thread::sleep(POLL);
        };
        *self.lock() = None;
        if self.was_killed.load(Ordering::SeqCst) && status.code().is_none() {
            return None;
        }
        let read = |path| std::fs::read(path).expect("a file");
        let output = std::process::Output {
            status,
            stdout: read(&out),
            stderr: read(&err),
        };
        let run = Run::of(&arguments, output);
        let is_expected = run.code.is_some_and(|code| EXITS.contains(&code));
        assert!(is_expected, "{run}");
        self.finished.fetch_add(1, Ordering::SeqCst);
        Some(run)
    }

    /// Returns the number of builds that were not killed.
    pub(super) fn finished(&self) -> usize {
        self.finished.load(Ordering::SeqCst)
    }

    /// Kills the build with SIGKILL, if one runs.
    pub(super) fn kill(&self) {
        if let Some(child) = self.lock().as_mut() {
            self.was_killed.store(true, Ordering::SeqCst);
            child.kill().expect("it is killed");
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<Child>> {
        self.build.lock().expect("no thread has panicked")
    }
}
