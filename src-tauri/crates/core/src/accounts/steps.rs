//! The steps of connecting or testing an account: told as they happen, and kept for the answer.

use crate::shop::Shop;
use crate::views::{Event, Step, Supplier};

/// The steps so far.
pub(super) struct Steps<'a> {
    shop: &'a Shop,
    supplier: Supplier,
    account: &'a str,
    pub(super) steps: Vec<Step>,
}

impl<'a> Steps<'a> {
    pub(super) fn new(shop: &'a Shop, supplier: Supplier, account: &'a str) -> Self {
        Self {
            shop,
            supplier,
            account,
            steps: Vec::new(),
        }
    }

    pub(super) fn tick(&mut self, step: &str, ok: bool, detail: impl Into<String>) {
        let step = Step {
            step: step.to_owned(),
            ok,
            detail: detail.into(),
        };
        self.shop.tell(Event::ConnectStep {
            supplier: self.supplier,
            account: Some(self.account.to_owned()),
            step: step.clone(),
        });
        self.steps.push(step);
    }
}
