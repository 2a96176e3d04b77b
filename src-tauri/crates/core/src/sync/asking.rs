//! Asking a supplier on behalf of a run: a page of a list, again where that helps, with every call counted and every repeat
//! given its reason. What comes of it is `step`'s; single products are in `details`.

use std::sync::Arc;

use ::cj::{ListPage, ListV2Query};
use jiff::Timestamp;

use super::ahead::Wanted;
use super::budget::Spent;
use super::cursor::{MY_PAGE, Next, SEARCH_PAGE};
use super::slice::{DEAREST, OPEN, Slice};
use crate::error::{Code, Error, Result};
use crate::shop::Shop;
use crate::supplier::{self, cj::Line};
use crate::views::{RepeatReason, Supplier, SyncReceipt};

/// How often an empty answer is asked again before it counts as unknown; it is a known habit of CJ's.
pub(super) const EMPTY_TRIES: u32 = 3;

/// Asks for one thing.
pub(super) struct Asking {
    pub shop: Shop,
    pub supplier: Supplier,
    pub account: String,
    /// What this one thing cost.
    pub spent: Arc<Spent>,
    pub cj: Line,
}

impl Asking {
    /// On behalf of a run, with what is kept of its token in `cj`.
    pub(super) fn of_run(shop: &Shop, of: &SyncReceipt, cj: &Line) -> Self {
        let spent = Spent::of_run(of.run);
        Self {
            shop: shop.clone(),
            supplier: of.supplier,
            account: of.account.clone(),
            cj: cj.counting(&spent),
            spent,
        }
    }

    /// What an answer means to the run; a call that has to be made again is counted with its reason.
    pub(super) async fn answered<T>(&mut self, answer: ::cj::Result<T>) -> Result<Option<T>> {
        let answered = self.cj.answered(answer).await;
        match &answered {
            Ok(Some(_)) => {}
            Ok(None) => self.spent.again(RepeatReason::TokenRefused),
            Err(error) => {
                if let Some(reason) = reason(error.code) {
                    self.spent.again(reason);
                }
            }
        }
        answered
    }
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PageOf(pub(super) Next);

impl Wanted for PageOf {
    type Came = ListPage;
    const UNPACED: bool = true;

    /// An empty page where rows must be is asked for again; it is never taken for the end.
    async fn ask(&self, asking: &mut Asking) -> Result<ListPage> {
        let mut tries = 0;
        loop {
            let session = asking.cj.session().await?;
            let answer = match &self.0 {
                Next::My { page } => session.my_products(*page, MY_PAGE).await,
                Next::Search { slice, page } => session.list_v2(&query(slice, *page)).await,
                other => {
                    let why = format!("{other:?} is no page of a list");
                    return Err(Error::new(Code::Unexpected, why));
                }
            };
            let empty = match answer {
                Ok(page)
                    if page.items.is_empty()
                        && (tries + 1 < EMPTY_TRIES || page.total != Some(0)) =>
                {
                    Error::new(
                        Code::SupplierAnswer,
                        "CJ sent an empty page where products must be",
                    )
                }
                Err(error) if error.empty => supplier::cj::refused(&asking.shop, error),
                answer => match asking.answered(answer).await? {
                    Some(page) => return Ok(page),
                    None => continue,
                },
            };
            asking.spent.again(RepeatReason::EmptyAnswer);
            tries += 1;
            if tries >= EMPTY_TRIES {
                return Err(empty);
            }
        }
    }
}

/// Why a call that ended so will be made again; `None` when it will not.
pub(super) fn reason(code: Code) -> Option<RepeatReason> {
    match code {
        // Counted where it is refused: a call is repeated there without anybody hearing of it.
        Code::RateLimited => None,
        Code::QuotaSpent => Some(RepeatReason::PointsSpent),
        Code::Network => Some(RepeatReason::Network),
        Code::SupplierDown => Some(RepeatReason::SupplierDown),
        Code::SupplierAnswer => Some(RepeatReason::BadAnswer),
        Code::NotFound | Code::SupplierRefused => None,
        _ => Some(RepeatReason::AccountRefused),
    }
}

fn query(slice: &Slice, page: u32) -> ListV2Query {
    let time = |second: i64| Timestamp::from_second(second).ok();
    ListV2Query {
        words: slice.words.clone(),
        category_id: slice.category.clone(),
        country: slice.country.clone(),
        price_min: slice.price.map(|(low, _)| low),
        price_max: slice
            .price
            .map(|(_, high)| high)
            .filter(|high| *high != DEAREST),
        listed_from: slice.listed.and_then(|(from, _)| time(from)),
        listed_to: slice
            .listed
            .filter(|(_, to)| *to != OPEN)
            .and_then(|(_, to)| time(to)),
        page,
        size: SEARCH_PAGE,
    }
}
