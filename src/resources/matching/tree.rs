//! Path patterns in a tree by their segments: those that match a path, or overlap a pattern, are found without a look at
//! the others.
//!
//! It is walked as the automaton that all patterns are together. A step costs the patterns that still fit, not those that
//! there are; both walks are exact, because a segment of one pattern can be chosen without regard to the next.

use std::collections::{BTreeMap, BTreeSet};

use super::segment;
use crate::resources::{PathPattern, ResourcePath};

/// Values by path patterns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PatternTree<T>(Node<T>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Node<T> {
    /// What belongs to the pattern that ends here.
    values: BTreeSet<T>,
    literals: BTreeMap<Box<str>, Node<T>>,
    globs: BTreeMap<Box<str>, Node<T>>,
    any_depth: Option<Box<Node<T>>>,
    /// Whether it stands behind `**`, so that it may take any number of segments.
    is_deep: bool,
}

impl<T: Ord> PatternTree<T> {
    pub(crate) fn insert(&mut self, pattern: &PathPattern, value: T) {
        let end = pattern.segments().fold(&mut self.0, Node::below);
        end.values.insert(value);
    }

    pub(crate) fn remove(&mut self, pattern: &PathPattern, value: &T) {
        self.0.remove(pattern.segments(), value);
    }

    /// Whether it holds nothing.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What belongs to the patterns that match a path.
    pub(crate) fn matching(&self, path: &ResourcePath) -> BTreeSet<&T> {
        let mut level = Level::default();
        level.enter(&self.0);
        for segment in path.segments() {
            let mut next = Level::default();
            for node in level.nodes {
                if node.is_deep {
                    next.enter(node);
                }
                node.taking(segment).for_each(|child| next.enter(child));
            }
            level = next;
        }
        level.nodes.into_iter().flat_map(|node| &node.values).collect()
    }

    /// What belongs to the patterns that overlap one; nothing where that takes more than `most` steps.
    pub(crate) fn overlapping(&self, pattern: &PathPattern, most: usize) -> Option<BTreeSet<&T>> {
        let segments: Vec<&str> = pattern.segments().collect();
        let mut found = BTreeSet::default();
        let mut seen = BTreeSet::default();
        let mut open = vec![(&self.0, segments.as_slice())];
        while let Some((node, rest)) = open.pop() {
            if !seen.insert((std::ptr::from_ref(node), rest.len())) {
                continue;
            }
            if seen.len() > most {
                return None;
            }
            open.extend(node.any_depth.iter().map(|deep| (&**deep, rest)));
            match rest {
                [] => found.extend(&node.values),
                [PathPattern::ANY_DEPTH, behind @ ..] => {
                    open.push((node, behind));
                    open.extend(node.children().map(|(_, child)| (child, rest)));
                }
                [segment, behind @ ..] => {
                    if node.is_deep {
                        open.push((node, behind));
                    }
                    if segment.contains('*') {
                        let sharing = node.children().filter(|(other, _)| segment::overlap(segment, other));
                        open.extend(sharing.map(|(_, child)| (child, behind)));
                    } else {
                        open.extend(node.taking(segment).map(|child| (child, behind)));
                    }
                }
            }
        }
        Some(found)
    }
}

impl<T> Default for PatternTree<T> {
    fn default() -> Self {
        Self(Node::new(false))
    }
}

impl<T> Node<T> {
    fn new(is_deep: bool) -> Self {
        let (literals, globs) = (BTreeMap::default(), BTreeMap::default());
        Self { values: BTreeSet::default(), literals, globs, any_depth: None, is_deep }
    }

    fn is_empty(&self) -> bool {
        self.values.is_empty()
            && self.literals.is_empty()
            && self.globs.is_empty()
            && self.any_depth.is_none()
    }

    fn children(&self) -> impl Iterator<Item = (&str, &Self)> {
        self.literals.iter().chain(&self.globs).map(|(segment, child)| (&**segment, child))
    }

    /// What stands behind the segments that take a text.
    fn taking(&self, text: &str) -> impl Iterator<Item = &Self> {
        let globs = self.globs.iter().filter(move |(glob, _)| segment::takes(glob, text));
        self.literals.get(text).into_iter().chain(globs.map(|(_, child)| child))
    }

    fn below(&mut self, segment: &str) -> &mut Self {
        let children = match segment {
            PathPattern::ANY_DEPTH => {
                return self.any_depth.get_or_insert_with(|| Box::new(Self::new(true)));
            }
            _ if segment.contains('*') => &mut self.globs,
            _ => &mut self.literals,
        };
        children.entry(segment.into()).or_insert_with(|| Self::new(false))
    }
}

impl<T: Ord> Node<T> {
    /// Takes a value out, and the branches that hold nothing then.
    fn remove<'s>(&mut self, mut segments: impl Iterator<Item = &'s str>, value: &T) {
        let Some(segment) = segments.next() else {
            self.values.remove(value);
            return;
        };
        let child = self.below(segment);
        child.remove(segments, value);
        if child.is_empty() {
            match segment {
                PathPattern::ANY_DEPTH => self.any_depth = None,
                _ if segment.contains('*') => drop(self.globs.remove(segment)),
                _ => drop(self.literals.remove(segment)),
            }
        }
    }
}

/// Where the patterns are after some segments of a path.
struct Level<'a, T> {
    nodes: Vec<&'a Node<T>>,
    /// Only those that take any number of segments can be met twice.
    deep: BTreeSet<*const Node<T>>,
}

impl<T> Default for Level<'_, T> {
    fn default() -> Self {
        Self { nodes: Vec::new(), deep: BTreeSet::default() }
    }
}

impl<'a, T> Level<'a, T> {
    fn enter(&mut self, node: &'a Node<T>) {
        if node.is_deep && !self.deep.insert(node) {
            return;
        }
        self.nodes.push(node);
        node.any_depth.iter().for_each(|deep| self.enter(deep));
    }
}
