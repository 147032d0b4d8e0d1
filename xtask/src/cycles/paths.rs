//! Collects the paths in code: in `use` items, in types and expressions, and in macro calls.

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{Visit, visit_macro, visit_path};
use syn::{Item, Macro, Path, UseTree};

/// The segments of a path, such as `crate`, `engine`, `Plan`.
pub(super) type Segments = Vec<String>;

/// A name that a `use` item brings into scope.
#[derive(Debug)]
pub(super) enum Binding {
    /// `use path as name`.
    Name { name: String, path: Segments },
    /// `use path::*`.
    Glob { path: Segments },
}

impl Binding {
    /// Returns the imported path.
    pub(super) fn path(&self) -> &Segments {
        match self {
            Self::Name { path, .. } | Self::Glob { path } => path,
        }
    }

    /// Returns the full path of `first::rest` if this binding defines `first`.
    pub(super) fn expand(&self, first: &str, rest: &[String]) -> Option<Segments> {
        let mut path = match self {
            Self::Name { name, path } if name == first => path.clone(),
            // A path that is only its own name refers to another crate.
            Self::Name { .. } => return None,
            Self::Glob { path } => {
                let mut path = path.clone();
                path.push(first.to_owned());
                path
            }
        };
        path.extend_from_slice(rest);
        Some(path)
    }
}

/// Returns the bindings of a `use` tree.
pub(super) fn use_bindings(tree: &UseTree) -> Vec<Binding> {
    let mut bindings = Vec::new();
    collect(tree, &mut Vec::new(), &mut bindings);
    bindings
}

fn collect(tree: &UseTree, prefix: &mut Segments, bindings: &mut Vec<Binding>) {
    let bind = |name: String, last: &str, prefix: &Segments| {
        let mut path = prefix.clone();
        if last != "self" {
            path.push(last.to_owned());
        }
        Binding::Name { name, path }
    };
    match tree {
        UseTree::Path(tree) => {
            prefix.push(tree.ident.to_string());
            collect(&tree.tree, prefix, bindings);
            prefix.pop();
        }
        UseTree::Name(tree) => {
            let last = tree.ident.to_string();
            let name = if last == "self" {
                prefix.last().cloned().unwrap_or_default()
            } else {
                last.clone()
            };
            bindings.push(bind(name, &last, prefix));
        }
        UseTree::Rename(tree) => {
            bindings.push(bind(
                tree.rename.to_string(),
                &tree.ident.to_string(),
                prefix,
            ));
        }
        UseTree::Glob(_) => bindings.push(Binding::Glob {
            path: prefix.clone(),
        }),
        UseTree::Group(group) => {
            for tree in &group.items {
                collect(tree, prefix, bindings);
            }
        }
    }
}

/// Returns all paths that an item refers to, except paths in its child modules and `use` items.
pub(super) fn mentions(item: &Item) -> Vec<Segments> {
    let mut collector = Collector::default();
    match item {
        Item::Mod(_) | Item::Use(_) => {}
        item => collector.visit_item(item),
    }
    collector.paths
}

#[derive(Default)]
struct Collector {
    paths: Vec<Segments>,
}

impl<'ast> Visit<'ast> for Collector {
    fn visit_path(&mut self, path: &'ast Path) {
        if path.leading_colon.is_none() {
            let segments = path.segments.iter();
            let names = segments.map(|segment| segment.ident.to_string());
            self.paths.push(names.collect());
        }
        visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        scan(call.tokens.clone(), &mut self.paths);
        visit_macro(self, call);
    }
}

/// Collects the paths with two or more segments in the tokens of a macro call.
fn scan(tokens: TokenStream, paths: &mut Vec<Segments>) {
    let mut path = Segments::new();
    let mut colons = 0;
    let mut finish = |path: &mut Segments| {
        if path.len() > 1 {
            paths.push(std::mem::take(path));
        }
        path.clear();
    };
    let mut groups = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => {
                if colons != 2 {
                    finish(&mut path);
                }
                path.push(ident.to_string());
                colons = 0;
            }
            TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
            TokenTree::Group(group) => {
                finish(&mut path);
                groups.push(group.stream());
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => {
                finish(&mut path);
                colons = 0;
            }
        }
    }
    finish(&mut path);
    for group in groups {
        scan(group, paths);
    }
}
