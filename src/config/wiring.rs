//! Determines which items reach which sink, and through which transforms.
//!
//! Without `inputs` the transforms form one chain in the order of the file; `inputs` defines another
//! graph. No item may reach a sink on two routes, because it would be sent twice or not at all.

use syndicate_api::{Diagnostic, FileSpan};

use super::fault::invalid;

/// The name and inputs of a component.
#[derive(Clone, Debug)]
pub(super) struct WiredComponent {
    pub(super) name: String,
    pub(super) span: FileSpan,
    /// The names in `inputs`, with their positions.
    pub(super) inputs: Option<Vec<(String, FileSpan)>>,
}

/// A route from a source to a sink, as indices into the pipeline's lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Route {
    /// The source.
    pub source: usize,
    /// The transforms, in order.
    pub transforms: Vec<usize>,
    /// The sink.
    pub sink: usize,
}

/// Returns the routes, and reports errors in `inputs`.
pub(super) fn routes(
    sources: &[WiredComponent],
    transforms: &[WiredComponent],
    sinks: &[WiredComponent],
    faults: &mut Vec<Diagnostic>,
) -> Vec<Route> {
    let graph = Graph {
        sources,
        transforms,
    };
    graph.check_names(sinks, faults);
    let wired = transforms
        .iter()
        .chain(sinks)
        .any(|wire| wire.inputs.is_some());
    let before = faults.len();
    let mut routes = Vec::new();
    for (sink, wire) in sinks.iter().enumerate() {
        if wired && wire.inputs.is_none() {
            let message = format!(
                "sink `{}` needs `inputs`, since another component has them",
                wire.name
            );
            faults.push(invalid(wire.span, message));
            continue;
        }
        let mut ways = Vec::new();
        graph.ways_into(wire, transforms.len(), &mut Vec::new(), &mut ways, faults);
        for (source, _) in sources.iter().enumerate() {
            let mut from_here = ways.iter().filter(|(from, _)| *from == source);
            let Some((_, way)) = from_here.next() else {
                continue;
            };
            if from_here.next().is_some() {
                let message = format!(
                    "sink `{}` gets the items of `{}` on two routes",
                    wire.name, sources[source].name
                );
                faults.push(
                    invalid(wire.span, message).with_hint("remove one of them from `inputs`"),
                );
            }
            routes.push(Route {
                source,
                transforms: way.clone(),
                sink,
            });
        }
    }
    if faults.len() > before {
        Vec::new()
    } else {
        routes
    }
}

struct Graph<'a> {
    sources: &'a [WiredComponent],
    transforms: &'a [WiredComponent],
}

impl Graph<'_> {
    fn check_names(&self, sinks: &[WiredComponent], faults: &mut Vec<Diagnostic>) {
        let known: Vec<&str> = self
            .sources
            .iter()
            .chain(self.transforms)
            .map(|wire| wire.name.as_str())
            .collect();
        for wire in self.transforms.iter().chain(sinks) {
            for (input, span) in wire.inputs.iter().flatten() {
                if !known.contains(&input.as_str()) {
                    let hint = syndicate_api::suggest(input, &known);
                    let message = format!("`{}` has no input `{input}`", wire.name);
                    faults.push(invalid(*span, message).with_optional_hint(hint));
                }
            }
        }
    }

    /// Collects every route that ends in `wire`: the source and the transforms, in order. `position` is the
    /// number of transforms above it in the file.
    fn ways_into(
        &self,
        wire: &WiredComponent,
        position: usize,
        after: &mut Vec<usize>,
        ways: &mut Vec<(usize, Vec<usize>)>,
        faults: &mut Vec<Diagnostic>,
    ) {
        let Some(inputs) = &wire.inputs else {
            let mut chain: Vec<usize> = (0..position)
                .filter(|index| self.transforms[*index].inputs.is_none())
                .collect();
            chain.extend(after.iter().rev());
            ways.extend((0..self.sources.len()).map(|source| (source, chain.clone())));
            return;
        };
        for (input, span) in inputs {
            if let Some(source) = self.sources.iter().position(|wire| wire.name == *input) {
                ways.push((source, after.iter().rev().copied().collect()));
            } else if let Some(index) = self.transforms.iter().position(|wire| wire.name == *input)
            {
                if after.contains(&index) {
                    let message = format!("`{input}` is its own input");
                    faults.push(invalid(*span, message));
                    return;
                }
                after.push(index);
                self.ways_into(&self.transforms[index], index, after, ways, faults);
                after.pop();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wire(name: &str, inputs: Option<&[&str]>) -> WiredComponent {
        let inputs = inputs.map(|names| {
            names
                .iter()
                .map(|name| ((*name).to_owned(), FileSpan::at(1, 1)))
                .collect()
        });
        WiredComponent {
            name: name.to_owned(),
            span: FileSpan::at(1, 1),
            inputs,
        }
    }

    fn draw(
        sources: &[WiredComponent],
        transforms: &[WiredComponent],
        sinks: &[WiredComponent],
    ) -> Result<Vec<Route>, Vec<String>> {
        let mut faults = Vec::new();
        let routes = routes(sources, transforms, sinks, &mut faults);
        if faults.is_empty() {
            Ok(routes)
        } else {
            Err(faults.into_iter().map(|fault| fault.message).collect())
        }
    }

    #[test]
    fn transforms_without_inputs_form_chain() {
        let routes = draw(
            &[wire("a", None), wire("b", None)],
            &[wire("t", None), wire("u", None)],
            &[wire("s", None)],
        );
        let expected = |source| Route {
            source,
            transforms: vec![0, 1],
            sink: 0,
        };
        assert_eq!(routes.unwrap(), [expected(0), expected(1)]);
    }

    #[test]
    fn inputs_define_graph() {
        let routes = draw(
            &[wire("a", None), wire("b", None)],
            &[wire("t", Some(&["a"])), wire("u", Some(&["t"]))],
            &[wire("s", Some(&["u", "b"])), wire("r", Some(&["a"]))],
        );
        let expected = [
            Route {
                source: 0,
                transforms: vec![0, 1],
                sink: 0,
            },
            Route {
                source: 1,
                transforms: vec![],
                sink: 0,
            },
            Route {
                source: 0,
                transforms: vec![],
                sink: 1,
            },
        ];
        assert_eq!(routes.unwrap(), expected);
    }

    #[test]
    fn invalid_wiring_is_reported() {
        let sources = [wire("a", None)];
        for (transforms, sinks, expected) in [
            (
                vec![],
                vec![wire("s", Some(&["x"]))],
                "`s` has no input `x`",
            ),
            (
                vec![wire("t", Some(&["a"]))],
                vec![wire("s", None)],
                "sink `s` needs `inputs`, since another component has them",
            ),
            (
                vec![wire("t", Some(&["a"]))],
                vec![wire("s", Some(&["a", "t"]))],
                "sink `s` gets the items of `a` on two routes",
            ),
            (
                vec![wire("t", Some(&["u"])), wire("u", Some(&["t"]))],
                vec![wire("s", Some(&["t"]))],
                "`t` is its own input",
            ),
        ] {
            assert_eq!(draw(&sources, &transforms, &sinks).unwrap_err(), [expected]);
        }
    }
}
