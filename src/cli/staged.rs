//! Files that are written beside their targets and put in place together, or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Sender};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use super::failure::Failure;
use super::output::create_private;
use super::source::shown;

/// So many bytes are sent on their way to the disk while the next ones are written.
const AT_ONCE: usize = 8 << 20;

/// Files that are written, and not yet in place. Dropped without [`Staged::put_in_place`] they are taken away.
#[derive(Debug, Default)]
pub struct Staged {
    files: Mutex<Vec<Waiting>>,
}

/// A file beside its target.
#[derive(Debug)]
struct Waiting {
    beside: PathBuf,
    target: PathBuf,
    /// Brings it to the disk.
    way: Option<JoinHandle<io::Result<()>>>,
}

impl Staged {
    /// Writes a file beside its target, readable by its owner alone. Several may be written at the same time.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(
        &self,
        target: &Path,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), Failure> {
        let name = target
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        let beside = target.with_file_name(format!(".{name}.{}.part", std::process::id()));
        let told = |fault: io::Error| Failure::of_write(&shown(target), &fault);
        let file = create_private(&beside).map_err(told)?;
        let (wake, way) = to_disk(&file).map_err(|fault| {
            // nothing was written yet
            let _ = fs::remove_file(&beside);
            told(fault)
        })?;
        self.files().push(Waiting {
            beside,
            target: target.to_owned(),
            way: Some(way),
        });
        let mut out = BufWriter::with_capacity(
            1 << 16,
            Sent {
                file,
                wake,
                bytes: 0,
            },
        );
        write(&mut out).and_then(|()| out.flush()).map_err(told)
    }

    fn files(&self) -> MutexGuard<'_, Vec<Waiting>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts all files in their places, and says how many.
    ///
    /// # Errors
    /// When one does not reach the disk, or cannot be renamed.
    pub fn put_in_place(self) -> Result<usize, Failure> {
        let mut files = self.files();
        for file in files.iter_mut() {
            let lost = || Err(io::Error::other("it could not be kept on the disk"));
            let way = file
                .way
                .take()
                .map_or(Ok(()), |way| way.join().unwrap_or_else(|_| lost()));
            way.map_err(|fault| Failure::of_write(&shown(&file.target), &fault))?;
        }
        let count = files.len();
        while let Some(Waiting { beside, target, .. }) = files.last() {
            fs::rename(beside, target)
                .map_err(|fault| Failure::of_write(&shown(target), &fault))?;
            files.pop();
        }
        Ok(count)
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        for file in self.files().iter_mut() {
            if let Some(way) = file.way.take() {
                // whether it got there no longer matters
                let _ = way.join();
            }
            // what cannot be removed now was never there, or cannot be helped
            let _ = fs::remove_file(&file.beside);
        }
    }
}

/// A file that is brought to the disk while it is written: at its end little is left to wait for.
struct Sent {
    file: File,
    wake: Sender<()>,
    /// Written since it was woken.
    bytes: usize,
}

impl Write for Sent {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.bytes += written;
        if self.bytes >= AT_ONCE {
            self.bytes = 0;
            // what went wrong there is told when it is joined
            let _ = self.wake.send(());
        }
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Brings a file to the disk each time it is woken, and for good once nobody can wake it any more.
fn to_disk(file: &File) -> io::Result<(Sender<()>, JoinHandle<io::Result<()>>)> {
    let own = file.try_clone()?;
    let (wake, woken) = mpsc::channel();
    let way = std::thread::spawn(move || {
        for () in woken {
            own.sync_data()?;
        }
        own.sync_all()
    });
    Ok((wake, way))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_come_together_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let count = || fs::read_dir(folder.path()).unwrap().count();
        let (one, two) = (folder.path().join("one"), folder.path().join("two"));
        let staged = Staged::default();
        staged.write(&one, |out| out.write_all(b"1")).unwrap();
        assert!(!one.exists());
        let failed = staged.write(&two, |_| Err(io::Error::other("full")));
        assert!(failed.is_err());
        drop(staged);
        assert_eq!(count(), 0);

        let staged = Staged::default();
        staged.write(&one, |out| out.write_all(b"1")).unwrap();
        staged.write(&two, |out| out.write_all(b"2")).unwrap();
        assert_eq!(staged.put_in_place(), Ok(2));
        assert_eq!((fs::read(&one).unwrap(), count()), (b"1".to_vec(), 2));
    }
}
