//! Errors of decoding and validation: what is wrong and where, boxed and built off the hot path.

use std::fmt;

/// The way to a value: `entries[17].sharing_info.id`. Empty for the outermost value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Path(String);

impl Path {
    /// Puts the name of a field or the key of an entry in front.
    #[cold]
    fn within_key(&mut self, key: &str) {
        let plain = !key.is_empty()
            && key
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let step = if plain {
            key.to_owned()
        } else {
            format!("[{key:?}]")
        };
        self.within(step);
    }

    /// Puts the index of a list item in front.
    #[cold]
    fn within_index(&mut self, index: usize) {
        self.within(format!("[{index}]"));
    }

    fn within(&mut self, mut step: String) {
        if !self.0.is_empty() && !self.0.starts_with('[') {
            step.push('.');
        }
        self.0.insert_str(0, &step);
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return Ok(());
        }
        f.write_str(&self.0)?;
        f.write_str(": ")
    }
}

/// JSON that does not describe a value of the expected type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeError(Box<DecodeProblem>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct DecodeProblem {
    path: Path,
    message: String,
    offset: Option<usize>,
}

impl DecodeError {
    #[cold]
    pub(super) fn new(message: impl Into<String>, offset: Option<usize>) -> Self {
        Self(Box::new(DecodeProblem {
            path: Path::default(),
            message: message.into(),
            offset,
        }))
    }

    pub(super) fn within_key(mut self, key: &str) -> Self {
        self.0.path.within_key(key);
        self
    }

    pub(super) fn within_index(mut self, index: usize) -> Self {
        self.0.path.within_index(index);
        self
    }

    /// The same error, found in a part of the input that begins at `start`.
    pub(super) fn within_part(mut self, start: Option<usize>) -> Self {
        self.0.offset = match (start, self.0.offset) {
            (Some(start), Some(offset)) => Some(start + offset),
            _ => None,
        };
        self
    }

    /// The way to the value at fault, such as `entries[17].id`; empty for the outermost value.
    pub fn path(&self) -> &str {
        &self.0.path.0
    }

    /// What is wrong.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The byte of the input at which it was noticed; `None` if the input was not JSON text.
    pub fn offset(&self) -> Option<usize> {
        self.0.offset
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.path.fmt(f)?;
        f.write_str(&self.0.message)?;
        match self.0.offset {
            Some(offset) => write!(f, " at byte {offset}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for DecodeError {}

/// A value that breaks a constraint of its type, or that cannot be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValidationError(Box<ValidationProblem>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct ValidationProblem {
    path: Path,
    message: String,
}

impl ValidationError {
    #[cold]
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self(Box::new(ValidationProblem {
            path: Path::default(),
            message: message.into(),
        }))
    }

    pub(super) fn within_key(mut self, key: &str) -> Self {
        self.0.path.within_key(key);
        self
    }

    pub(super) fn within_index(mut self, index: usize) -> Self {
        self.0.path.within_index(index);
        self
    }

    /// The way to the value at fault, such as `entries[17].id`; empty for the outermost value.
    pub fn path(&self) -> &str {
        &self.0.path.0
    }

    /// Which constraint the value breaks.
    pub fn message(&self) -> &str {
        &self.0.message
    }
}

impl fmt::Display for ValidationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.path.fmt(f)?;
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for ValidationError {}

impl From<ValidationError> for DecodeError {
    fn from(error: ValidationError) -> Self {
        let ValidationProblem { path, message } = *error.0;
        Self(Box::new(DecodeProblem {
            path,
            message,
            offset: None,
        }))
    }
}
