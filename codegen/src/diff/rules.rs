//! The table of rules: what kinds of changes there are, and what each means for whom.
//!
//! In: nothing. Out: [`Rule`], which is at the same time the kind of a change and the judgement of it. Numbers are
//! stable: the first part is the area, the second the place within it; a number never changes its meaning.

use super::verdict::{Bump, Wire};

/// What a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Area {
    Namespaces,
    Types,
    Fields,
    TypesOfMembers,
    Unions,
    Constraints,
    Routes,
    Attributes,
    Annotations,
    Docs,
    Names,
}

impl Area {
    /// As a heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Namespaces => "Namespaces, files, imports",
            Self::Types => "Types as a whole",
            Self::Fields => "Fields of structs",
            Self::TypesOfMembers => "Types of fields, payloads and items",
            Self::Unions => "Unions, tags, enumerated subtypes",
            Self::Constraints => "Constraints",
            Self::Routes => "Routes",
            Self::Attributes => "Attributes of routes",
            Self::Annotations => "Annotations",
            Self::Docs => "Docs and examples",
            Self::Names => "Names and shapes of Rust",
        }
    }
}

macro_rules! rules {
    ($($rule:ident $id:literal $area:ident $receivers:ident $senders:ident $rust:ident $title:literal $reason:literal)*) => {
        /// A kind of change.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Rule {$(
            #[doc = $title]
            $rule,
        )*}

        impl Rule {
            /// Every rule.
            pub const ALL: &[Rule] = &[$(Rule::$rule),*];

            /// Its number, such as `4.3`.
            pub fn id(self) -> &'static str {
                match self { $(Rule::$rule => $id),* }
            }

            /// What it is about.
            pub fn area(self) -> Area {
                match self { $(Rule::$rule => Area::$area),* }
            }

            /// The change in a few words.
            pub fn title(self) -> &'static str {
                match self { $(Rule::$rule => $title),* }
            }

            /// Why it means what it means.
            pub fn reason(self) -> &'static str {
                match self { $(Rule::$rule => $reason),* }
            }

            /// Whether an old receiver understands a new sender.
            pub fn receivers(self) -> Wire {
                match self { $(Rule::$rule => Wire::$receivers),* }
            }

            /// Whether a new receiver understands an old sender.
            pub fn senders(self) -> Wire {
                match self { $(Rule::$rule => Wire::$senders),* }
            }

            /// The most that it can mean for programs that use the generated crate. What the items look like decides.
            pub fn rust(self) -> Bump {
                match self { $(Rule::$rule => Bump::$rust),* }
            }
        }
    };
}

impl Rule {
    /// Whether it breaks nobody and changes no signature: such changes are counted, not listed.
    pub fn is_note(self) -> bool {
        let harmless = |wire| matches!(wire, Wire::Fine | Wire::Nothing);
        harmless(self.receivers()) && harmless(self.senders()) && self.rust() == Bump::Patch
    }

    /// Whether it concerns descriptions and examples only.
    pub fn is_text(self) -> bool {
        matches!(
            self,
            Self::NamespaceDoc
                | Self::TypeDoc
                | Self::FieldDoc
                | Self::RouteDoc
                | Self::ExampleChanged
        )
    }

    /// Whether something is gone, which is milder if it was deprecated before.
    pub fn is_farewell(self) -> bool {
        matches!(
            self,
            Self::RouteRemoved
                | Self::FieldOptionalRemoved
                | Self::FieldRequiredRemoved
                | Self::TagRemovedOpen
                | Self::TagRemovedClosed
        )
    }

    /// Whether the rule says that all of it moves: such a change is judged by what it says, not by the item's surface.
    pub fn is_removal(self) -> bool {
        matches!(
            self,
            Self::NamespaceRemoved | Self::TypeRemoved | Self::TypeKind | Self::RouteRemoved
        )
    }
}

// Kind, number, area, old receivers, old senders, Rust at most, title, reason.
rules! {
    NamespaceAdded "2.1" Namespaces Fine Fine Minor "namespace added" "nothing that exists changes"
    NamespaceRemoved "2.2" Namespaces Breaks Breaks Major "namespace removed or renamed" "its routes lose their URLs and its items their paths"
    TypeMoved "2.4" Namespaces Fine Fine Major "type or alias moved to another namespace" "the wire does not name types; paths in programs do"
    NamespaceDoc "2.6" Namespaces Fine Fine Patch "doc of a namespace changed" "text for people"

    TypeAdded "3.1" Types Fine Fine Minor "type or alias added" "nothing that exists changes"
    TypeRemoved "3.2" Types Fine Fine Major "type or alias removed" "programs that name it do not compile; what used it is reported by itself"
    TypeRenamed "3.3" Types Fine Fine Major "type or alias renamed" "the wire does not name types; programs do"
    TypeKind "3.4" Types Breaks Breaks Major "struct, union or alias became another kind of type" "JSON and Rust have another shape"
    OrderChanged "3.6" Types Fine Fine Major "order of required fields changed" "`new` takes them in order"
    FieldsMoved "3.7" Types Fine Fine Major "fields moved between a struct and its parent" "messages stay the same; a parent that loses a field loses it in programs"

    FieldOptionalAdded "4.1" Fields Strict Fine Minor "optional field added" "strict receivers refuse unknown fields, so servers are updated first"
    FieldOptionalInEmptyPayload "4.2" Fields Depends Fine Minor "optional field added to the payload of a nullable tag" "the wire cannot tell null from a struct without fields"
    FieldRequiredAdded "4.3" Fields Strict Breaks Major "required field added" "old senders leave it out, and `new` takes one more value"
    FieldOptionalRemoved "4.4" Fields Fine Strict Major "optional field removed" "old receivers fall back to null or the default; strict receivers refuse it from old senders"
    FieldRequiredRemoved "4.5" Fields Breaks Strict Major "required field removed" "old receivers miss it"
    FieldRenamed "4.6" Fields Breaks Breaks Major "field renamed" "for the wire it is another field"
    FieldOptionalRenamed "4.6b" Fields Depends Depends Major "optional field renamed" "nothing fails, but its value is lost silently"
    FieldBecameOptional "4.7" Fields Breaks Fine Major "required field became optional" "new senders may leave out what old receivers need"
    FieldBecameRequired "4.8" Fields Fine Breaks Major "optional field became required" "old senders may leave it out"
    NullableToDefault "4.9" Fields Fine Depends Major "nullable field got a default instead" "old senders may send null, which a default refuses"
    DefaultToNullable "4.10" Fields Depends Fine Major "field with default became nullable" "a null that is left out is read as the old default"
    DefaultChanged "4.11" Fields Depends Depends Minor "default changed" "a field that is left out means something else on each side"
    FieldDoc "4.12" Fields Fine Fine Patch "doc of a field changed" "text for people"
    ParentChanged "4.13" Fields Fine Fine Major "parent changed with the same fields" "messages stay the same; the conversion into the parent comes or goes"

    TypeChanged "5.1" TypesOfMembers Breaks Breaks Major "type replaced by another" "neither side understands the other"
    AliasSpelling "5.2" TypesOfMembers Fine Fine Patch "type written through an alias, or no longer" "an alias is the same type"
    BecameNullable "5.3" TypesOfMembers Breaks Fine Major "value became nullable" "old receivers refuse null"
    NoLongerNullable "5.4" TypesOfMembers Fine Breaks Major "value is no longer nullable" "old senders may send null"
    IntWidened "5.5" TypesOfMembers Depends Fine Major "integer became wider" "old receivers refuse what is beyond the old range"
    IntNarrowed "5.6" TypesOfMembers Fine Depends Major "integer became narrower" "old senders may send what is beyond the new range"
    IntSign "5.7" TypesOfMembers Depends Depends Major "integer changed between signed and unsigned" "each side refuses a part of the other's range"
    IntToFloat "5.8" TypesOfMembers Breaks Fine Major "integer became a float" "receivers of integers refuse `1.0`"
    FloatToInt "5.9" TypesOfMembers Fine Breaks Major "float became an integer" "old senders may send fractions"
    FloatWidened "5.10" TypesOfMembers Depends Fine Major "Float32 became Float64" "old receivers have a smaller range"
    FloatNarrowed "5.11" TypesOfMembers Fine Depends Major "Float64 became Float32" "range and precision get smaller"
    TextWidened "5.12" TypesOfMembers Breaks Fine Major "Timestamp or Bytes became a String" "old receivers refuse text that is neither"
    TextNarrowed "5.12b" TypesOfMembers Fine Breaks Major "String became a Timestamp or Bytes" "new receivers refuse text that is neither"
    TimestampFormat "5.13" TypesOfMembers Breaks Breaks Major "format of a timestamp changed" "the text is another; Rust has a type for days and one for moments"
    StringToUnion "5.14" TypesOfMembers Breaks Depends Major "String became a union" "unions are sent as objects; bare strings are taken for tags"
    Listed "5.15" TypesOfMembers Breaks Breaks Major "value became a list, or a list became a value" "JSON has another shape"
    ToChild "5.17" TypesOfMembers Strict Breaks Major "struct replaced by its child" "as adding the child's required fields"
    ToChildOptional "5.17b" TypesOfMembers Strict Fine Major "struct replaced by a child that adds optional fields" "as adding the child's fields"
    ToParent "5.18" TypesOfMembers Breaks Strict Major "struct replaced by its parent" "as removing the child's fields"
    UnionToChild "5.19" TypesOfMembers Depends Fine Major "union replaced by its child" "as adding the child's tags"
    UnionToParent "5.20" TypesOfMembers Fine Depends Major "union replaced by its parent" "as removing the child's tags"
    SameShape "5.21" TypesOfMembers Fine Fine Major "type replaced by another with the same members" "the wire does not name types; programs do"
    SubtypeOrRoot "5.22" TypesOfMembers Breaks Breaks Major "root replaced by a listed subtype, or the other way round" "`.tag` is required on one side only"

    TagAddedOpen "6.1" Unions Strict Fine Minor "tag added to an open union" "lenient receivers see the catch-all"
    TagAddedClosed "6.2" Unions Breaks Fine Major "tag added to a closed union" "old receivers refuse it, and a `match` has an arm too few"
    TagRemovedOpen "6.3" Unions Fine Depends Major "tag removed from an open union" "from old senders it is now unknown"
    TagRemovedClosed "6.4" Unions Fine Breaks Major "tag removed from a closed union" "new receivers refuse it"
    TagRenamed "6.5" Unions Breaks Breaks Major "tag renamed" "for the wire it is another tag"
    VoidToPayload "6.6" Unions Strict Breaks Major "tag got a payload" "old senders leave it out"
    VoidToOptionalPayload "6.7" Unions Strict Fine Major "tag got a payload that may be left out" "old receivers skip it"
    PayloadToVoid "6.8" Unions Breaks Strict Major "tag lost its payload" "old receivers miss it"
    OptionalPayloadToVoid "6.8b" Unions Fine Strict Major "tag lost a payload that may be left out" "old receivers do without it"
    PayloadShape "6.9" Unions Breaks Breaks Major "payload changed between a plain struct and something else" "plain structs share the object with the tag, everything else has a key"
    PayloadBecameRoot "6.10" Unions Breaks Breaks Major "payload became a struct with subtypes" "it moves from beside the tag to below a key"
    PayloadBecameNullable "6.11" Unions Depends Fine Major "payload became nullable" "new senders may send the bare tag"
    UnionClosed "6.12" Unions Fine Breaks Major "open union became closed" "new receivers refuse what they do not know, and `Other` is gone"
    UnionOpened "6.13" Unions Depends Fine Major "closed union became open" "tags may be added later, and a `match` needs one more arm"
    UnionParentChanged "6.14" Unions Fine Fine Major "parent of a union changed with the same tags" "messages stay the same; conversions come or go"
    SubtypeAddedOpen "6.17" Unions Strict Fine Minor "subtype added to an open root" "lenient receivers see the fields of the root"
    SubtypeAddedClosed "6.18" Unions Breaks Fine Major "subtype added to a closed root" "old receivers refuse it"
    SubtypeRemovedOpen "6.19" Unions Fine Depends Major "subtype removed from an open root" "from old senders it is now unknown"
    SubtypeRemovedClosed "6.20" Unions Fine Breaks Major "subtype removed from a closed root" "new receivers refuse it"
    SubtypeRenamed "6.21" Unions Breaks Breaks Major "tag of a subtype renamed" "for the wire it is another subtype"
    SubtypeExchanged "6.22" Unions Breaks Breaks Major "another subtype under the same tag" "as changing its fields"
    RootClosed "6.23" Unions Fine Breaks Major "open root became closed" "new receivers refuse subtypes that they do not know"
    RootOpened "6.24" Unions Depends Fine Major "closed root became open" "subtypes may be added later, and a `match` needs one more arm"
    StructToRoot "6.25" Unions Breaks Breaks Major "plain struct got subtypes" "`.tag` becomes required"
    RootToStruct "6.26" Unions Strict Fine Major "struct lost its subtypes" "a stray `.tag` is skipped; fields of subtypes are unknown"

    Loosened "7.1" Constraints Strict Fine Minor "bound loosened or removed" "receivers that check refuse the new values"
    Tightened "7.2" Constraints Fine Strict Minor "bound tightened or added" "values that were fine are refused"
    BoundsMoved "7.3" Constraints Strict Strict Minor "bounds moved" "each side refuses values of the other"
    PatternRemoved "7.4" Constraints Strict Fine Minor "pattern removed" "receivers that check refuse the new values"
    PatternAdded "7.5" Constraints Fine Strict Minor "pattern added" "values that were fine are refused"
    PatternChanged "7.6" Constraints Strict Strict Minor "pattern changed" "whether one contains the other cannot be told, so it is taken as refusing both ways"
    PatternWidened "7.6b" Constraints Strict Fine Minor "pattern got more alternatives" "all that was allowed still is"

    RouteAdded "8.1" Routes Nothing Fine Minor "route or version added" "nothing that exists changes"
    RouteRemoved "8.2" Routes Nothing Breaks Major "route or version removed" "its URL is gone"
    RouteRenamed "8.3" Routes Nothing Breaks Major "route renamed" "its URL is another"
    RouteVersion "8.4" Routes Nothing Breaks Major "version of a route changed" "its URL is another"
    RouteTypeRenamed "8.5" Routes Fine Fine Major "type of a route replaced by one with the same members" "the wire does not name types; programs do"
    ArgumentChanged "8.6" Routes Breaks Breaks Major "argument of a route changed its type" "calls are of another shape"
    ArgumentFromVoid "8.7" Routes Strict Depends Major "route got an argument without required fields" "old clients send null or nothing"
    ArgumentAdded "8.8" Routes Strict Breaks Major "route got an argument" "old clients send null or nothing"
    ArgumentRemoved "8.9" Routes Strict Strict Major "route lost its argument" "strict servers refuse a value"
    ArgumentNullable "8.10" Routes Breaks Breaks Major "argument of a route became nullable, or no longer is" "null is allowed on one side only"
    ResultChanged "8.11" Routes Breaks Breaks Major "result of a route changed its type" "answers are of another shape"
    ResultAdded "8.12" Routes Fine Breaks Major "route got a result" "lenient old clients skip it"
    ResultRemoved "8.13" Routes Breaks Fine Major "route lost its result" "old clients miss it"
    ErrorChanged "8.14" Routes Breaks Breaks Major "error of a route changed its type" "many clients look at known tags only"
    ErrorVoid "8.15" Routes Depends Depends Major "route got or lost errors of its own" "clients have to get along with either"
    RouteDeprecated "8.17" Routes Fine Fine Minor "route deprecated, or its successor changed" "a warning, which fails builds that deny warnings"
    DeprecationLifted "8.18" Routes Fine Fine Patch "route no longer deprecated" "a warning less"
    RouteDoc "8.19" Routes Fine Fine Patch "doc of a route changed" "text for people"

    SchemaOptional "9.1" Attributes Nothing Nothing Patch "attribute declared or no longer declared" "no effect by itself; values are compared per route"
    SchemaRequired "9.2" Attributes Nothing Nothing Patch "required attribute declared" "every route of every file must set it"
    SchemaDefault "9.3" Attributes Nothing Nothing Patch "default of an attribute changed" "routes that do not set it are reported by themselves"
    SchemaType "9.4" Attributes Nothing Nothing Patch "type of an attribute changed" "no effect unless values change"
    Host "9.5" Attributes Nothing Breaks Patch "host of a route changed" "old clients call the wrong server; regenerated ones the right one"
    Style "9.6" Attributes Breaks Breaks Major "style of a route changed" "argument, result and content travel another way, and the method is another"
    AuthAdded "9.7" Attributes Nothing Fine Minor "route got one more kind of authentication" "it appears on one more client"
    AuthRemoved "9.8" Attributes Nothing Breaks Major "kind of authentication removed or replaced" "tokens of that kind are refused, and the method leaves that client"
    AuthOrder "9.9" Attributes Nothing Fine Patch "kinds of authentication in another order" "they are a set"
    AuthDropped "9.10" Attributes Nothing Depends Minor "route needs no authentication any more" "a token that is sent may be refused; every client has the method"
    ScopeAdded "9.11" Attributes Nothing Breaks Patch "scope added or changed" "tokens without it are refused when the program runs"
    ScopeRemoved "9.12" Attributes Nothing Fine Patch "scope removed" "tokens need less"
    SelectAdminNarrowed "9.13" Attributes Nothing Breaks Patch "admins may do less or nothing" "calls that select an admin are refused"
    SelectAdminWidened "9.14" Attributes Nothing Fine Patch "admins may do more" "nothing that worked fails"
    AppFolderRefused "9.15" Attributes Nothing Breaks Patch "apps confined to a folder are refused" "their calls fail"
    AppFolderAllowed "9.15b" Attributes Nothing Fine Patch "apps confined to a folder are allowed" "nothing that worked fails"
    BecamePreview "9.16" Attributes Nothing Depends Major "route went into preview" "a promise is withdrawn, and the method moves behind the feature `preview`"
    LeftPreview "9.17" Attributes Nothing Fine Minor "route left preview" "it is there without the feature `preview`"
    CloudDocAuth "9.18" Attributes Nothing Depends Patch "tokens of the cloud documents kind allowed or not" "it depends on the token"
    OtherAttribute "9.19" Attributes Nothing Unknown Patch "other attribute of a route changed" "its meaning is not known here"

    DeprecatedAdded "10.1" Annotations Fine Fine Minor "field or tag deprecated" "a warning, which fails builds that deny warnings"
    DeprecatedRemoved "10.2" Annotations Fine Fine Patch "field or tag no longer deprecated" "a warning less"
    PreviewAdded "10.3" Annotations Fine Fine Minor "field or tag went into preview" "a promise is withdrawn"
    PreviewRemoved "10.4" Annotations Fine Fine Minor "field or tag left preview" "a promise is given"
    OmittedAdded "10.5" Annotations Depends Depends Major "field or tag hidden from most callers" "for them it is gone, and from the public crate"
    OmittedRemoved "10.6" Annotations Depends Depends Major "field or tag shown to all callers" "for most of them it is new"
    OmittedChanged "10.7" Annotations Depends Depends Patch "field or tag hidden from other callers" "gone for some, new for others"
    RedactorChanged "10.8" Annotations Fine Fine Patch "redactor added, removed or changed" "concerns logs only"
    CustomChanged "10.9" Annotations Fine Fine Patch "custom annotation added, removed or changed" "its meaning belongs to tools"
    AnnotationChanged "10.10" Annotations Fine Fine Patch "definition of an annotation added, removed, renamed or moved" "what it does to fields is reported there"
    AnnotationTypeChanged "10.11" Annotations Fine Fine Patch "annotation type changed" "concerns tools only"

    TypeDoc "11.1" Docs Fine Fine Patch "doc of a type changed" "text for people"
    ExampleChanged "11.1b" Docs Fine Fine Patch "example added, removed or changed" "text for people"

    CaseChanged "12.1" Names Breaks Breaks Major "renamed in case or underscores only" "names on the wire are exact; Rust may see no change"
    RustNameChanged "12.2" Names Fine Fine Major "name in Rust changed" "of names that meet after casing, the first in the source keeps its own"
    Boxed "12.4" Names Fine Fine Major "value is now kept in a box, or no longer" "the type contains itself"
    DefaultLost "12.5" Names Fine Fine Major "`Default` is gone" "something is required now"
    DefaultGained "12.6" Names Fine Fine Minor "`Default` is there" "nothing is required any more"
    CopyLost "12.7" Names Fine Fine Major "`Copy`, `Eq` and `Hash` are gone" "the union is open or has payloads now"
    Held "12.9" Names Fine Fine Major "values of a large union are held, or no longer" "unions with more than 100 tags are kept out of line in fields"
    SettersGained "12.10" Names Fine Fine Minor "type got a constructor and setters" "an argument can contain it now"
    SettersLost "12.11" Names Fine Fine Major "type lost its constructor and setters" "no argument can contain it any more"
    SurfaceChanged "12.12" Names Fine Fine Major "item in Rust changed through something that it uses" "a signature depends on it"
    SurfaceGrew "12.13" Names Fine Fine Minor "item in Rust got a conversion" "nothing that exists changes"
}

/// Rows that are no rule of their own: their number, what they are, and why nothing is reported or what covers them.
pub const COVERED: &[(&str, &str, &str)] = &[
    (
        "2.3",
        "definition moved to another file of its namespace",
        "files mean nothing; nothing is reported",
    ),
    (
        "2.5",
        "import added or removed",
        "it says nothing by itself; nothing is reported",
    ),
    (
        "3.5",
        "definition written inside of its use, or no longer",
        "the same type; nothing is reported",
    ),
    (
        "4.14",
        "parent changed so that fields come or go",
        "each field by 4.1 to 4.5",
    ),
    (
        "5.16",
        "constraint of the keys of a map",
        "as that of any string, by 7.1 to 7.6",
    ),
    (
        "6.15",
        "parent union got a tag",
        "once, at the parent, by 6.1 or 6.2",
    ),
    (
        "6.16",
        "catch-all moved in the family",
        "`other` is the same everywhere; 6.12 or 6.13 says what opened or closed",
    ),
    (
        "6.27",
        "field added to a root",
        "as to any struct, by 4.1 or 4.3",
    ),
    (
        "7.7",
        "constraint of the keys of a map changed",
        "by 7.1 to 7.6",
    ),
    (
        "7.8",
        "bound equal to the limit of its type",
        "it bounds nothing; nothing is reported",
    ),
    (
        "7.9",
        "constraint moved between an alias and its use",
        "the effect is the same; 5.2 at most",
    ),
    (
        "8.16",
        "order of routes in a file",
        "it means nothing; nothing is reported",
    ),
    (
        "10.12",
        "field moved between a patch and the definition",
        "the same type; nothing is reported",
    ),
    (
        "12.3",
        "new name is a keyword or a method of generated types",
        "it gets an underscore, others keep their names; by the rule of what was added",
    ),
    (
        "12.8",
        "argument grows",
        "callers pass one value; by 4.1 or 4.3",
    ),
];
