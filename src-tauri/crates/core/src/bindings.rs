//! Writes the TypeScript of every shape that crosses to the window. The result is committed; a test fails when it is stale.

use std::path::Path;

use ts_rs::{Config, TS};

use crate::error::{Code, Error, ErrorView, Result};
use crate::orders::OrderListQuery;
use crate::views;

/// Writes the files into `folder`, one a type.
///
/// # Errors
/// `Disk` when a file cannot be written.
pub fn write(folder: &Path) -> Result<()> {
    let config = Config::new().with_out_dir(folder);
    macro_rules! export {
        ($($shape:ty),* $(,)?) => {
            $(<$shape>::export_all(&config).map_err(|error| Error::new(Code::Disk, error.to_string()))?;)*
        };
    }
    export!(
        ErrorView,
        crate::authorization::bridge::Kind,
        OrderListQuery,
        views::AlertRule,
        views::AliexpressApp,
        views::AliexpressConnection,
        views::Attempt,
        views::Category,
        views::CjConnection,
        views::Count,
        views::Day,
        views::Event,
        views::FreightQuotes,
        views::ExportPreview,
        views::ExportRequest,
        views::ImportResult,
        views::NewAlertRule,
        views::NamedOrder,
        views::OrderAdded,
        views::OrderDetail,
        views::OrderRow,
        views::PricePreview,
        views::PriceRules,
        views::Page<views::ProductRow>,
        views::Places,
        views::ProductDetail,
        views::ProductQuery,
        views::Recognised,
        views::SavedSearch,
        views::ScheduleState,
        views::Status,
        views::SupplierHit,
        views::SyncFailure,
        views::SyncPlan,
    );
    Ok(())
}
