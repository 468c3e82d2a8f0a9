//! Folders as zips.

use std::io::{Cursor, Write};

use bytes::Bytes;
use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::place::Place;
use super::store::Entry;

/// A folder as a zip whose files are stored as they are.
pub(crate) fn zip<'a>(
    folder: &Place,
    entries: impl Iterator<Item = &'a Entry>,
) -> ZipResult<Bytes> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.add_directory(folder.name(), options)?;
    let depth = folder.display.matches('/').count();
    for entry in entries {
        let name: Vec<_> = entry.place.display.split('/').skip(depth).collect();
        match &entry.file {
            Some(revision) => {
                zip.start_file(name.join("/"), options)?;
                zip.write_all(&revision.content.bytes)?;
            }
            None => zip.add_directory(name.join("/"), options)?,
        }
    }
    Ok(zip.finish()?.into_inner().into())
}
