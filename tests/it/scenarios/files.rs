//! File changes that take several calls.

use super::workspace::Workspace;

impl Workspace {
    /// Makes the folder a git repository with a remote, and pushes it.
    pub(super) fn repository(&self) -> Result<(), String> {
        self.write(".gitattributes", "syndicate.ledger.jsonl merge=union\n")?;
        self.git(&["init", "--quiet", "--bare", "../origin.git"])?;
        self.git(&["init", "--quiet"])?;
        self.git(&["add", "-A"])?;
        self.git(&["commit", "--quiet", "-m", "The first commit"])?;
        self.git(&["remote", "add", "origin", "../origin.git"])?;
        self.git(&["push", "--quiet", "--set-upstream", "origin", "main"])
    }

    /// Removes lines from the end of a file.
    pub(super) fn cut(&self, path: &str, count: &str) -> Result<(), String> {
        let text = self.read(path)?;
        let count: usize = count.parse().map_err(|_| "a number".to_owned())?;
        let lines: Vec<&str> = text.lines().collect();
        let keep = lines.len().saturating_sub(count);
        let kept: String = lines[..keep]
            .iter()
            .map(|line| format!("{line}\n"))
            .collect();
        self.write(path, &kept)
    }
}
