//! A file that is either there as a whole or not at all: written beside its place under another name, put on the disk, then
//! renamed. Whatever ends the writing early takes the half-written file with it.

use std::fs::File;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use smartlinks_core::{Code, Error, Result};
use tempfile::NamedTempFile;

/// How many files of the same name are tolerated.
const MOST: u32 = 1_000;

/// Where a file goes.
#[derive(Debug, Clone)]
pub enum Target {
    /// Here; a file that is there already is replaced at the end.
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

/// A file being written.
#[derive(Debug)]
pub struct Draft {
    target: Target,
    file: NamedTempFile,
    bytes: u64,
}

impl Draft {
    /// Begins a file.
    ///
    /// # Errors
    /// `BadInput` when the target is a folder; `Disk` when the folder may not be written.
    pub fn begin(target: Target) -> Result<Self> {
        if let Target::File(path) = &target
            && path.is_dir()
        {
            return Err(Error::new(
                Code::BadInput,
                format!("{} is a folder; a file name is needed", path.display()),
            ));
        }
        let folder = target.folder().to_path_buf();
        let disk = |error: io::Error| told(&folder, &error);
        if matches!(target, Target::NewIn { .. }) {
            std::fs::create_dir_all(&folder).map_err(disk)?;
        }
        let mut builder = tempfile::Builder::new();
        builder.prefix(".smartlinks-").suffix(".part");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            // As any file the owner makes; the usual mask applies.
            builder.permissions(std::fs::Permissions::from_mode(0o666));
        }
        let file = builder.tempfile_in(&folder).map_err(disk)?;
        Ok(Self {
            target,
            file,
            bytes: 0,
        })
    }

    /// Bytes written so far.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Puts the file in its place and says where that is.
    ///
    /// # Errors
    /// `Disk`; nothing is left behind then.
    pub fn finish(self) -> Result<PathBuf> {
        let folder = self.target.folder().to_path_buf();
        let disk = |error: io::Error| told(&folder, &error);
        self.file.as_file().sync_all().map_err(disk)?;
        let path = match self.target {
            Target::File(path) => {
                self.file
                    .persist(&path)
                    .map_err(|error| told(&path, &error.error))?;
                path
            }
            Target::NewIn { folder, name } => unique(self.file, &folder, &name)?,
        };
        // The rename itself must be on the disk too. Windows knows no such thing.
        #[cfg(unix)]
        File::open(&folder)
            .and_then(|folder| folder.sync_all())
            .map_err(|error| told(&path, &error))?;
        Ok(path)
    }
}

fn unique(mut file: NamedTempFile, folder: &Path, name: &str) -> Result<PathBuf> {
    for count in 1..=MOST {
        let path = folder.join(match count {
            1 => format!("{name}.csv"),
            _ => format!("{name} ({count}).csv"),
        });
        match file.persist_noclobber(&path) {
            Ok(_) => return Ok(path),
            Err(error) if error.error.kind() == ErrorKind::AlreadyExists => file = error.file,
            Err(error) => return Err(told(&path, &error.error)),
        }
    }
    Err(Error::new(
        Code::Disk,
        format!("{name}.csv is there a thousand times"),
    ))
}

fn told(path: &Path, error: &io::Error) -> Error {
    Error::new(Code::Disk, format!("{}: {error}", path.display()))
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
