//! Finds import cycles between the files of a crate. A file imports another one if it uses a name that
//! the other one defines. A re-export alone is not an import, so that a `mod.rs` can re-export items of
//! its children.

mod edges;
mod graph;
mod modules;
mod paths;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::Result;
use petgraph::graphmap::DiGraphMap;

use crate::report::print_line;
use crate::workspace::packages;

use self::edges::{Edge, edges};
use self::modules::read_crate;

/// Prints every cycle of every crate. Returns `true` if there are none.
///
/// # Errors
/// Fails if a source file cannot be read.
pub(crate) fn check() -> Result<bool> {
    let mut count = 0;
    for package in packages()? {
        let Some(root) = package.root_file() else {
            continue;
        };
        let folder = package.folder();
        for cycle in cycles(&root)? {
            count += 1;
            print_line(&format!(
                "import cycle in `{}` of {} files:",
                package.name,
                cycle.files.len()
            ));
            for edge in &cycle.edges {
                print_line(&format!("  {}", edge.display(&folder)));
            }
        }
    }
    print_line(&match count {
        0 => "no import cycles".to_owned(),
        1 => "error: 1 import cycle".to_owned(),
        count => format!("error: {count} import cycles"),
    });
    Ok(count == 0)
}

/// Files that import each other, directly or through others.
#[derive(Debug)]
struct Cycle {
    files: BTreeSet<PathBuf>,
    edges: Vec<Edge>,
}

/// Returns the import cycles of the crate whose root file is `root`.
fn cycles(root: &Path) -> Result<Vec<Cycle>> {
    let krate = read_crate(root)?;
    let edges = edges(&krate);
    let mut graph = DiGraphMap::<&Path, ()>::new();
    for edge in &edges {
        graph.add_edge(&edge.from, &edge.to, ());
    }
    let components = petgraph::algo::tarjan_scc(&graph);
    let cyclic = components
        .into_iter()
        .filter(|component| component.len() > 1);
    Ok(cyclic
        .map(|component| {
            let files: BTreeSet<PathBuf> = component.into_iter().map(PathBuf::from).collect();
            let is_inside = |edge: &&Edge| files.contains(&edge.from) && files.contains(&edge.to);
            let edges = edges.iter().filter(is_inside).cloned().collect();
            Cycle { files, edges }
        })
        .collect())
}
