//! Files the owner asked for, put where the system keeps downloads. What is there already is never overwritten.

use std::io::{ErrorKind, Write as _};
use std::path::PathBuf;

use smartlinks_core::{Code, Error, Result};

/// How many files of the same name are tolerated.
const MOST: u32 = 1_000;

/// Saves `text` as `name`, or as `name (2)` and so on. Returns the path, as the system writes it.
pub async fn save(folder: Option<PathBuf>, name: &str, text: String) -> Result<String> {
    let folder = folder
        .ok_or_else(|| Error::new(Code::Disk, "this computer names no folder for downloads"))?;
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "txt"));
    let (stem, ending) = (stem.to_owned(), ending.to_owned());
    tauri::async_runtime::spawn_blocking(move || {
        let disk = |error: std::io::Error| {
            Error::new(Code::Disk, format!("{}: {error}", folder.display()))
        };
        std::fs::create_dir_all(&folder).map_err(disk)?;
        for count in 1..=MOST {
            let name = match count {
                1 => format!("{stem}.{ending}"),
                _ => format!("{stem} ({count}).{ending}"),
            };
            let path = folder.join(name);
            match std::fs::File::create_new(&path) {
                Ok(mut file) => {
                    file.write_all(text.as_bytes()).map_err(disk)?;
                    return Ok(path.display().to_string());
                }
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(disk(error)),
            }
        }
        Err(Error::new(
            Code::Disk,
            format!("{stem}.{ending} is there a thousand times"),
        ))
    })
    .await
    .map_err(|error| Error::new(Code::Unexpected, format!("saving was cut off: {error}")))?
}
