//! How pages are painted on a Linux machine without a graphics card.
//!
//! WebKit lays the parts of a page together with OpenGL. Where no card does that, the processor has to imitate one, for every
//! frame anew: measured on two cores, a list scrolled at 11 frames a second instead of 62, a letter typed was answered after
//! 140 ms instead of 35, and a window needed 100 MiB more. Painted the plain way, nothing is missing. Where there is a card,
//! nothing is touched.
//!
//! WebKit listens to a variable of the surroundings when it begins, and a program can set none for itself without `unsafe`: so
//! it starts itself once more, in the same process. Telling a web view later works too, but the imitated card has been set up
//! by then, which costs a fifth of a second.

#[cfg(target_os = "linux")]
pub use linux::start_again_without_card;

#[cfg(target_os = "linux")]
mod linux {
    use std::ffi::OsString;
    use std::fs;
    use std::io;
    use std::os::unix::process::CommandExt as _;
    use std::path::Path;
    use std::process::Command;

    /// Where the system names the cards that draw for a program.
    const CARDS: &str = "/dev/dri";
    /// WebKitGTK's word for painting without OpenGL.
    const PLAINLY: &str = "WEBKIT_DISABLE_COMPOSITING_MODE";

    /// Starts this program once more with WebKit's variable set, where there is no card and the owner has not decided. Returns
    /// where nothing has to be done, or nothing could be: pages are then painted as WebKit likes.
    #[expect(
        clippy::disallowed_methods,
        reason = "the variable is WebKit's, not ours, and the arguments are handed on as they are"
    )]
    pub fn start_again_without_card() {
        if std::env::var_os(PLAINLY).is_some() || is_card_in(Path::new(CARDS)) {
            return;
        }
        let mut arguments = std::env::args_os();
        let name = arguments.next();
        if let Ok(program) = std::env::current_exe() {
            let error = again(&program, name, arguments);
            eprintln!("SmartLinks: {}: {error}", program.display());
        }
    }

    /// Does not come back unless it fails.
    fn again(
        program: &Path,
        name: Option<OsString>,
        arguments: impl Iterator<Item = OsString>,
    ) -> io::Error {
        let mut command = Command::new(program);
        if let Some(name) = name {
            command.arg0(name);
        }
        command.args(arguments).env(PLAINLY, "1").exec()
    }

    fn is_card_in(folder: &Path) -> bool {
        let Ok(entries) = fs::read_dir(folder) else {
            return false;
        };
        entries
            .flatten()
            .any(|entry| entry.file_name().to_string_lossy().starts_with("renderD"))
    }

    #[cfg(test)]
    mod tests {
        #![expect(clippy::unwrap_used, reason = "a test may end at once")]
        use super::*;

        #[test]
        fn a_machine_with_a_graphics_card_keeps_it() {
            let folder = tempfile::tempdir().unwrap();
            assert!(!is_card_in(&folder.path().join("none")), "no such folder");
            fs::write(folder.path().join("card0"), "").unwrap();
            assert!(!is_card_in(folder.path()), "a screen alone draws nothing");
            fs::write(folder.path().join("renderD128"), "").unwrap();
            assert!(is_card_in(folder.path()));
        }

        #[test]
        fn a_program_that_cannot_be_started_again_goes_on() {
            let folder = tempfile::tempdir().unwrap();
            let error = again(&folder.path().join("gone"), None, std::iter::empty());
            assert_eq!(error.kind(), io::ErrorKind::NotFound);
        }
    }
}
