//! Unions and enumerated subtypes: the tag, wherever it is, then the payload by the kind of the tag.

use std::borrow::Cow;

use super::super::{UnionMeta, Unknown, Wire};
use super::object::Members;
use super::reader::Mark;
use super::{Decoder, reset};

/// A union whose tag has been read and whose payload has not.
pub(super) enum Pending<'a> {
    Known {
        tag: &'static str,
        kind: u8,
        /// The members of the object; `None` if the union is a bare string.
        members: Option<Members>,
    },
    Unknown(Tag<'a>),
}

/// A tag that has been read.
pub(super) struct Tag<'a> {
    text: Cow<'a, str>,
    /// Where the object begins.
    start: Mark,
    members: Option<Members>,
}

impl<'a> Decoder<'a> {
    pub(in super::super) fn read_variant(&mut self, meta: &'static UnionMeta) -> u16 {
        if let Some(source) = &mut self.source {
            let number = source.variant(meta);
            return number.unwrap_or_else(|error| {
                self.latch(Err(error));
                meta.catch_all()
            });
        }
        let tag = self.tag(meta);
        let number = tag.and_then(|tag| self.number(meta, tag));
        number.unwrap_or(meta.catch_all())
    }

    pub(in super::super) fn read_unknown(&mut self) -> Unknown {
        if let Some(source) = &mut self.source {
            return source.unknown().unwrap_or_else(|error| {
                self.latch(Err(error));
                Unknown::BLANK
            });
        }
        let Some(Pending::Unknown(tag)) = self.pending.take() else {
            return Unknown::BLANK;
        };
        let Some(mut members) = tag.members else {
            return Unknown::new(tag.text.into_owned(), None);
        };
        while self.next_member(&mut members) {
            let Some(key) = self.reader.key() else { break };
            self.extra_member(&key, &mut members);
        }
        let raw = self.reader.since(tag.start);
        Unknown::new(tag.text.into_owned(), Some(raw.to_owned()))
    }

    pub(in super::super) fn read_unknown_with_base(&mut self, base: &mut dyn Wire) -> Unknown {
        let unknown = self.read_unknown();
        if let Some(raw) = unknown.raw()
            && !self.reader.failed()
        {
            let start = self.reader.offset().checked_sub(raw.len());
            let read = Decoder::read(raw, false, base);
            self.latch(read.map_err(|error| error.within_part(start)));
        }
        unknown
    }

    fn tag(&mut self, meta: &UnionMeta) -> Option<Tag<'a>> {
        let start = self.reader.mark();
        let (text, members) = match self.reader.peek() {
            Some(b'"') if !meta.root => (self.reader.string("a tag")?, None),
            Some(b'{') => self
                .tag_of_object()
                .map(|(tag, members)| (tag, Some(members)))?,
            _ => {
                self.reader.expected(if meta.root {
                    "an object with a `.tag`"
                } else {
                    "a tag or an object with a `.tag`"
                });
                return None;
            }
        };
        Some(Tag {
            text,
            start,
            members,
        })
    }

    fn tag_of_object(&mut self) -> Option<(Cow<'a, str>, Members)> {
        if !self.reader.enter(b'{') {
            return None;
        }
        self.reader.white_space();
        if self.reader.word("\".tag\":") {
            self.reader.white_space();
            let tag = self.reader.string("a tag")?;
            return Some((
                tag,
                Members {
                    first: false,
                    tag: false,
                },
            ));
        }
        self.search_tag()
    }

    /// Finds a tag that is not the first member, and goes back to the first one. Unions nested in one another that all
    /// have their tags behind are searched once per level, of which there are few.
    #[cold]
    fn search_tag(&mut self) -> Option<(Cow<'a, str>, Members)> {
        let body = self.reader.mark();
        let mut first = true;
        while self.reader.more(first, b'}') {
            let key = self.reader.key()?;
            if key == ".tag" {
                let tag = self.reader.string("a tag")?;
                if first {
                    return Some((
                        tag,
                        Members {
                            first: false,
                            tag: false,
                        },
                    ));
                }
                self.reader.go_back(body);
                return Some((tag, Members::NEW));
            }
            self.reader.skip();
            first = false;
        }
        self.missing("key", ".tag");
        None
    }

    /// Looks a tag up, refuses what may not be, and reads the rest if it is void.
    fn number(&mut self, meta: &'static UnionMeta, tag: Tag<'a>) -> Option<u16> {
        let Some(number) = meta.find(&tag.text) else {
            if self.strict || !meta.open {
                let (tag, name) = (tag.text, meta.name);
                self.reader
                    .fail(format_args!("`{tag}` is not a tag of {name}"));
            } else {
                self.pending = Some(Pending::Unknown(tag));
            }
            return None;
        };
        let (members, kind, tag) = (tag.members, meta.kind(number), meta.tag(number));
        match members {
            Some(members) if kind == b'v' => self.void(tag, members),
            None if kind == b'v' => {}
            None if kind.is_ascii_lowercase() => self.reader.fail(format_args!(
                "the tag `{tag}` needs an object with its value"
            )),
            _ => self.pending = Some(Pending::Known { tag, kind, members }),
        }
        Some(number)
    }

    /// Reads the rest of an object with a void tag, which may say null once more.
    fn void(&mut self, tag: &str, mut members: Members) {
        while self.next_member(&mut members) {
            let Some(key) = self.reader.key() else { return };
            if key != tag || !self.reader.word("null") {
                self.extra_member(&key, &mut members);
            }
        }
    }

    pub(in super::super) fn fill_payload(&mut self, into: &mut dyn Wire) {
        if let Some(source) = &mut self.source {
            let filled = source.payload(into);
            return self.latch(filled);
        }
        // A bare string stands for a payload that is null, which a blank nullable is.
        let Some(Pending::Known {
            tag,
            kind,
            members: Some(mut members),
        }) = self.pending.take()
        else {
            return;
        };
        match kind {
            b'k' | b'K' => self.keyed(tag, kind == b'k', &mut members, into),
            b'F' if self.ends(&mut members) => {}
            _ => {
                self.open = Some(members);
                into.decode(self);
            }
        }
    }

    /// Whether an object has no more members, and if so, reads its end.
    fn ends(&mut self, members: &mut Members) -> bool {
        self.reader.white_space();
        self.reader.peek() == Some(b'}') && !self.next_member(members)
    }

    fn keyed(&mut self, tag: &str, required: bool, members: &mut Members, into: &mut dyn Wire) {
        let mut seen = false;
        while self.next_member(members) {
            let Some(key) = self.reader.key() else { return };
            if key != tag {
                self.extra_member(&key, members);
                continue;
            }
            if seen && self.strict {
                return self.duplicate(tag);
            }
            if seen {
                reset(into, None);
            }
            seen = true;
            into.decode(self);
            if self.reader.failed() {
                return self.reader.blame_key(tag);
            }
        }
        if required && !seen && !self.reader.failed() {
            self.missing("key", tag);
        }
    }
}
