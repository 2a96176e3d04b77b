//! The table that is printed: what was measured, beside what, how they compare, and what is wanted.

/// One line of it. Texts, because rows a second, milliseconds and MiB stand in one table.
pub struct Line {
    /// The section.
    pub section: &'static str,
    /// What was measured.
    pub what: String,
    /// SmartLinks.
    pub ours: String,
    /// What it stands beside; empty when there is nothing.
    pub beside: String,
    /// How the two compare, or the figure that is wanted.
    pub figure: String,
    /// What is wanted of the figure, and whether it is so.
    pub target: Target,
}

/// What is wanted.
pub struct Target {
    /// In words: `≥ 0.7`.
    pub wanted: String,
    /// Whether it is so; `None` where nothing is wanted.
    pub met: Option<bool>,
}

impl Target {
    /// At least `wanted`.
    pub fn least(figure: f64, wanted: f64, unit: &str) -> Self {
        Self {
            wanted: format!("≥ {wanted}{unit}"),
            met: Some(figure >= wanted),
        }
    }

    /// At most `wanted`.
    pub fn most(figure: f64, wanted: f64, unit: &str) -> Self {
        Self {
            wanted: format!("≤ {wanted}{unit}"),
            met: Some(figure <= wanted),
        }
    }

    /// Nothing: the figure is there to be looked at.
    pub fn none() -> Self {
        Self {
            wanted: String::new(),
            met: None,
        }
    }
}

impl Line {
    /// A line that says why there is nothing to show.
    pub fn skipped(section: &'static str, why: impl Into<String>) -> Self {
        Self {
            section,
            what: why.into(),
            ours: String::new(),
            beside: String::new(),
            figure: "skipped".into(),
            target: Target::none(),
        }
    }

    fn cells(&self) -> [String; 6] {
        let met = match self.target.met {
            Some(true) => " ✓",
            Some(false) => " MISSED",
            None => "",
        };
        [
            self.section.to_owned(),
            self.what.clone(),
            self.ours.clone(),
            self.beside.clone(),
            self.figure.clone(),
            format!("{}{met}", self.target.wanted),
        ]
    }
}

/// Prints the lines under one heading, columns aligned.
pub fn show(lines: &[Line]) {
    let head = [
        "section",
        "what",
        "SmartLinks",
        "beside",
        "figure",
        "wanted",
    ]
    .map(str::to_owned);
    let rows: Vec<[String; 6]> = std::iter::once(head)
        .chain(lines.iter().map(Line::cells))
        .collect();
    let width = |column: usize| {
        rows.iter()
            .map(|row| row[column].chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths: [usize; 6] = std::array::from_fn(width);
    println!();
    for (index, row) in rows.iter().enumerate() {
        let cells: Vec<String> = row
            .iter()
            .zip(widths)
            .map(|(cell, width)| format!("{cell:<width$}"))
            .collect();
        println!("| {} |", cells.join(" | "));
        if index == 0 {
            let rule: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
            println!("| {} |", rule.join(" | "));
        }
    }
}
