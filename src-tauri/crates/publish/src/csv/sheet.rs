//! Rows of one width on their way to a file or to a preview: cells are put by column, everything else stays empty.
//!
//! The buffers are used again for every row, so that a million rows cost no memory.

use std::fmt::Write as _;
use std::io::Write;

use rust_decimal::Decimal;
use smartlinks_core::{Code, Error, Result};

use super::guard;

/// A row being filled, and where full rows go.
pub struct Sheet<W: Write> {
    out: csv::Writer<W>,
    cells: Vec<String>,
    rows: u64,
    guarded: u64,
}

impl<W: Write> Sheet<W> {
    /// A sheet under `columns`. Lines end with a line feed, as Shopify asks for and every reader takes.
    ///
    /// # Errors
    /// `Disk`.
    pub fn new(out: W, columns: &[&str]) -> Result<Self> {
        let mut out = csv::WriterBuilder::new()
            .buffer_capacity(256 * 1024)
            .from_writer(out);
        out.write_record(columns).map_err(|error| disk(&error))?;
        let mut sheet = Self {
            out,
            cells: vec![String::new(); columns.len()],
            rows: 0,
            guarded: 0,
        };
        sheet.end_group()?;
        Ok(sheet)
    }

    /// Puts words of a supplier or an owner, guarded.
    pub fn text(&mut self, column: usize, text: &str) {
        let (cell, guarded) = guard::guarded(text);
        self.guarded += u64::from(guarded);
        self.cells[column].push_str(&cell);
    }

    /// Puts the same if there is any.
    pub fn maybe(&mut self, column: usize, text: Option<&str>) {
        if let Some(text) = text {
            self.text(column, text);
        }
    }

    /// Puts one of our own words, which needs no guard.
    pub fn word(&mut self, column: usize, word: &str) {
        self.cells[column].push_str(word);
    }

    /// Puts a figure.
    pub fn number(&mut self, column: usize, number: impl std::fmt::Display) {
        // Writing to a string cannot fail.
        let _ = write!(self.cells[column], "{number}");
    }

    /// Puts an amount of money if there is one.
    pub fn money(&mut self, column: usize, amount: Option<Decimal>) {
        if let Some(amount) = amount {
            self.number(column, amount);
        }
    }

    /// The row is full.
    ///
    /// # Errors
    /// `Disk`.
    pub fn end_row(&mut self) -> Result<()> {
        self.out
            .write_record(&self.cells)
            .map_err(|error| disk(&error))?;
        for cell in &mut self.cells {
            cell.clear();
        }
        self.rows += 1;
        Ok(())
    }

    /// The rows since the last call belong together: what is written to may be divided here, and nowhere else.
    ///
    /// # Errors
    /// `Disk`.
    pub fn end_group(&mut self) -> Result<()> {
        self.out
            .flush()
            .map_err(|error| Error::new(Code::Disk, format!("the file: {error}")))
    }

    /// Full rows, headings not counted.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Cells that got an apostrophe.
    pub fn guarded(&self) -> u64 {
        self.guarded
    }

    /// What everything was written to.
    ///
    /// # Errors
    /// `Disk`.
    pub fn into_inner(self) -> Result<W> {
        self.out
            .into_inner()
            .map_err(|error| Error::new(Code::Disk, format!("the file: {}", error.error())))
    }
}

fn disk(error: &csv::Error) -> Error {
    Error::new(Code::Disk, format!("the file: {error}"))
}
