//! The pages: `npm ci` and the build of `ui/`, each done again only when what it depends on changed.
//!
//! The stamps live inside `ui/node_modules`, so that deleting that folder is a complete restart.

use crate::process::{Failure, Outcome, dim, failed, npm, output, root, run};
use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::Hasher;
use std::io;
use std::path::Path;

/// The Node release that Vite needs at least, as `engines` of `ui/package.json` says.
const NODE: (u32, u32) = (20, 19);

/// Where it is kept what `ui/dist` was built from.
const BUILT: &str = "node_modules/.smartlinks-built";

/// Folders of `ui/` that hold results, tests or pictures: none of them changes the built pages.
const NOT_INPUT: [&str; 5] = ["node_modules", "dist", "tests", "screenshots", "coverage"];

/// The exact packages of `ui/package-lock.json`.
pub fn install() -> Outcome {
    has_node()?;
    let ui = root().join("ui");
    let stamp = ui.join("node_modules/.smartlinks-installed");
    let wanted = hash(&[ui.join("package.json"), ui.join("package-lock.json")])?;
    if fs::read_to_string(&stamp).is_ok_and(|found| found == wanted) {
        eprintln!(
            "{}",
            dim("ui/node_modules already matches ui/package-lock.json")
        );
        return Ok(());
    }
    run(npm().args(["ci", "--no-audit", "--no-fund"]))?;
    keep(&stamp, &wanted)
}

/// `ui/dist`, which the binary embeds.
pub fn build() -> Outcome {
    let ui = root().join("ui");
    let stamp = ui.join(BUILT);
    let mut inputs = Vec::new();
    // The words of the core are said in the window, too.
    for folder in [ui.clone(), root().join("src-tauri/crates/core/words")] {
        collect(&folder, &mut inputs).map_err(|error| unreadable(&folder, &error))?;
    }
    inputs.sort();
    let wanted = hash(&inputs)?;
    let built = ui.join("dist/index.html").is_file();
    if built && fs::read_to_string(&stamp).is_ok_and(|found| found == wanted) {
        eprintln!("{}", dim("ui/dist is already built from these sources"));
        return Ok(());
    }
    run(npm().args(["run", "build"]))?;
    keep(&stamp, &wanted)
}

/// The same with what a benchmark plays in the window. Nobody takes these pages for the others: the next [`build`] builds.
pub fn build_measured() -> Outcome {
    let stamp = root().join("ui").join(BUILT);
    if stamp.exists() {
        fs::remove_file(&stamp).map_err(|error| unreadable(&stamp, &error))?;
    }
    script("build-measured")
}

/// One of the scripts of `ui/package.json`.
pub fn script(name: &str) -> Outcome {
    run(npm().args(["run", name]))
}

fn has_node() -> Outcome {
    let mut node = crate::process::command("node");
    let (major, minor) = NODE;
    let Some(found) = output(node.arg("--version")) else {
        return failed(format!(
            "Node is missing. Install Node {major}.{minor} or newer (https://nodejs.org), then try again."
        ));
    };
    if version(&found) >= Some(NODE) {
        return Ok(());
    }
    failed(format!(
        "Node {major}.{minor} or newer is needed, but `node --version` says {}",
        found.trim()
    ))
}

fn version(spoken: &str) -> Option<(u32, u32)> {
    let mut numbers = spoken.trim().strip_prefix('v')?.split('.').map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

fn collect(folder: &Path, into: &mut Vec<std::path::PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        if entry.file_type()?.is_dir() {
            if !NOT_INPUT.iter().any(|other| name == *other) {
                collect(&entry.path(), into)?;
            }
        } else if entry
            .path()
            .extension()
            .is_none_or(|ending| ending != "tsbuildinfo")
        {
            into.push(entry.path());
        }
    }
    Ok(())
}

/// A fingerprint of names and contents. It only has to notice a change, not to resist an attacker.
fn hash<P: AsRef<Path>>(files: &[P]) -> Result<String, Failure> {
    let mut hasher = DefaultHasher::new();
    for file in files {
        let file = file.as_ref();
        let contents = fs::read(file).map_err(|error| unreadable(file, &error))?;
        hasher.write(file.as_os_str().as_encoded_bytes());
        hasher.write_usize(contents.len());
        hasher.write(&contents);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

fn keep(stamp: &Path, wanted: &str) -> Outcome {
    fs::write(stamp, wanted)
        .map_err(|error| Failure(format!("{} could not be written: {error}", stamp.display())))
}

fn unreadable(path: &Path, error: &io::Error) -> Failure {
    Failure(format!("{} could not be read: {error}", path.display()))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;

    #[test]
    fn an_old_node_is_told_before_a_build_fails_obscurely() {
        assert!(version("v20.20.2\n") >= Some(NODE));
        assert!(version("v22.1.0") >= Some(NODE));
        assert!(version("v20.3.1") < Some(NODE));
        assert!(version("not found") < Some(NODE), "no answer is no Node");
    }

    #[test]
    fn a_changed_page_is_built_again_and_an_unchanged_one_is_not() {
        let folder = std::env::temp_dir().join(format!("xtask-ui-{}", std::process::id()));
        fs::create_dir_all(folder.join("src")).unwrap();
        fs::create_dir_all(folder.join("dist")).unwrap();
        let page = folder.join("src/page.ts");
        fs::write(&page, "one").unwrap();
        fs::write(folder.join("dist/page.js"), "built").unwrap();

        let mut inputs = Vec::new();
        collect(&folder, &mut inputs).unwrap();
        assert_eq!(
            inputs.as_slice(),
            std::slice::from_ref(&page),
            "results are not inputs"
        );
        let first = hash(&inputs).unwrap();
        assert_eq!(
            hash(&inputs).unwrap(),
            first,
            "the same sources give the same fingerprint"
        );
        fs::write(&page, "two").unwrap();
        assert_ne!(
            hash(&inputs).unwrap(),
            first,
            "a new content gives a new one"
        );

        fs::remove_dir_all(&folder).unwrap();
    }
}
