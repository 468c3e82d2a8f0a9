//! The table of diagnostic codes.
//!
//! In: nothing. Out: [`Code`], its printed form, its name, its severity, the [`Phase`] in which it arises, and its
//! explanation, which is a file in `explain/`.

use super::Severity;

/// The stage that finds a mistake; the reference implementation calls the first three lex, parse and semantic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Phase {
    /// Characters, indentation, line structure.
    Lex,
    /// Grammar of a line, order of lines.
    Parse,
    /// Meaning.
    Semantic,
    /// Style: nothing is wrong, but it could be better.
    Lint,
}

macro_rules! codes {
    ($($code:ident $text:literal $name:literal $severity:ident $phase:ident $rules:literal $summary:literal)*) => {
        /// A rule that a spec can break. The number never changes its meaning.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code {$(
            #[doc = $summary]
            $code,
        )*}

        impl Code {
            /// Every code.
            pub const ALL: &[Code] = &[$(Code::$code),*];

            /// As printed, such as `E0101`; warnings begin with `W`.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$code => $text),* }
            }

            /// Its name, such as `illegal-character`.
            pub fn name(self) -> &'static str {
                match self { $(Code::$code => $name),* }
            }

            /// Whether it is an error or a warning.
            pub fn severity(self) -> Severity {
                match self { $(Code::$code => Severity::$severity),* }
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

            /// Why the rule exists, with a wrong and a right example, as Markdown.
            ///
            /// Examples are fenced blocks, `stone,wrong` and `stone`. Lines `# file: NAME` divide one into files.
            pub fn explanation(self) -> &'static str {
                match self { $(Code::$code => include_str!(concat!("explain/", $text, ".md"))),* }
            }
        }
    };
}

impl Code {
    /// The code of this number or name, whatever the case of its letters.
    pub fn find(text: &str) -> Option<Self> {
        let is_meant = |code: &&Code| {
            code.as_str().eq_ignore_ascii_case(text) || code.name().eq_ignore_ascii_case(text)
        };
        Self::ALL.iter().find(is_meant).copied()
    }
}

// Code, printed form, name, severity, phase, rules of the error catalogue, summary.
codes! {
    IllegalCharacter "E0101" "illegal-character" Error Lex "L01 Q69" "no token starts with this character"
    Indentation "E0102" "bad-indentation" Error Lex "L02" "indentation is not a multiple of four"
    Continuation "E0103" "bad-continuation" Error Lex "L03" "a continuation line is not exactly one level deeper"
    TooDeep "E0104" "too-deep" Error Lex "" "nested more than 128 deep"
    NotUtf8 "E0105" "not-utf-8" Error Lex "" "the file is not UTF-8 text"
    UnclosedString "E0106" "unclosed-string" Error Lex "L01" "a string is never closed"

    Syntax "E0201" "syntax-error" Error Parse "P01 Q02 Q03 Q04 Q10 Q42" "a token or line does not fit the grammar here"
    RepeatedArgument "E0202" "repeated-argument" Error Parse "P02" "a keyword argument is given twice"
    NullableParent "E0203" "nullable-parent" Error Parse "P03" "the type after `extends` is nullable"
    RepeatedAttr "E0204" "repeated-attr" Error Parse "P04" "a key occurs twice in an `attrs` block"
    RouteVersion "E0205" "version-out-of-range" Error Parse "P05" "a route version is out of range"
    RepeatedExample "E0206" "repeated-example" Error Parse "P06" "two examples of a type share a label"
    RepeatedExampleField "E0207" "repeated-example-field" Error Parse "P07" "a field is given twice in an example"
    MapKey "E0208" "collection-as-map-key" Error Parse "P08" "a list or map is used as the key of a map"

    FirstDeclaration "E0301" "namespace-not-first" Error Semantic "S01" "the first declaration of a file is its namespace"
    SecondNamespace "E0302" "second-namespace" Error Semantic "Q01" "a file belongs to one namespace"
    NameTaken "E0303" "name-taken" Error Semantic "S06 Q06 Q07 Q52" "a name means one thing in a namespace"
    BuiltinName "E0304" "built-in-name" Error Semantic "S10 Q05" "names of built-in types are taken"
    RouteTwice "E0305" "route-defined-twice" Error Semantic "S07" "a route has one definition per version"
    NamesTooSimilar "E0306" "names-too-similar" Error Semantic "S08 Q08" "two names differ only in case, underscores or slashes"
    ImportsItself "E0307" "imports-itself" Error Semantic "S03" "a namespace does not import itself"
    UnknownNamespace "E0308" "unknown-namespace" Error Semantic "S04" "the imported namespace is in no file"
    MutualImport "E0309" "mutual-import" Error Semantic "S05" "two namespaces do not import each other"
    UnknownPrefix "E0310" "unknown-prefix" Error Semantic "S17 S29 S60 Q17" "the part before the dot is an imported namespace"
    PrefixNotNamespace "E0311" "prefix-not-namespace" Error Semantic "S18 S30 S61" "the part before the dot is no type, route or annotation"
    UnknownName "E0312" "unknown-name" Error Semantic "S19 S31 S59 S71 Q09" "the name is defined somewhere"
    PatchTarget "E0313" "unknown-patch-target" Error Semantic "S25 Q67" "a patch has a target of exactly its name"
    PatchKind "E0314" "patch-kind-mismatch" Error Semantic "S26" "a patch is of the kind of its target"
    PatchExample "E0315" "unknown-patched-example" Error Semantic "S28" "a patch extends examples that exist"

    NotAType "E0401" "not-a-type" Error Semantic "S33 Q15 Q40" "only structs, unions, aliases and built-in types are types"
    NoArguments "E0402" "arguments-on-defined-type" Error Semantic "S34" "structs, unions and aliases take no arguments"
    MissingArgument "E0403" "missing-type-argument" Error Semantic "S37" "List, Map and Timestamp need their arguments"
    SurplusArgument "E0404" "surplus-type-argument" Error Semantic "S38" "a type gets no more positional arguments than it takes"
    UnknownArgument "E0405" "unknown-type-argument" Error Semantic "S39" "a type gets only keyword arguments that it takes"
    PositionalByKeyword "E0406" "positional-by-keyword" Error Semantic "S40" "positional arguments are not given by keyword"
    ArgumentKind "E0407" "argument-of-wrong-kind" Error Semantic "S41a S41c S41e S41h S41k S41m S41p S41r Q14 Q43 Q49" "an argument is of the right kind"
    BoundRange "E0408" "bound-out-of-range" Error Semantic "S41b S41d S41f S41g S41i S41j S41l S41n S41s S41t" "a bound is within the range of its type"
    BoundsCrossed "E0409" "bounds-crossed" Error Semantic "S41o S41u Q50" "a lower bound is not above the upper bound"
    BadPattern "E0410" "bad-pattern" Error Semantic "S41q" "a pattern is a valid regular expression"
    MapKeyType "E0411" "map-key-not-a-string" Error Semantic "S41v" "the key of a Map is a String"
    MisplacedVoid "E0412" "misplaced-void" Error Semantic "S32 S48 S58 Q44" "Void is for routes"
    NullableTwice "E0413" "nullable-twice" Error Semantic "S36 Q46" "a type is made nullable once"
    AliasCycle "E0414" "alias-cycle" Error Semantic "S42 Q47" "an alias does not contain itself"
    ExtendsCycle "E0415" "inheritance-cycle" Error Semantic "S35" "a type does not extend itself"
    BadParent "E0416" "bad-parent" Error Semantic "S45 S47 S53 S55 Q15" "a struct extends a struct, a union a union"
    ClosedChild "E0417" "closed-child-of-open-union" Error Semantic "S57" "a closed union extends no open one"
    FieldTwice "E0418" "field-declared-twice" Error Semantic "S27 S50" "a type declares each field once"
    FieldInherited "E0419" "field-inherited" Error Semantic "S51" "a type does not repeat a field of an ancestor"
    ReservedTag "E0420" "reserved-tag" Error Semantic "S56" "the tag `other` is reserved"
    MissingType "E0421" "field-without-type" Error Semantic "S48 Q18" "a struct field has a type"
    DefaultOnNullable "E0422" "default-on-nullable" Error Semantic "S13 S49 Q45" "a nullable type takes no default"
    BadDefault "E0423" "bad-default" Error Semantic "S16 S52 Q11 Q12 Q13 Q30 Q49 Q54" "a default fits its type"
    IgnoredDefault "W0424" "ignored-default" Warning Semantic "Q48" "a default on a union tag has no effect"
    SubtypeKind "E0425" "subtype-not-a-struct" Error Semantic "S72" "enumerated subtypes are structs"
    SubtypesBelowParent "E0426" "subtypes-below-parent" Error Semantic "S73" "a struct with enumerated subtypes extends nothing"
    SubtypeTwice "E0427" "subtype-listed-twice" Error Semantic "S75" "a subtype is listed once"
    NotASubtype "E0428" "not-a-subtype" Error Semantic "S76" "a listed subtype directly extends the root"
    SubtypeTag "E0429" "subtype-tag-taken" Error Semantic "S77" "a type tag differs from other tags and from the fields of the root"
    SubtypeMissing "E0430" "subtype-missing" Error Semantic "S79" "all direct subtypes are listed"
    SubtypeExtended "E0431" "subtype-extended" Error Semantic "S80" "a listed subtype is not extended"
    InlineType "E0432" "inline-type-name" Error Semantic "Q31" "an inline type has the name of its field's type"

    MixedArguments "E0501" "mixed-annotation-arguments" Error Semantic "S09" "annotation arguments are positional or by keyword"
    AnnotatedParameter "E0502" "annotated-parameter" Error Semantic "S11" "parameters of annotation types carry no annotations"
    ParameterType "E0503" "bad-parameter-type" Error Semantic "S12 S14" "parameters of annotation types are of built-in primitive types"
    ParameterTwice "E0504" "parameter-declared-twice" Error Semantic "S15" "an annotation type declares each parameter once"
    NotAnAnnotationType "E0505" "not-an-annotation-type" Error Semantic "S20" "annotations are defined from annotation types"
    ArgumentCount "E0506" "too-many-annotation-arguments" Error Semantic "S21 Q16" "an annotation gets no more arguments than its type has parameters"
    UnknownParameter "E0507" "unknown-annotation-argument" Error Semantic "S22 Q16" "an annotation argument names a parameter of its type"
    BadArgument "E0508" "bad-annotation-argument" Error Semantic "S23 Q51" "an annotation argument fits its parameter"
    ParameterMissing "E0509" "missing-annotation-argument" Error Semantic "S24 Q16" "an annotation gives every required parameter"
    NotAnAnnotation "E0510" "not-an-annotation" Error Semantic "S67" "only annotations follow `@`"
    AnnotationOnAlias "E0511" "annotation-on-alias" Error Semantic "S43" "aliases take redactors and custom annotations"
    AnnotationTwice "E0512" "annotation-twice" Error Semantic "S44 S62 S64 S65 S66" "an annotation of one kind is used once"
    DeprecatedPreview "E0513" "deprecated-preview" Error Semantic "S63" "a field is not both deprecated and in preview"
    RedactorOnAlias "E0514" "redactor-on-alias" Error Semantic "S68" "a redactor goes on the alias, not on its use"
    RedactedTwice "E0515" "redacted-twice" Error Semantic "S69" "an alias with a redactor is not redacted again"
    RedactorPlace "E0516" "misplaced-redactor" Error Semantic "S70 Q62" "redactors go on primitive values, lists and maps of them"
    ConfigRoute "E0520" "route-in-stone-cfg" Error Semantic "S81" "stone_cfg has no routes"
    ConfigType "E0521" "type-in-stone-cfg" Error Semantic "S82 Q21" "stone_cfg has one struct, Route"
    UnknownSuccessor "E0522" "unknown-successor" Error Semantic "S83" "a deprecated route names a route of its namespace"
    SuccessorKind "E0523" "successor-not-a-route" Error Semantic "S84" "the successor of a route is a route"
    OwnSuccessor "W0524" "own-successor" Warning Semantic "Q53" "a route is not its own successor"
    AttrMissing "E0525" "missing-attr" Error Semantic "S85" "a route gives every required attribute"
    UnknownAttr "E0526" "unknown-attr" Error Semantic "S86" "an attribute is a field of stone_cfg.Route"
    BadAttr "E0527" "bad-attr" Error Semantic "S87 S88 S89" "an attribute fits its type"
    AttrType "E0528" "bad-attr-type" Error Semantic "Q22" "attributes are primitives, unions, aliases or nullables of these"

    ExampleField "E0601" "unknown-example-field" Error Semantic "S90" "an example gives only fields that its type has"
    ExampleIncomplete "E0602" "incomplete-example" Error Semantic "S91" "an example gives every required field"
    ExampleValue "E0603" "bad-example-value" Error Semantic "S92 Q25 Q30 Q49" "a value in an example fits its type"
    UnknownExample "E0604" "unknown-example" Error Semantic "S93 Q29" "an example refers to examples that exist"
    SubtypeExample "E0605" "bad-subtype-example" Error Semantic "S94 S95 S96" "an example of a struct with enumerated subtypes gives one type tag and a label"
    UnionExample "E0606" "bad-union-example" Error Semantic "S97 S98" "an example of a union gives exactly one of its tags"
    CircularExample "E0607" "circular-example" Error Semantic "Q28" "an example does not contain itself"
    ExampleLimit "E0608" "example-too-large" Error Semantic "" "examples are neither too deep nor too large"

    DocTag "E0701" "bad-doc-tag" Error Semantic "S111" "references are of the kinds field, link, route, type and val"
    DocField "E0702" "bad-doc-field" Error Semantic "S99 S100 S101 Q23" "a field reference names a field or tag"
    DocLink "E0703" "bad-doc-link" Error Semantic "S102 Q23" "a link has a title and a URI"
    DocRoute "E0704" "bad-doc-route" Error Semantic "S103 S104 S105 S106 Q23" "a route reference names a route"
    DocType "E0705" "bad-doc-type" Error Semantic "S107 S108 S109 Q23" "a type reference names a struct or union"
    DocValue "E0706" "bad-doc-value" Error Semantic "S110 Q23" "a value reference is a literal"

    Facts "E0801" "broken-facts" Error Semantic "" "sdk.toml has the sections that the emitter knows"
    StaleFact "E0802" "stale-fact" Error Semantic "" "an entry of sdk.toml is about something in the spec"
    Markers "E0803" "missing-markers" Error Semantic "" "the SDK's Cargo.toml has a place for generated features"
    RouteUrl "E0804" "route-url-taken" Error Semantic "" "a URL belongs to one route"
    RouteAttribute "E0805" "unsupported-attribute" Error Semantic "" "the SDK can act on the attributes of routes"
    TimestampFormat "E0806" "unsupported-timestamp" Error Semantic "" "the SDK has a type for the format of a timestamp"
    Pattern "E0807" "unsupported-pattern" Error Semantic "" "the SDK can check a pattern"
    Default "E0808" "unsupported-default" Error Semantic "" "the SDK can express a default"
    SecretType "E0809" "secret-not-a-string" Error Semantic "" "secrets are strings"
    TooManyFields "E0810" "too-many-fields" Error Semantic "" "a struct has at most 128 fields"
    InfiniteType "E0811" "infinite-type" Error Semantic "" "a struct does not contain itself without end"
    NoValue "E0812" "type-without-values" Error Semantic "" "a type has values"
    RepeatSafety "E0813" "unclear-repeat-safety" Error Semantic "" "sdk.toml says of each route once how safe a second call is"
    ErrorPaths "E0814" "too-many-error-paths" Error Semantic "" "the ways to a tag of an error can be listed"

    UnusedImport "W0901" "unused-import" Warning Lint "" "imports are used"
    UnusedType "W0902" "unused-type" Warning Lint "" "routes lead to every type"
    UndocumentedRoute "W0903" "undocumented-route" Warning Lint "" "routes have docs"
    ArgumentWithoutExample "W0904" "argument-without-example" Warning Lint "" "the argument of a route has an example"
    PatternMatchesNoExample "W0905" "pattern-matches-no-example" Warning Lint "" "a pattern matches the examples as a whole"
    UntaggedReference "W0906" "untagged-reference" Warning Lint "" "references in docs are tagged"
    UnknownAllow "W0907" "unknown-allow" Warning Lint "" "comments allow warnings that exist"
}
