//! Products → Export: files for a shop and the price rules that make their prices.

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use smartlinks_core::export::Stop;
use smartlinks_core::pricing;
use smartlinks_core::views::{
    ExportFormat, ExportPreview, ExportReceipt, ExportRequest, PricePreview, PriceRules,
    ProductQuery,
};
use smartlinks_core::{Code, Error, Result};
use smartlinks_publish::csv::{self, Target};
use tauri::State;

use crate::ipc_error::Answer;
use crate::state::AppState;

/// Rows the window shows before a file is written.
const PREVIEWED: usize = 12;

/// The export at work, and the files written since the window opened.
#[derive(Debug, Default)]
pub struct Exports {
    running: Mutex<Option<Stop>>,
    files: Mutex<Vec<String>>,
}

impl Exports {
    /// One at a time: two would fight for the disk and tell their progress over each other.
    fn begin(&self) -> Result<Stop> {
        let mut running = held(&self.running);
        if running.is_some() {
            return Err(Error::new(Code::BadInput, "an export is at work already"));
        }
        let stop = Stop::default();
        *running = Some(stop.clone());
        Ok(stop)
    }

    fn end(&self, files: &[String]) {
        *held(&self.running) = None;
        held(&self.files).extend_from_slice(files);
    }

    /// A page may have shown only what was written here: the window opens no folder of its choice.
    fn written(&self, file: &str) -> Result<PathBuf> {
        if held(&self.files).iter().any(|known| known == file) {
            Ok(PathBuf::from(file))
        } else {
            Err(Error::new(Code::NotFound, "no file that was exported here"))
        }
    }
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The first rows of a file, before it is written.
///
/// # Errors
/// Those of the database.
#[tauri::command]
pub async fn export_preview(
    state: State<'_, AppState>,
    request: ExportRequest,
) -> Answer<ExportPreview> {
    state
        .ask(|shop| async move { csv::preview(&shop, request, PREVIEWED).await })
        .await
}

/// Writes a file where downloads go and answers once it is there. Progress comes as events; a window that was closed and opened
/// again hears the end as one too.
///
/// # Errors
/// `Stopped`, `Disk`; `BadInput` while another export is at work.
#[tauri::command]
pub async fn export_start(
    state: State<'_, AppState>,
    exports: State<'_, Exports>,
    request: ExportRequest,
) -> Answer<ExportReceipt> {
    let stop = exports.begin().map_err(|error| state.explain(&error))?;
    let downloads = state.start().downloads.clone();
    let answer = state
        .ask(|shop| async move {
            let folder = downloads.ok_or_else(|| {
                Error::new(Code::Disk, "this computer names no folder for downloads")
            })?;
            let name = match request.format {
                ExportFormat::Generic => "smartlinks-products",
                ExportFormat::Shopify => "smartlinks-shopify",
                ExportFormat::Woocommerce => "smartlinks-woocommerce",
            };
            let name = name.to_owned();
            csv::write(&shop, request, Target::NewIn { folder, name }, stop).await
        })
        .await;
    exports.end(match &answer {
        Ok(receipt) => &receipt.files,
        Err(_) => &[],
    });
    answer
}

/// Stops the export at work; nothing of it stays.
///
/// # Errors
/// None.
#[tauri::command]
pub fn export_stop(exports: State<'_, Exports>) {
    if let Some(stop) = held(&exports.running).as_ref() {
        stop.ask();
    }
}

/// Shows a file that was exported here in its folder.
///
/// # Errors
/// `NotFound` for any other file; `Disk` when it is gone or the desktop shows no folders.
#[tauri::command]
pub async fn export_reveal(
    state: State<'_, AppState>,
    exports: State<'_, Exports>,
    file: String,
) -> Answer<()> {
    let written = exports.written(&file);
    state
        .ask(|_| async move {
            let path = written?;
            tauri_plugin_opener::reveal_item_in_dir(&path)
                .map_err(|error| Error::new(Code::Disk, format!("{}: {error}", path.display())))
        })
        .await
}

/// The owner's price rules.
///
/// # Errors
/// Those of the database.
#[tauri::command]
pub async fn price_rules(state: State<'_, AppState>) -> Answer<PriceRules> {
    state
        .ask(|shop| async move { pricing::rules(&shop).await })
        .await
}

/// Keeps price rules; null goes back to the usual ones.
///
/// # Errors
/// `BadInput` for figures that cannot be meant.
#[tauri::command]
pub async fn set_price_rules(
    state: State<'_, AppState>,
    rules: Option<PriceRules>,
) -> Answer<PriceRules> {
    state
        .ask(|shop| async move { pricing::set_rules(&shop, rules).await })
        .await
}

/// What rules would make of the first products of a query; nothing is kept.
///
/// # Errors
/// `BadInput` for figures that cannot be meant; those of the database.
#[tauri::command]
pub async fn price_preview(
    state: State<'_, AppState>,
    rules: PriceRules,
    query: ProductQuery,
) -> Answer<PricePreview> {
    state
        .ask(|shop| async move { pricing::preview(&shop, rules, query).await })
        .await
}
