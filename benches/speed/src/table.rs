//! The table of results: limit, own figure, ratio, goal and verdict of each work.

use std::fmt;

/// The direction in which a figure is good.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Goal {
    /// The figure should not be greater.
    AtMost(f64),
    /// The figure should not be less.
    AtLeast(f64),
}

impl Goal {
    fn is_reached(self, figure: f64) -> bool {
        match self {
            Self::AtMost(most) => figure <= most,
            Self::AtLeast(least) => figure >= least,
        }
    }
}

impl fmt::Display for Goal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtMost(most) => write!(f, "≤ {most}"),
            Self::AtLeast(least) => write!(f, "≥ {least}"),
        }
    }
}

/// One row of the table.
struct Row {
    work: String,
    against: String,
    limit: String,
    ours: String,
    figure: f64,
    unit: &'static str,
    goal: Goal,
}

/// The table of results.
#[derive(Default)]
pub(crate) struct Table(Vec<Row>);

impl Table {
    /// Adds a ratio: `ours` and `limit` are its two sides in milliseconds.
    pub(crate) fn ratio(
        &mut self,
        work: impl Into<String>,
        against: &str,
        (limit, ours, figure): (f64, f64, f64),
        goal: Goal,
    ) {
        self.0.push(Row {
            work: work.into(),
            against: against.to_owned(),
            limit: format!("{limit:.1} ms"),
            ours: format!("{ours:.1} ms"),
            figure,
            unit: " ×",
            goal,
        });
    }

    /// Adds a figure that is compared with its goal alone.
    pub(crate) fn figure(
        &mut self,
        work: impl Into<String>,
        figure: f64,
        unit: &'static str,
        goal: Goal,
    ) {
        self.0.push(Row {
            work: work.into(),
            against: String::new(),
            limit: String::new(),
            ours: format!("{figure:.1}{unit}"),
            figure,
            unit,
            goal,
        });
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "| work | against | theirs | ours | figure | goal | verdict |"
        )?;
        writeln!(f, "|---|---|--:|--:|--:|--:|---|")?;
        for row in &self.0 {
            let Row {
                work,
                against,
                limit,
                ours,
                figure,
                unit,
                goal,
            } = row;
            let verdict = match goal.is_reached(*figure) {
                true => "reached",
                false => "not reached",
            };
            writeln!(
                f,
                "| {work} | {against} | {limit} | {ours} | {figure:.2}{unit} | {goal}{unit} | {verdict} |"
            )?;
        }
        Ok(())
    }
}
