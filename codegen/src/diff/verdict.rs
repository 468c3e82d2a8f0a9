//! Verdicts: what a change means on the wire, for Rust, and how bad that is where it happens.
//!
//! In: what a rule says, and the positions of a type. Out: [`Severity`].

/// Whether two parties of different versions understand each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Wire {
    /// It does not concern them.
    Nothing,
    /// They do.
    Fine,
    /// Nobody can tell without knowing what the thing means.
    Unknown,
    /// It depends on the values or on the receiver.
    Depends,
    /// A strict receiver refuses, a lenient one does not.
    Strict,
    /// They do not.
    Breaks,
}

impl Wire {
    /// In a word.
    pub fn text(self) -> &'static str {
        match self {
            Self::Nothing => "unaffected",
            Self::Fine => "fine",
            Self::Unknown => "unknown",
            Self::Depends => "depends",
            Self::Strict => "break if strict",
            Self::Breaks => "break",
        }
    }
}

/// Which number of a version rises.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Bump {
    Patch,
    Minor,
    Major,
}

impl Bump {
    /// In a word.
    pub fn text(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// How bad a change is for those who use the API over the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Nobody notices.
    Note,
    /// Old programs go on working.
    Compatible,
    /// Some fail, or all of them while servers are being updated.
    Risky,
    /// Old programs fail.
    Breaking,
}

impl Severity {
    /// All of them, the worst first.
    pub const ALL: [Self; 4] = [Self::Breaking, Self::Risky, Self::Compatible, Self::Note];

    /// In a word.
    pub fn text(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::Risky => "risky",
            Self::Compatible => "compatible",
            Self::Note => "note",
        }
    }

    /// A step less, at least compatible.
    pub fn milder(self) -> Self {
        match self {
            Self::Breaking => Self::Risky,
            Self::Risky | Self::Compatible => Self::Compatible,
            Self::Note => Self::Note,
        }
    }
}

/// Where values of a type travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Positions {
    /// From clients to servers, which are strict.
    pub argument: bool,
    /// From servers to clients, which are lenient.
    pub result: bool,
    /// As results, in errors.
    pub error: bool,
}

impl Positions {
    /// Both.
    pub fn union(self, other: Self) -> Self {
        Self {
            argument: self.argument || other.argument,
            result: self.result || other.result,
            error: self.error || other.error,
        }
    }

    /// The positions by name.
    pub fn names(self) -> Vec<&'static str> {
        let all = [
            (self.argument, "argument"),
            (self.result, "result"),
            (self.error, "error"),
        ];
        all.into_iter()
            .filter_map(|(is, name)| is.then_some(name))
            .collect()
    }

    /// Whether no route leads to the type.
    pub fn is_nowhere(self) -> bool {
        self == Self::default()
    }
}

/// How bad a change is in its positions. In arguments old senders decide, and receivers are strict; in results and
/// errors old receivers do, and they are lenient. What would break the other one is a risk while servers are updated.
pub fn severity(receivers: Wire, senders: Wire, at: Positions) -> Severity {
    let argument = at
        .argument
        .then(|| side(senders, true).max(other(receivers)));
    let answer = (at.result || at.error).then(|| side(receivers, false).max(other(senders)));
    argument.max(answer).unwrap_or(Severity::Compatible)
}

fn side(decisive: Wire, strict: bool) -> Severity {
    match decisive {
        Wire::Breaks => Severity::Breaking,
        Wire::Strict if strict => Severity::Breaking,
        Wire::Depends | Wire::Unknown => Severity::Risky,
        Wire::Strict | Wire::Fine | Wire::Nothing => Severity::Compatible,
    }
}

fn other(verdict: Wire) -> Severity {
    match verdict {
        Wire::Breaks => Severity::Risky,
        _ => Severity::Compatible,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARGUMENT: Positions = Positions {
        argument: true,
        result: false,
        error: false,
    };
    const ANSWER: Positions = Positions {
        argument: false,
        result: true,
        error: false,
    };

    #[test]
    fn positions_decide() {
        let cases = [
            (
                Wire::Strict,
                Wire::Fine,
                Severity::Compatible,
                Severity::Compatible,
            ),
            (
                Wire::Strict,
                Wire::Breaks,
                Severity::Breaking,
                Severity::Risky,
            ),
            (
                Wire::Fine,
                Wire::Strict,
                Severity::Breaking,
                Severity::Compatible,
            ),
            (
                Wire::Breaks,
                Wire::Fine,
                Severity::Risky,
                Severity::Breaking,
            ),
            (
                Wire::Depends,
                Wire::Fine,
                Severity::Compatible,
                Severity::Risky,
            ),
        ];
        for (receivers, senders, argument, answer) in cases {
            assert_eq!(severity(receivers, senders, ARGUMENT), argument);
            assert_eq!(severity(receivers, senders, ANSWER), answer);
            let both = ARGUMENT.union(ANSWER);
            assert_eq!(severity(receivers, senders, both), argument.max(answer));
            let nowhere = Positions::default();
            assert_eq!(severity(receivers, senders, nowhere), Severity::Compatible);
        }
    }
}
