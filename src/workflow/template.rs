//! Renders the templates. Expressions of the CI host look like handlebars' own (`${{ github.ref }}`), so each
//! `${{` is escaped before a template is parsed.

use anyhow::Context as _;
use handlebars::Handlebars;
use serde::Serialize;

/// Renders `template` with the `partials`, each a name and its text.
pub(super) fn render(
    template: &str,
    partials: &[(&str, &str)],
    context: &impl Serialize,
) -> anyhow::Result<String> {
    let mut registry = Handlebars::new();
    registry.set_strict_mode(true);
    registry.register_escape_fn(handlebars::no_escape);
    for (name, text) in partials {
        registry
            .register_partial(name, escape_expressions(text))
            .with_context(|| format!("cannot parse the template `{name}`"))?;
    }
    registry
        .render_template(&escape_expressions(template), context)
        .context("cannot render the workflow")
}

fn escape_expressions(text: &str) -> String {
    text.replace("${{", "$\\{{")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expression_of_host_survives() {
        let context = serde_json::json!({"name": "TOKEN", "is_on": true});
        let text = "{{#if is_on}}\na: ${{ secrets.{{name}} }}\n{{/if}}\n{{> more}}\n";
        let text = render(text, &[("more", "b: ${{ x || 'y' }}\n")], &context).unwrap();
        assert_eq!(text, "a: ${{ secrets.TOKEN }}\nb: ${{ x || 'y' }}\n");
    }
}
