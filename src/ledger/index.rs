//! Which events are about one and the same item: those that share a key, and those that share one
//! with those, and so on. A union-find over keys, in which the lists of members are merged into the
//! longer one, so that a lookup takes a logarithmic number of steps and changes nothing.

use std::collections::{BTreeSet, HashMap};

/// Groups of numbers, joined by keys.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    node_of: HashMap<String, usize>,
    nodes: Vec<Node>,
}

#[derive(Clone, Debug)]
enum Node {
    /// Joined to another node.
    Child(usize),
    /// The head of a group, with the group's members.
    Root(Vec<usize>),
}

impl Index {
    /// Puts `member` into the group of all `keys`, joining their groups.
    pub(super) fn insert(&mut self, member: usize, keys: &[&str]) {
        let mut group = None;
        for key in keys {
            let root = self.root_or_new(key);
            group = Some(group.map_or(root, |group| self.join(group, root)));
        }
        if let Some(Node::Root(members)) = group.map(|group| &mut self.nodes[group]) {
            members.push(member);
        }
    }

    /// The members of every group that has one of `keys`.
    pub(super) fn members<'a>(
        &'a self,
        keys: &'a [String],
    ) -> impl Iterator<Item = usize> + use<'a> {
        let roots: BTreeSet<usize> = keys
            .iter()
            .filter_map(|key| self.node_of.get(key))
            .map(|node| self.root(*node))
            .collect();
        roots
            .into_iter()
            .flat_map(|root| self.members_of(root).iter().copied())
    }

    /// Whether any member was put in by this key.
    pub(super) fn has(&self, key: &str) -> bool {
        self.node_of.contains_key(key)
    }

    /// The members of each group.
    pub(super) fn groups(&self) -> impl Iterator<Item = &[usize]> {
        self.nodes.iter().filter_map(|node| match node {
            Node::Root(members) => Some(members.as_slice()),
            Node::Child(_) => None,
        })
    }

    fn root_or_new(&mut self, key: &str) -> usize {
        if let Some(node) = self.node_of.get(key) {
            return self.root(*node);
        }
        self.nodes.push(Node::Root(Vec::new()));
        let node = self.nodes.len() - 1;
        self.node_of.insert(key.to_owned(), node);
        node
    }

    fn root(&self, mut node: usize) -> usize {
        while let Node::Child(parent) = self.nodes[node] {
            node = parent;
        }
        node
    }

    fn members_of(&self, root: usize) -> &[usize] {
        match &self.nodes[root] {
            Node::Root(members) => members,
            Node::Child(_) => &[],
        }
    }

    fn join(&mut self, a: usize, b: usize) -> usize {
        if a == b {
            return a;
        }
        let (longer, shorter) = if self.members_of(a).len() >= self.members_of(b).len() {
            (a, b)
        } else {
            (b, a)
        };
        let joined = std::mem::replace(&mut self.nodes[shorter], Node::Child(longer));
        if let (Node::Root(members), Node::Root(more)) = (&mut self.nodes[longer], joined) {
            members.extend(more);
        }
        longer
    }
}
