//! Finds the names that an expression takes from outside.

use cel::IdedExpr;
use cel::common::ast::{EntryExpr, Expr};

/// Returns the variables of `expression` that no macro in it declares, each once and sorted.
pub(super) fn free_variables(expression: &IdedExpr) -> Vec<String> {
    let mut found = Vec::new();
    collect(&expression.expr, &mut Vec::new(), &mut found);
    found.sort();
    found.dedup();
    found
}

/// Adds the variables of `expression` except those in `bound`.
fn collect<'e>(expression: &'e Expr, bound: &mut Vec<&'e str>, found: &mut Vec<String>) {
    match expression {
        Expr::Ident(name) => {
            if !bound.contains(&name.as_str()) {
                found.push(name.clone());
            }
        }
        Expr::Select(select) => collect(&select.operand.expr, bound, found),
        Expr::Call(call) => {
            for part in call.target.as_deref().into_iter().chain(&call.args) {
                collect(&part.expr, bound, found);
            }
        }
        Expr::List(list) => {
            for element in &list.elements {
                collect(&element.expr, bound, found);
            }
        }
        Expr::Map(map) => {
            for entry in &map.entries {
                collect_entry(&entry.expr, bound, found);
            }
        }
        Expr::Struct(value) => {
            for entry in &value.entries {
                collect_entry(&entry.expr, bound, found);
            }
        }
        Expr::Comprehension(loops) => {
            collect(&loops.iter_range.expr, bound, found);
            collect(&loops.accu_init.expr, bound, found);
            let outer = bound.len();
            bound.extend([loops.iter_var.as_str(), loops.accu_var.as_str()]);
            bound.extend(loops.iter_var2.as_deref());
            for part in [&loops.loop_cond, &loops.loop_step, &loops.result] {
                collect(&part.expr, bound, found);
            }
            bound.truncate(outer);
        }
        Expr::Unspecified | Expr::Literal(_) => {}
    }
}

fn collect_entry<'e>(entry: &'e EntryExpr, bound: &mut Vec<&'e str>, found: &mut Vec<String>) {
    match entry {
        EntryExpr::StructField(field) => collect(&field.value.expr, bound, found),
        EntryExpr::MapEntry(entry) => {
            collect(&entry.key.expr, bound, found);
            collect(&entry.value.expr, bound, found);
        }
    }
}
