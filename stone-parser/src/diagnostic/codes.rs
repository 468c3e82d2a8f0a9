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
    IllegalCharacter "E0101" Lex "L01 Q69" "no token starts with this character"
    Indentation "E0102" Lex "L02" "indentation is not a multiple of four"
    Continuation "E0103" Lex "L03" "a continuation line is not exactly one level deeper"
    TooDeep "E0104" Lex "" "nested more than 128 deep"
    NotUtf8 "E0105" Lex "" "the file is not UTF-8 text"
    UnclosedString "E0106" Lex "L01" "a string is never closed"

    Syntax "E0201" Parse "P01 Q02 Q03 Q04 Q10 Q42" "a token or line does not fit the grammar here"
    RepeatedArgument "E0202" Parse "P02" "a keyword argument is given twice"
    NullableParent "E0203" Parse "P03" "the type after `extends` is nullable"
    RepeatedAttr "E0204" Parse "P04" "a key occurs twice in an `attrs` block"
    RouteVersion "E0205" Parse "P05" "a route version is out of range"
    RepeatedExample "E0206" Parse "P06" "two examples of a type share a label"
    RepeatedExampleField "E0207" Parse "P07" "a field is given twice in an example"
    MapKey "E0208" Parse "P08" "a list or map is used as the key of a map"

    FirstDeclaration "E0301" Semantic "S01" "the first declaration of a file is its namespace"
    SecondNamespace "E0302" Semantic "Q01" "a file belongs to one namespace"
    NameTaken "E0303" Semantic "S06 Q06 Q07 Q52" "a name means one thing in a namespace"
    BuiltinName "E0304" Semantic "S10 Q05" "names of built-in types are taken"
    RouteTwice "E0305" Semantic "S07" "a route has one definition per version"
    NamesTooSimilar "E0306" Semantic "S08 Q08" "two names differ only in case, underscores or slashes"
    ImportsItself "E0307" Semantic "S03" "a namespace does not import itself"
    UnknownNamespace "E0308" Semantic "S04" "the imported namespace is in no file"
    MutualImport "E0309" Semantic "S05" "two namespaces do not import each other"
    UnknownPrefix "E0310" Semantic "S17 S29 S60 Q17" "the part before the dot is an imported namespace"
    PrefixNotNamespace "E0311" Semantic "S18 S30 S61" "the part before the dot is no type, route or annotation"
    UnknownName "E0312" Semantic "S19 S31 S59 S71 Q09" "the name is defined somewhere"
    PatchTarget "E0313" Semantic "S25 Q67" "a patch has a target of exactly its name"
    PatchKind "E0314" Semantic "S26" "a patch is of the kind of its target"
    PatchExample "E0315" Semantic "S28" "a patch extends examples that exist"

    NotAType "E0401" Semantic "S33 Q15 Q40" "only structs, unions, aliases and built-in types are types"
    NoArguments "E0402" Semantic "S34" "structs, unions and aliases take no arguments"
    MissingArgument "E0403" Semantic "S37" "List, Map and Timestamp need their arguments"
    SurplusArgument "E0404" Semantic "S38" "a type gets no more positional arguments than it takes"
    UnknownArgument "E0405" Semantic "S39" "a type gets only keyword arguments that it takes"
    PositionalByKeyword "E0406" Semantic "S40" "positional arguments are not given by keyword"
    ArgumentKind "E0407" Semantic "S41a S41c S41e S41h S41k S41m S41p S41r Q14 Q43 Q49" "an argument is of the right kind"
    BoundRange "E0408" Semantic "S41b S41d S41f S41g S41i S41j S41l S41n S41s S41t" "a bound is within the range of its type"
    BoundsCrossed "E0409" Semantic "S41o S41u Q50" "a lower bound is not above the upper bound"
    BadPattern "E0410" Semantic "S41q" "a pattern is a valid regular expression"
    MapKeyType "E0411" Semantic "S41v" "the key of a Map is a String"
    MisplacedVoid "E0412" Semantic "S32 S48 S58 Q44" "Void is for routes"
    NullableTwice "E0413" Semantic "S36 Q46" "a type is made nullable once"
    AliasCycle "E0414" Semantic "S42 Q47" "an alias does not contain itself"
    ExtendsCycle "E0415" Semantic "S35" "a type does not extend itself"
    BadParent "E0416" Semantic "S45 S47 S53 S55 Q15" "a struct extends a struct, a union a union"
    ClosedChild "E0417" Semantic "S57" "a closed union extends no open one"
    FieldTwice "E0418" Semantic "S27 S50" "a type declares each field once"
    FieldInherited "E0419" Semantic "S51" "a type does not repeat a field of an ancestor"
    ReservedTag "E0420" Semantic "S56" "the tag `other` is reserved"
    MissingType "E0421" Semantic "S48 Q18" "a struct field has a type"
    DefaultOnNullable "E0422" Semantic "S13 S49 Q45" "a nullable type takes no default"
    BadDefault "E0423" Semantic "S16 S52 Q11 Q12 Q13 Q30 Q49 Q54" "a default fits its type"
    IgnoredDefault "E0424" Semantic "Q48" "a default on a union tag has no effect"
    SubtypeKind "E0425" Semantic "S72" "enumerated subtypes are structs"
    SubtypesBelowParent "E0426" Semantic "S73" "a struct with enumerated subtypes extends nothing"
    SubtypeTwice "E0427" Semantic "S75" "a subtype is listed once"
    NotASubtype "E0428" Semantic "S76" "a listed subtype directly extends the root"
    SubtypeTag "E0429" Semantic "S77" "a type tag differs from other tags and from the fields of the root"
    SubtypeMissing "E0430" Semantic "S79" "all direct subtypes are listed"
    SubtypeExtended "E0431" Semantic "S80" "a listed subtype is not extended"
    InlineType "E0432" Semantic "Q31" "an inline type has the name of its field's type"

    MixedArguments "E0501" Semantic "S09" "annotation arguments are positional or by keyword"
    AnnotatedParameter "E0502" Semantic "S11" "parameters of annotation types carry no annotations"
    ParameterType "E0503" Semantic "S12 S14" "parameters of annotation types are of built-in primitive types"
    ParameterTwice "E0504" Semantic "S15" "an annotation type declares each parameter once"
    NotAnAnnotationType "E0505" Semantic "S20" "annotations are defined from annotation types"
    ArgumentCount "E0506" Semantic "S21 Q16" "an annotation gets no more arguments than its type has parameters"
    UnknownParameter "E0507" Semantic "S22 Q16" "an annotation argument names a parameter of its type"
    BadArgument "E0508" Semantic "S23 Q51" "an annotation argument fits its parameter"
    ParameterMissing "E0509" Semantic "S24 Q16" "an annotation gives every required parameter"
    NotAnAnnotation "E0510" Semantic "S67" "only annotations follow `@`"
    AnnotationOnAlias "E0511" Semantic "S43" "aliases take redactors and custom annotations"
    AnnotationTwice "E0512" Semantic "S44 S62 S64 S65 S66" "an annotation of one kind is used once"
    DeprecatedPreview "E0513" Semantic "S63" "a field is not both deprecated and in preview"
    RedactorOnAlias "E0514" Semantic "S68" "a redactor goes on the alias, not on its use"
    RedactedTwice "E0515" Semantic "S69" "an alias with a redactor is not redacted again"
    RedactorPlace "E0516" Semantic "S70 Q62" "redactors go on primitive values, lists and maps of them"
    ConfigRoute "E0520" Semantic "S81" "stone_cfg has no routes"
    ConfigType "E0521" Semantic "S82 Q21" "stone_cfg has one struct, Route"
    UnknownSuccessor "E0522" Semantic "S83" "a deprecated route names a route of its namespace"
    SuccessorKind "E0523" Semantic "S84" "the successor of a route is a route"
    OwnSuccessor "E0524" Semantic "Q53" "a route is not its own successor"
    AttrMissing "E0525" Semantic "S85" "a route gives every required attribute"
    UnknownAttr "E0526" Semantic "S86" "an attribute is a field of stone_cfg.Route"
    BadAttr "E0527" Semantic "S87 S88 S89" "an attribute fits its type"
    AttrType "E0528" Semantic "Q22" "attributes are primitives, unions, aliases or nullables of these"

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

    Facts "E0801" Semantic "" "sdk.toml has the sections that the emitter knows"
    StaleFact "E0802" Semantic "" "an entry of sdk.toml is about something in the spec"
    Markers "E0803" Semantic "" "the SDK's Cargo.toml has a place for generated features"
    RouteUrl "E0804" Semantic "" "a URL belongs to one route"
    RouteAttribute "E0805" Semantic "" "the SDK can act on the attributes of routes"
    TimestampFormat "E0806" Semantic "" "the SDK has a type for the format of a timestamp"
    Pattern "E0807" Semantic "" "the SDK can check a pattern"
    Default "E0808" Semantic "" "the SDK can express a default"
    SecretType "E0809" Semantic "" "secrets are strings"
    TooManyFields "E0810" Semantic "" "a struct has at most 128 fields"
    InfiniteType "E0811" Semantic "" "a struct does not contain itself without end"
    NoValue "E0812" Semantic "" "a type has values"
    RepeatSafety "E0813" Semantic "" "sdk.toml says of each route once how safe a second call is"
    ErrorPaths "E0814" Semantic "" "the ways to a tag of an error can be listed"
}
