//! The real window on a real display, as an owner would feel it: start, memory, rest, tabs, typing, and a million rows.
//!
//! Start and memory stand beside the smallest Tauri window with a React page, frames beside a ring of nodes written by hand, in
//! the same window. That rows are on the screen is read from the pixels of the display: each row is drawn once more where the
//! screen shows it, and both pictures must be the same; and it must be the product that the core has at that place.

use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;
use std::{fs, io};

use rusqlite::{Connection, OpenFlags};
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

use crate::child::{Suppliers, ask};
use crate::desktop::Desktop;
use crate::desktop::screen::{Area, Screen};
use crate::desktop::window::Window;
use crate::numbers::{median, ratio, share};
use crate::roles::search::Filled;
use crate::table::{Line, Target};
use crate::{Outcome, Plan};

const NAME: &str = "window";
/// Products of a large shop, and of the largest.
const LARGE: u64 = 100_000;
const LARGEST: u64 = 1_000_000;
/// After so long a window that does nothing has come to rest; it is watched for as long again.
const REST: Duration = Duration::from_secs(10);
/// When memory is looked at.
const SETTLED: Duration = Duration::from_secs(5);
/// Of a row's pixels, the least that are drawn on, and the most that may differ from the same row drawn again.
const INK: f64 = 0.005;
const OTHERWISE: f64 = 0.01;
const TABS: [&str; 4] = ["overview", "authentication", "products", "orders"];

/// Measures.
pub fn run(plan: &Plan) -> Outcome<Vec<Line>> {
    let beside = std::env::current_exe()?;
    let beside = beside.parent().ok_or("this program is nowhere")?;
    let (ours, smallest) = (beside.join("smartlinks"), beside.join("examples/smallest"));
    if let Some(missing) = [&ours, &smallest].into_iter().find(|one| !one.exists()) {
        let why = format!("{} is not built", missing.display());
        return Ok(vec![Line::skipped(NAME, why)]);
    }
    let thrown_away = tempfile::tempdir()?;
    let folder = plan.keep.as_deref().unwrap_or(thrown_away.path());
    let large = Shop::filled(&folder.join("large"), LARGE)?;
    let largest = Shop::filled(folder, LARGEST)?;

    let desktop = Desktop::start()?;
    let mut lines = starts(&desktop, &ours, &smallest, &large, plan.runs)?;
    lines.push(rests(&desktop, &ours, &large)?);
    lines.extend(plays(&desktop, &ours, &large)?);
    lines.extend(scrolls(&desktop, &ours, &largest)?);
    Ok(lines)
}

/// A folder with so many products, and those who serve their pictures.
struct Shop {
    folder: PathBuf,
    port: u16,
}

impl Shop {
    fn filled(folder: &Path, products: u64) -> Outcome<Self> {
        fs::create_dir_all(folder)?;
        let database = folder.join("smartlinks.db");
        if !database.exists() {
            let name = folder.to_str().ok_or("the folder's name is not text")?;
            let suppliers = Suppliers::start(products, 0)?;
            let filled: Filled = ask("fill", &[name, &suppliers.cj])?;
            eprintln!("   filled with {} products", filled.products);
        }
        let connection = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let picture: String = connection.query_row(
            "SELECT image FROM products WHERE image IS NOT NULL LIMIT 1",
            [],
            |row| row.get(0),
        )?;
        let port = Url::parse(&picture)?
            .port()
            .ok_or("a picture from nowhere")?;
        let folder = folder.to_path_buf();
        Ok(Self { folder, port })
    }

    /// Has the whole file in the system's memory, as it is on a day on which the window is used: a disk is not what is measured.
    fn read_once(&self) -> Outcome<()> {
        let mut database = fs::File::open(self.folder.join("smartlinks.db"))?;
        io::copy(&mut database, &mut io::sink())?;
        Ok(())
    }

    /// The window opens on this tab, whatever was done before.
    fn shows(&self, tab: &str) -> Outcome<&Path> {
        let preferences = json!({"window": {"tab": tab}});
        fs::write(
            self.folder.join("preferences.json"),
            preferences.to_string(),
        )?;
        Ok(&self.folder)
    }
}

/// From the start of the program to its first picture, and memory once it came to rest; in pairs.
fn starts(
    desktop: &Desktop,
    ours: &Path,
    smallest: &Path,
    shop: &Shop,
    runs: usize,
) -> Outcome<Vec<Line>> {
    let _pictures = Suppliers::again(shop.port)?;
    let data = shop.shows("overview")?;
    let start = |program: &Path| -> Outcome<[f64; 3]> {
        let window = Window::open(desktop, program, "start", data)?;
        let script = window.hear("script")?.at;
        let painted = window.hear("painted")?.at;
        sleep(SETTLED);
        let processes = window.processes();
        let memory = processes.iter().map(|process| process.memory).sum();
        let parts: Vec<String> = processes
            .iter()
            .map(|process| format!("{} {:.0}", process.name, process.memory))
            .collect();
        eprintln!(
            "   script {script:.0} ms, painted {painted:.0} ms, {memory:.0} MiB: {}",
            parts.join(", ")
        );
        Ok([script, painted, memory])
    };
    // Once for nothing: what the system reads from the disk then is in memory for both.
    start(ours)?;
    start(smallest)?;
    let (mut mine, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..runs {
        mine.push(start(ours)?);
        theirs.push(start(smallest)?);
    }
    let column = |of: &[[f64; 3]], at: usize| -> Vec<f64> {
        of.iter().filter_map(|run| run.get(at).copied()).collect()
    };
    let line = |what: &str, at: usize, unit: &str, most: f64| {
        let (mine, theirs) = (column(&mine, at), column(&theirs, at));
        let (middle, said) = ratio(&mine, &theirs);
        Line {
            section: NAME,
            what: what.to_owned(),
            ours: format!("{:.0} {unit}", median(&mine)),
            beside: format!("smallest Tauri window, {:.0} {unit}", median(&theirs)),
            figure: said,
            target: Target::most(middle, most, ""),
        }
    };
    Ok(vec![
        line("start to painted", 1, "ms", 1.3),
        line("memory of all its processes", 2, "MiB", 1.2),
    ])
}

/// What the processors do for a window that nobody touches, on each tab.
fn rests(desktop: &Desktop, ours: &Path, shop: &Shop) -> Outcome<Line> {
    let _pictures = Suppliers::again(shop.port)?;
    let mut figures = Vec::new();
    for tab in TABS {
        let window = Window::open(desktop, ours, "start", shop.shows(tab)?)?;
        window.hear("ready")?;
        sleep(REST);
        let before = window.processes();
        sleep(REST);
        let after = window.processes();
        let spent = |of: &[crate::desktop::tree::Process]| -> u64 {
            of.iter().map(|process| process.ticks).sum()
        };
        for (one, other) in before.iter().zip(&after) {
            eprintln!("   {tab}: {} {} ticks", one.name, other.ticks - one.ticks);
        }
        #[expect(clippy::cast_precision_loss, reason = "some ticks")]
        figures.push(spent(&after).saturating_sub(spent(&before)) as f64);
    }
    let most = share(&figures, 1.0);
    let each: Vec<String> = TABS
        .iter()
        .zip(&figures)
        .map(|(tab, ticks)| format!("{tab} {ticks:.0}"))
        .collect();
    Ok(Line {
        section: NAME,
        what: "processor at rest, ticks of 10 ms in 10 s".into(),
        ours: each.join(", "),
        beside: String::new(),
        figure: format!("{most:.0} ticks"),
        target: Target::most(most, 1.0, ""),
    })
}

/// Tabs and typing in a large shop.
fn plays(desktop: &Desktop, ours: &Path, shop: &Shop) -> Outcome<Vec<Line>> {
    let _pictures = Suppliers::again(shop.port)?;
    shop.read_once()?;
    let window = Window::open(desktop, ours, "tabs,typing", shop.shows("overview")?)?;
    let tabs = window.hear("tabs")?.facts;
    eprintln!("   {tabs}");
    let typing = window.hear("typing")?.facts;
    eprintln!("   {typing}");
    Ok(vec![
        felt("a tab switch, of 20", &figures(&tabs), 100.0),
        felt(
            "a letter typed into the search of 100,000 products",
            &figures(&typing),
            50.0,
        ),
    ])
}

fn felt(what: &str, took: &[f64], most: f64) -> Line {
    let high = share(took, 0.95);
    Line {
        section: NAME,
        what: what.to_owned(),
        ours: format!(
            "p50 {:.0} ms, most {:.0} ms",
            median(took),
            share(took, 1.0)
        ),
        beside: String::new(),
        figure: format!("p95 {high:.0} ms"),
        target: Target::most(high, most, " ms"),
    }
}

/// Every number in it.
fn figures(facts: &Value) -> Vec<f64> {
    match facts {
        Value::Number(number) => number.as_f64().into_iter().collect(),
        Value::Array(all) => all.iter().flat_map(figures).collect(),
        Value::Object(all) => all.values().flat_map(figures).collect(),
        _ => Vec::new(),
    }
}

#[derive(Debug, Deserialize)]
struct Scrolled {
    of: String,
    fps: f64,
    p95: f64,
    late: u32,
    blank: f64,
}

#[derive(Debug, Deserialize)]
struct Seen {
    ms: f64,
    count: u64,
    rows: Vec<Row>,
}

#[derive(Debug, Deserialize)]
struct Row {
    index: u64,
    id: Option<String>,
    #[serde(rename = "box")]
    area: Area,
}

/// A scripted scroll of ten seconds and the far places of the largest shop.
fn scrolls(desktop: &Desktop, ours: &Path, shop: &Shop) -> Outcome<Vec<Line>> {
    let _pictures = Suppliers::again(shop.port)?;
    shop.read_once()?;
    let window = Window::open(desktop, ours, "scrolls,places", shop.shows("products")?)?;
    let (mut list, mut ring, mut places) = (Vec::new(), Vec::new(), Vec::new());
    let mut picture: Option<Screen> = None;
    loop {
        let said = window.next()?;
        match said.name.as_str() {
            "over" => break,
            "scroll" => {
                eprintln!("   {}", said.facts);
                let scrolled: Scrolled = serde_json::from_value(said.facts)?;
                if scrolled.of == "ring" {
                    &mut ring
                } else {
                    &mut list
                }
                .push(scrolled);
            }
            // The page waits a little longer than this at each place, for the picture to be taken.
            name if name.starts_with("at-") => {
                sleep(Duration::from_millis(500));
                picture = Some(desktop.screen()?);
            }
            name => {
                if let Some((place, shown)) = name.strip_prefix("copy-").zip(picture.take()) {
                    sleep(Duration::from_millis(500));
                    let seen: Seen = serde_json::from_value(said.facts)?;
                    let painted = painted(&seen, &shown, &desktop.screen()?);
                    // To be looked at, where a folder is kept.
                    let kept = shop.folder.join(format!("{place}.xwd"));
                    fs::copy(desktop.picture(), kept)?;
                    places.push((place.to_owned(), seen, painted));
                }
            }
        }
    }
    drop(window);
    let fps = |of: &[Scrolled]| of.iter().map(|one| one.fps).collect::<Vec<f64>>();
    let (middle, said) = ratio(&fps(&list), &fps(&ring));
    let blanks: Vec<f64> = list.iter().map(|one| one.blank).collect();
    let blank = share(&blanks, 1.0);
    let about = |of: &[Scrolled]| {
        let p95: Vec<f64> = of.iter().map(|one| one.p95).collect();
        let late: Vec<f64> = of.iter().map(|one| f64::from(one.late)).collect();
        format!(
            "{:.1} frames/s, p95 {:.0} ms, {:.0} late",
            median(&fps(of)),
            median(&p95),
            median(&late)
        )
    };
    let mut lines = vec![
        Line {
            section: NAME,
            what: "ten seconds through a million rows, 200 rows/s".into(),
            ours: about(&list),
            beside: format!("ring of nodes, {}", about(&ring)),
            figure: said,
            target: Target::least(middle, 0.9, ""),
        },
        Line {
            section: NAME,
            what: "rows of it that were blank, worst of the scrolls".into(),
            ours: String::new(),
            beside: String::new(),
            figure: format!("{blank:.2} %"),
            target: Target::most(blank, 1.0, " %"),
        },
    ];
    for (place, seen, painted) in &places {
        lines.push(place_of(shop, place, seen, *painted)?);
    }
    Ok(lines)
}

/// How many of the rows have something drawn on them, and look as they should.
fn painted(seen: &Seen, shown: &Screen, again: &Screen) -> usize {
    let good = seen.rows.iter().filter(|row| {
        let (ink, otherwise) = (shown.drawn(row.area), shown.differs(again, row.area));
        let good = ink >= INK && otherwise <= OTHERWISE;
        if !good {
            eprintln!(
                "   row {}: {ink:.4} drawn on, {otherwise:.4} otherwise",
                row.index
            );
        }
        good
    });
    good.count()
}

fn place_of(shop: &Shop, place: &str, seen: &Seen, painted: usize) -> Outcome<Line> {
    let wanted = match place {
        "first" => 0,
        "last" => seen.count - 1,
        _ => seen.count / 2,
    };
    let indices: Vec<String> = seen.rows.iter().map(|row| row.index.to_string()).collect();
    let folder = shop
        .folder
        .to_str()
        .ok_or("the folder's name is not text")?;
    let ids: Vec<Option<String>> = ask("places", &[folder, &indices.join(",")])?;
    let right = seen
        .rows
        .iter()
        .zip(&ids)
        .filter(|(row, id)| row.id == **id && id.is_some())
        .count();
    let there = seen.rows.iter().any(|row| row.index == wanted);
    let met = there && right == seen.rows.len() && painted == seen.rows.len();
    let (first, last) = (seen.rows.first(), seen.rows.last());
    Ok(Line {
        section: NAME,
        what: format!("the {place} row of a million, by the pixels of the screen"),
        ours: format!(
            "rows {} to {} in {:.0} ms",
            first.map_or(0, |row| row.index),
            last.map_or(0, |row| row.index),
            seen.ms
        ),
        beside: format!(
            "the same rows drawn again, and the core's order: {right} of {}",
            seen.rows.len()
        ),
        figure: format!("{painted} of {} painted", seen.rows.len()),
        target: Target {
            wanted: "all".into(),
            met: Some(met),
        },
    })
}
