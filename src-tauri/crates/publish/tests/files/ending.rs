//! How an export ends: whole, or without a trace.

use std::ops::ControlFlow;
use std::path::Path;

use smartlinks_core::export::{self, Product, Sink, Stop};
use smartlinks_core::views::{Event, ExportSelection};
use smartlinks_core::{Code, Error, Result};
use smartlinks_publish::csv::Target;

use crate::catalogue::Catalogue;

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[tokio::test]
async fn an_export_the_owner_stops_leaves_the_file_of_yesterday_as_it_was() {
    let catalogue = Catalogue::of_every_kind().await;
    let path = catalogue.path("out.csv");
    std::fs::write(&path, "yesterday").unwrap();
    let before = names(catalogue.folder.path());
    let stop = Stop::default();
    stop.ask();
    let error = catalogue
        .try_export(Target::File(path.clone()), stop)
        .await
        .unwrap_err();
    assert_eq!(error.code, Code::Stopped);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "yesterday");
    assert_eq!(
        names(catalogue.folder.path()),
        before,
        "and no half-written file beside it"
    );
}

#[tokio::test]
async fn a_target_that_cannot_be_written_is_said_before_anything_is_read() {
    let catalogue = Catalogue::of_every_kind().await;
    for (path, code) in [
        (catalogue.path("no/such/folder/out.csv"), Code::Disk),
        (catalogue.folder.path().to_path_buf(), Code::BadInput),
    ] {
        let outcome = catalogue
            .try_export(Target::File(path), Stop::default())
            .await;
        assert_eq!(outcome.unwrap_err().code, code);
    }
    assert_eq!(names(catalogue.folder.path()), ["data"]);
}

#[tokio::test]
async fn downloads_never_overwrite_each_other() {
    let catalogue = Catalogue::of_every_kind().await;
    let folder = catalogue.path("downloads");
    for _ in 0..2 {
        let target = Target::NewIn {
            folder: folder.clone(),
            name: "smartlinks-shopify".into(),
        };
        catalogue.try_export(target, Stop::default()).await.unwrap();
    }
    assert_eq!(
        names(&folder),
        ["smartlinks-shopify (2).csv", "smartlinks-shopify.csv"]
    );
}

#[cfg(unix)]
#[tokio::test]
async fn the_file_is_as_readable_as_any_other_of_the_owner() {
    use std::os::unix::fs::PermissionsExt as _;
    let catalogue = Catalogue::of_every_kind().await;
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode();
    let (ours, plain) = (catalogue.path("out.csv"), catalogue.path("plain.txt"));
    std::fs::write(&plain, "x").unwrap();
    catalogue
        .try_export(Target::File(ours.clone()), Stop::default())
        .await
        .unwrap();
    assert_eq!(mode(&ours), mode(&plain));
}

/// A sync that goes on while the file is written.
struct Meddling {
    door: rusqlite::Connection,
    seen: Vec<String>,
}

impl Sink for Meddling {
    fn take(&mut self, product: &Product) -> Result<ControlFlow<()>> {
        if self.seen.is_empty() {
            let changed = self
                .door
                .execute("UPDATE products SET title = 'changed'", [])
                .and_then(|_| self.door.execute("DELETE FROM variants", []));
            changed.map_err(|error| Error::new(Code::Unexpected, error.to_string()))?;
        }
        self.seen
            .push(format!("{} {}", product.title, product.variants.len()));
        Ok(ControlFlow::Continue(()))
    }

    fn rows(&self) -> u64 {
        self.seen.len() as u64
    }
}

#[tokio::test]
async fn a_sync_in_the_middle_does_not_mix_two_moments_into_one_file() {
    let catalogue = Catalogue::of_every_kind().await;
    let mut events = catalogue.shop.events();
    let sink = Meddling {
        door: catalogue.door(),
        seen: Vec::new(),
    };
    let sink = export::read(&catalogue.shop, ExportSelection::All, Stop::default(), sink)
        .await
        .unwrap();
    assert_eq!(sink.seen.len(), 8);
    assert!(
        sink.seen.iter().all(|seen| !seen.starts_with("changed")),
        "{:?}",
        sink.seen
    );
    assert_eq!(sink.seen[2], "Lamp 2");
    let mut last = None;
    while let Ok(Event::ExportProgress { done, total, .. }) = events.try_recv() {
        last = Some((done, total));
    }
    assert_eq!(
        last,
        Some((8, 8)),
        "the last word of the progress is all of it"
    );
}
