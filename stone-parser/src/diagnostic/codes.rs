//! The table of diagnostic codes.
//!
//! In: nothing. Out: [`Code`], its printed form, its name and the [`Phase`] in which it arises.

/// The stage that finds a mistake; the reference implementation calls them lex, parse and semantic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Phase {
    /// Characters, indentation, line structure.
    Lex,
    /// Grammar of a line, order of lines.
    Parse,
    /// Meaning.
    Semantic,
}

macro_rules! codes {
    ($($code:ident $text:literal $phase:ident $rules:literal $summary:literal)*) => {
        /// A rule that a spec can break. The number never changes its meaning.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code {$(
            #[doc = $summary]
            $code,
        )*}

        impl Code {
            /// Every code.
            pub const ALL: &[Code] = &[$(Code::$code),*];

            /// As printed, such as `E0101`.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$code => $text),* }
            }

            /// The stage that finds it.
            pub fn phase(self) -> Phase {
                match self { $(Code::$code => Phase::$phase),* }
            }

            /// The rules of the error catalogue that it covers, separated by blanks.
            pub fn rules(self) -> &'static str {
                match self { $(Code::$code => $rules),* }
            }

            /// What the rule is, in a line.
            pub fn summary(self) -> &'static str {
                match self { $(Code::$code => $summary),* }
            }
        }
    };
}

// Code, printed form, phase, rules of the error catalogue, summary.
codes! {
    IllegalCharacter "E0101" Lex "L01" "no token starts with this character"
    Indentation "E0102" Lex "L02" "indentation is not a multiple of four"
    Continuation "E0103" Lex "L03" "a continuation line is not exactly one level deeper"
    TooDeep "E0104" Lex "" "nested more than 128 deep"
    NotUtf8 "E0105" Lex "" "the file is not UTF-8 text"

    Syntax "E0201" Parse "P01 Q01 Q02 Q03 Q04 Q10 Q42" "a token or line does not fit the grammar here"
    RepeatedArgument "E0202" Parse "P02" "a keyword argument is given twice"
    NullableParent "E0203" Parse "P03" "the type after `extends` is nullable"
    RepeatedAttr "E0204" Parse "P04" "a key occurs twice in an `attrs` block"
    RouteVersion "E0205" Parse "P05" "a route version is out of range"
    RepeatedExample "E0206" Parse "P06" "two examples of a type share a label"
    RepeatedExampleField "E0207" Parse "P07" "a field is given twice in an example"
    MapKey "E0208" Parse "P08" "a list or map is used as the key of a map"

    FirstDeclaration "E0301" Semantic "S01" "the first declaration of a file is its namespace"
}
