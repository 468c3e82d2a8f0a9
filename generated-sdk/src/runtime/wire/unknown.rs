//! A value of an open union whose tag is newer than the generated code.

use std::fmt;

/// What came in under a tag that the generated code does not know.
///
/// Only decoding makes one. It encodes back what came in; an argument that contains one does not pass validation.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Unknown(Option<Box<Received>>);

#[derive(Clone, PartialEq, Eq)]
struct Received {
    tag: String,
    raw: Option<String>,
}

impl Unknown {
    /// The value that decoding starts from.
    pub const BLANK: Self = Self(None);

    /// Keeps a tag and, unless it came as a bare string, the JSON object it was found in.
    pub(super) fn new(tag: String, raw: Option<String>) -> Self {
        Self(Some(Box::new(Received { tag, raw })))
    }

    /// The tag that came in.
    pub fn tag(&self) -> &str {
        match &self.0 {
            Some(received) => &received.tag,
            None => "other",
        }
    }

    /// The JSON object that came in, as it was received. `None` if the value was a bare string.
    pub fn raw(&self) -> Option<&str> {
        self.0.as_ref().and_then(|received| received.raw.as_deref())
    }
}

impl fmt::Debug for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Unknown").field(&self.tag()).finish()
    }
}
