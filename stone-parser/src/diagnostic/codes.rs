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

    Syntax "E0201" Parse "P01 Q01 Q02 Q03 Q04 Q10 Q42" "a token does not fit the grammar here"
    RepeatedArgument "E0202" Parse "P02" "a keyword argument is given twice"

    FirstDeclaration "E0301" Semantic "S01" "the first declaration of a file is its namespace"

    ExampleField "E0601" Semantic "S90" "an example gives only fields that its type has"
    ExampleIncomplete "E0602" Semantic "S91" "an example gives every required field"
    ExampleValue "E0603" Semantic "S92 Q25 Q30 Q49" "a value in an example fits its type"
    UnknownExample "E0604" Semantic "S93 Q29" "an example refers to examples that exist"
    SubtypeExample "E0605" Semantic "S94 S95 S96" "an example of a struct with enumerated subtypes gives one type tag and a label"
    UnionExample "E0606" Semantic "S97 S98" "an example of a union gives exactly one of its tags"
    CircularExample "E0607" Semantic "Q28" "an example does not contain itself"
    ExampleLimit "E0608" Semantic "" "examples are neither too deep nor too large"

    DocTag "E0701" Semantic "S111" "references are of the kinds field, link, route, type and val"
    DocField "E0702" Semantic "S99 S100 S101 Q23" "a field reference names a field or tag"
    DocLink "E0703" Semantic "S102 Q23" "a link has a title and a URI"
    DocRoute "E0704" Semantic "S103 S104 S105 S106 Q23" "a route reference names a route"
    DocType "E0705" Semantic "S107 S108 S109 Q23" "a type reference names a struct or union"
    DocValue "E0706" Semantic "S110 Q23" "a value reference is a literal"
}
