//! A file that is either there as a whole or not at all: written beside its place under another name, put on the disk, then
//! renamed. Whatever ends the writing early takes the half-written file with it. What is too large for a shop becomes several.

#[cfg(unix)]
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use smartlinks_core::{Code, Error, Result};
use tempfile::NamedTempFile;

/// How many files of the same name are tolerated.
const MOST: u32 = 1_000;

/// Where a file goes.
#[derive(Debug, Clone)]
pub enum Target {
    /// Here; a file that is there already is replaced at the end. Several become `name-1-of-3.csv` and so on.
    File(PathBuf),
    /// Into this folder, made if missing, as `name.csv`, or as `name (2).csv` where that is taken.
    NewIn {
        /// The folder.
        folder: PathBuf,
        /// The name without its ending.
        name: String,
    },
}

impl Target {
    fn folder(&self) -> &Path {
        match self {
            Self::File(path) => match path.parent() {
                Some(folder) if !folder.as_os_str().is_empty() => folder,
                _ => Path::new("."),
            },
            Self::NewIn { folder, .. } => folder,
        }
    }
}

/// Bytes kept together before they go to the disk.
const BUFFER: usize = 256 * 1024;

/// A file being written, or several where one may not be as large as what is written.
///
/// Where there is a largest size, whatever comes between two calls of `flush` stays in one file, and what comes before the
/// first call is repeated at the head of each.
#[derive(Debug)]
pub struct Draft {
    target: Target,
    most: Option<u64>,
    head: Vec<u8>,
    together: Vec<u8>,
    full: Vec<NamedTempFile>,
    file: BufWriter<NamedTempFile>,
    /// Of `file`.
    size: u64,
    /// Of all.
    bytes: u64,
}

/// What became of a draft.
#[derive(Debug)]
pub struct Finished {
    /// Where it is, in order; one unless a file may not be so large.
    pub files: Vec<PathBuf>,
    /// How large it is in all.
    pub bytes: u64,
}

impl Draft {
    /// Begins a file; none of those it becomes will be larger than `most` bytes.
    ///
    /// # Errors
    /// `BadInput` when the target is a folder; `Disk` when the folder may not be written.
    pub fn begin(target: Target, most: Option<u64>) -> Result<Self> {
        if let Target::File(path) = &target
            && path.is_dir()
        {
            return Err(Error::new(
                Code::BadInput,
                format!("{} is a folder; a file name is needed", path.display()),
            ));
        }
        let folder = target.folder();
        let disk = |error: io::Error| told(folder, &error);
        if matches!(target, Target::NewIn { .. }) {
            std::fs::create_dir_all(folder).map_err(disk)?;
        }
        let file = temporary(folder).map_err(disk)?;
        Ok(Self {
            target,
            most,
            head: Vec::new(),
            together: Vec::new(),
            full: Vec::new(),
            file,
            size: 0,
            bytes: 0,
        })
    }

    /// Puts everything in its place and says where that is.
    ///
    /// # Errors
    /// `Disk`; nothing new is left behind then.
    pub fn finish(mut self) -> Result<Finished> {
        let folder = self.target.folder().to_path_buf();
        let disk = |error: io::Error| told(&folder, &error);
        self.flush().map_err(disk)?;
        let mut files = self.full;
        files.push(
            self.file
                .into_inner()
                .map_err(|error| disk(error.into_error()))?,
        );
        for file in &files {
            file.as_file().sync_all().map_err(disk)?;
        }
        let files = match self.target {
            Target::File(path) => {
                let paths = numbered(&path, files.len());
                put(files, &paths, |file, path| {
                    file.persist(path).map(drop).map_err(|error| error.error)
                })?;
                paths
            }
            Target::NewIn { folder, name } => {
                let paths = free(&folder, &name, files.len())?;
                put(files, &paths, |file, path| {
                    let placed = file.persist_noclobber(path);
                    placed.map(drop).map_err(|error| error.error)
                })?;
                paths
            }
        };
        // The renaming itself must be on the disk too. Windows knows no such thing.
        #[cfg(unix)]
        File::open(&folder)
            .and_then(|folder| folder.sync_all())
            .map_err(disk)?;
        Ok(Finished {
            files,
            bytes: self.bytes,
        })
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)?;
        self.size += bytes.len() as u64;
        self.bytes += bytes.len() as u64;
        Ok(())
    }

    fn next(&mut self) -> io::Result<()> {
        let fresh = temporary(self.target.folder())?;
        let full = std::mem::replace(&mut self.file, fresh);
        self.full
            .push(full.into_inner().map_err(io::IntoInnerError::into_error)?);
        self.size = 0;
        let head = std::mem::take(&mut self.head);
        self.put(&head)?;
        self.head = head;
        Ok(())
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.most.is_some() {
            self.together.extend_from_slice(bytes);
        } else {
            self.put(bytes)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let Some(most) = self.most else {
            return Ok(());
        };
        let together = std::mem::take(&mut self.together);
        if self.head.is_empty() {
            self.head.clone_from(&together);
        } else if self.size > self.head.len() as u64 && self.size + together.len() as u64 > most {
            self.next()?;
        }
        self.put(&together)?;
        self.together = together;
        self.together.clear();
        Ok(())
    }
}

fn temporary(folder: &Path) -> io::Result<BufWriter<NamedTempFile>> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".smartlinks-").suffix(".part");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // As any file the owner makes; the usual mask applies.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let file = builder.tempfile_in(folder)?;
    Ok(BufWriter::with_capacity(BUFFER, file))
}

/// The path itself for one file, `products-1-of-3.csv` and so on for several: whoever imports them sees whether all are there,
/// and a set of another day is not taken for a part of this one.
fn numbered(path: &Path, count: usize) -> Vec<PathBuf> {
    if count == 1 {
        return vec![path.to_path_buf()];
    }
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let ending = path
        .extension()
        .map(|ending| format!(".{}", ending.to_string_lossy()))
        .unwrap_or_default();
    (1..=count)
        .map(|number| path.with_file_name(format!("{stem}-{number}-of-{count}{ending}")))
        .collect()
}

/// The first names in a folder of which none is taken.
fn free(folder: &Path, name: &str, count: usize) -> Result<Vec<PathBuf>> {
    for time in 1..=MOST {
        let paths = numbered(
            &folder.join(match time {
                1 => format!("{name}.csv"),
                _ => format!("{name} ({time}).csv"),
            }),
            count,
        );
        if !paths.iter().any(|path| path.exists()) {
            return Ok(paths);
        }
    }
    Err(Error::new(
        Code::Disk,
        format!("{name}.csv is there a thousand times"),
    ))
}

/// Moves every file to its path; where one cannot be moved, those before it are taken away again.
fn put(
    files: Vec<NamedTempFile>,
    paths: &[PathBuf],
    place: impl Fn(NamedTempFile, &Path) -> io::Result<()>,
) -> Result<()> {
    for (index, (file, path)) in files.into_iter().zip(paths).enumerate() {
        if let Err(error) = place(file, path) {
            for placed in &paths[..index] {
                // The error that is told is the one above.
                let _ = std::fs::remove_file(placed);
            }
            return Err(told(path, &error));
        }
    }
    Ok(())
}

fn told(path: &Path, error: &io::Error) -> Error {
    Error::new(Code::Disk, format!("{}: {error}", path.display()))
}
