//! Two changes to a template that passed the lint, so that it behaves as people expect of it.
//!
//! `{{x}}` becomes a call of the helper [`helpers::PRINT`]: it refuses to print a list or an object,
//! which handlebars would write as `[a, b]` or `[object]`. And `{{#each}}` and `{{#with}}` get an
//! empty `{{else}}` where there is none: in strict mode handlebars takes "nothing there" for a fault,
//! but these blocks ask whether something is there.

use handlebars::template::{HelperTemplate, Parameter, Template, TemplateElement};

use crate::engine::render::helpers;

pub(super) fn rewrite(template: &mut Template) {
    for element in &mut template.elements {
        match element {
            TemplateElement::Expression(call) | TemplateElement::HtmlExpression(call) => {
                print(call);
            }
            TemplateElement::HelperBlock(call) => block(call),
            _ => {}
        }
    }
}

fn print(call: &mut HelperTemplate) {
    if call.params.is_empty() && call.hash.is_empty() {
        let name = Parameter::Name(helpers::PRINT.to_owned());
        let value = std::mem::replace(&mut call.name, name);
        call.params.push(value);
    }
}

fn block(call: &mut HelperTemplate) {
    let is_question = matches!(call.name.as_name(), Some("each" | "with"));
    if is_question && call.inverse.is_none() {
        call.inverse = Some(Template::new());
    }
    call.template.iter_mut().for_each(rewrite);
    call.inverse.iter_mut().for_each(rewrite);
}
