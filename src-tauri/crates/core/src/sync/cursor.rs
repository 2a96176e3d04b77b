//! Where a sync is and what comes next: pure, so that every way through it stands in a table of tests.
//!
//! A cursor is stored as text in the same transaction as the rows it stands for. A slice longer than CJ's searches reach
//! is cut in two (`slice`); where it was cut is remembered, so that the next run asks for the parts at once.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::slice::Slice;
use crate::error::{Code, Error, Result};
use crate::views::{Category, Scope};

/// Rows a search gives at most.
pub(crate) const CAP: u64 = 6_000;
/// Rows a page of a search.
pub(crate) const SEARCH_PAGE: u32 = 100;
/// Rows a page of "my products".
pub(crate) const MY_PAGE: u32 = 200;

/// What to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Next {
    /// Ask for the categories, to go through them one by one.
    Categories,
    /// A page of "my products".
    My { page: u32 },
    /// A page of a slice.
    Search { slice: Slice, page: u32 },
    /// Put the products whose details are due into the queue, the most urgent first.
    Queue,
    /// The details of the first products of the queue.
    Details,
    /// Nothing.
    End,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Stage {
    Categories,
    My,
    Search,
    Queue,
    Details,
    End,
}

/// Where a run is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Cursor {
    stage: Stage,
    details: bool,
    /// Slices to read; the last one is at work.
    slices: Vec<Slice>,
    page: u32,
    /// How old details may be, in hours; `None` leaves it to what they are worth.
    older_than_h: Option<u32>,
    /// Whether a list told of more rows than it gave, or could not be cut small enough to give them all.
    #[serde(default)]
    short: bool,
}

/// What a page brought.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Brought {
    /// Rows on it.
    pub rows: u64,
    /// Rows in all, as the supplier says.
    pub total: Option<u64>,
    /// The time, as the end of a slice that is cut by time.
    pub now: Timestamp,
}

impl Cursor {
    /// The beginning of a run.
    pub(crate) fn begin(scope: &Scope, details: bool, older_than_h: Option<u32>) -> Self {
        let search = |slice| (Stage::Search, vec![slice]);
        let (stage, slices) = match scope {
            Scope::MyProducts => (Stage::My, Vec::new()),
            Scope::Search(asked) => search(Slice::of(asked)),
            Scope::Category(id) => search(Slice {
                category: Some(id.clone()),
                ..Slice::default()
            }),
            Scope::All => (Stage::Categories, Vec::new()),
            Scope::Imported => (Stage::Queue, Vec::new()),
            // They are put into the queue when the run starts.
            Scope::Products(_) => (Stage::Details, Vec::new()),
        };
        Self {
            stage,
            details,
            slices,
            page: 1,
            // AliExpress counts no points: whoever refreshes what was imported wants all of it.
            older_than_h: older_than_h.or((*scope == Scope::Imported).then_some(0)),
            short: false,
        }
    }

    /// What to do next.
    pub(crate) fn next(&self) -> Next {
        match (self.stage, self.slices.last()) {
            (Stage::Categories, _) => Next::Categories,
            (Stage::My, _) => Next::My { page: self.page },
            (Stage::Search, Some(slice)) => Next::Search {
                slice: slice.clone(),
                page: self.page,
            },
            (Stage::Queue, _) => Next::Queue,
            (Stage::Details, _) => Next::Details,
            (Stage::Search | Stage::End, _) => Next::End,
        }
    }

    /// Whether the lists gave every row they told of: only then something that was not among them may be gone.
    pub(crate) fn is_whole(&self) -> bool {
        !self.short
    }

    /// How old details may be, if the owner said so.
    pub(crate) fn older_than(&self) -> Option<SignedDuration> {
        self.older_than_h
            .map(|hours| SignedDuration::from_hours(i64::from(hours)))
    }

    /// The slice at work with its two parts, if it must be cut before its rows are of use: it is longer than its pages reach.
    pub(crate) fn must_cut(&self, brought: Brought) -> Option<(Slice, Slice, Slice)> {
        if self.stage != Stage::Search
            || self.page != 1
            || brought.total.is_none_or(|total| total < CAP)
        {
            return None;
        }
        let slice = self.slices.last()?;
        let (first, second) = slice.cut(brought.now)?;
        Some((slice.clone(), first, second))
    }

    /// With slices that are known to be too long cut already.
    #[must_use]
    pub(crate) fn with_cuts(mut self, cuts: &HashMap<Slice, (Slice, Slice)>) -> Self {
        while self.stage == Stage::Search
            && self.page == 1
            && let Some((first, second)) = self.slices.last().and_then(|slice| cuts.get(slice))
        {
            self.slices.pop();
            self.slices.push(second.clone());
            self.slices.push(first.clone());
        }
        self
    }

    /// Behind the categories: each is a slice.
    #[must_use]
    pub(crate) fn after_categories(mut self, categories: &[Category]) -> Self {
        // Read from the back, so that the owner sees them in their order.
        self.slices = categories
            .iter()
            .rev()
            .map(|category| Slice {
                category: Some(category.id.clone()),
                ..Slice::default()
            })
            .collect();
        self.stage = Stage::Search;
        self.page = 1;
        self.listed_if_empty()
    }

    /// Behind a page.
    #[must_use]
    pub(crate) fn after_page(mut self, brought: Brought) -> Self {
        if let Some((_, first, second)) = self.must_cut(brought) {
            self.slices.pop();
            self.slices.push(second);
            self.slices.push(first);
            return self;
        }
        let size = u64::from(self.page_size());
        let before = u64::from(self.page - 1) * size;
        let told = brought
            .total
            .map(|total| total.saturating_sub(before).min(size));
        let out_of_reach =
            self.stage == Stage::Search && brought.total.is_some_and(|total| total >= CAP);
        self.short |= out_of_reach || told.is_none_or(|told| brought.rows < told);
        let more = match brought.total {
            Some(total) => self.page < self.last_page(total),
            None => brought.rows >= u64::from(self.page_size()),
        };
        if more {
            self.page += 1;
            return self;
        }
        self.page = 1;
        self.slices.pop();
        self.listed_if_empty()
    }

    /// The page to ask for, and behind it those that are certain to be asked for next, at most `most`. `total` is how many
    /// rows the list at work has, if a page of it told.
    pub(crate) fn upcoming(
        &self,
        total: Option<u64>,
        cuts: Option<&HashMap<Slice, (Slice, Slice)>>,
        most: usize,
    ) -> Vec<Next> {
        let mut pages = vec![self.next()];
        if let Some(last) = total.map(|total| self.last_page(total)) {
            let mut next = self.clone();
            while pages.len() < most && next.page < last {
                next.page += 1;
                pages.push(next.next());
            }
            // The first page of the next slice tells whether it has to be cut; a known cut needs no telling.
            if pages.len() < most && self.stage == Stage::Search {
                next.slices.pop();
                next.page = 1;
                if let Some(cuts) = cuts {
                    next = next.with_cuts(cuts);
                }
                pages.extend(Some(next.next()).filter(|next| *next != Next::End));
            }
        }
        pages
    }

    fn page_size(&self) -> u32 {
        if self.stage == Stage::My {
            MY_PAGE
        } else {
            SEARCH_PAGE
        }
    }

    /// The last page that can be read of a list of `total` rows.
    fn last_page(&self, total: u64) -> u32 {
        let rows = if self.stage == Stage::My {
            total
        } else {
            total.min(CAP)
        };
        u32::try_from(rows.div_ceil(u64::from(self.page_size()))).unwrap_or(u32::MAX)
    }

    /// Behind the filling of the queue.
    #[must_use]
    pub(crate) fn after_queue(mut self) -> Self {
        self.stage = Stage::Details;
        self
    }

    /// Behind the last of the queue.
    #[must_use]
    pub(crate) fn after_details(mut self) -> Self {
        self.stage = Stage::End;
        self
    }

    fn listed_if_empty(mut self) -> Self {
        if self.slices.is_empty() {
            self.stage = if self.details {
                Stage::Queue
            } else {
                Stage::End
            };
        }
        self
    }

    /// As text for the database.
    pub(crate) fn text(&self) -> Result<String> {
        serde_json::to_string(self)
            .map_err(|error| Error::new(Code::Unexpected, format!("cursor: {error}")))
    }

    /// From the text of the database.
    pub(crate) fn read(text: &str) -> Result<Self> {
        serde_json::from_str(text)
            .map_err(|error| Error::new(Code::DatabaseCorrupt, format!("cursor: {error}")))
    }
}

#[cfg(test)]
mod tests;
