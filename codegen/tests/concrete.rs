//! Nothing generated is generic over a format or a client: such a function would be compiled again by every user.
//! Parameters for types are left to routes and setters, which convert what they are given and call on.

use std::fs;
use std::path::Path;

use syn::{FnArg, GenericParam, ImplItem, Item, Signature, Type};

/// What `impl Trait` parameters convert from.
const CONVERSIONS: &[&str] = &["Into"];

#[test]
fn generated_functions_are_concrete() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated-sdk/src/generated");
    let mut wrong = Vec::new();
    let mut seen = 0;
    for folder in fs::read_dir(root)
        .unwrap()
        .map(|entry| entry.unwrap().path())
    {
        for name in ["mod", "types", "codec", "routes"] {
            let path = folder.join(name).with_extension("rs");
            let Ok(text) = fs::read_to_string(&path) else {
                continue;
            };
            for signature in signatures(syn::parse_file(&text).unwrap()) {
                seen += 1;
                if !is_concrete(&signature) {
                    wrong.push(format!("{}: {}", path.display(), signature.ident));
                }
            }
        }
    }
    assert!(seen > 4_000, "only {seen} functions were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn generic_functions_are_told_from_concrete_ones() {
    let concrete = |text: &str| is_concrete(&syn::parse_str(text).unwrap());
    assert!(concrete(
        "fn a<'x>(self, name: impl ::std::convert::Into<String>) -> &'x str"
    ));
    assert!(!concrete("fn a<T>(value: T)"));
    assert!(!concrete("fn a(client: &impl Client)"));
    assert!(!concrete("fn a(client: impl Client)"));
    assert!(!concrete("async fn a(client: u8)"));
}

fn signatures(file: syn::File) -> Vec<Signature> {
    let mut found = Vec::new();
    for item in file.items {
        match item {
            Item::Fn(function) => found.push(function.sig),
            Item::Impl(block) => {
                assert!(is_of_a_family(&block.generics), "an impl is generic");
                found.extend(block.items.into_iter().filter_map(|item| match item {
                    ImplItem::Fn(function) => Some(function.sig),
                    _ => None,
                }));
            }
            _ => {}
        }
    }
    found
}

/// What types are told apart by in a family is a number, and each has functions of its own as any other type has.
fn is_of_a_family(generics: &syn::Generics) -> bool {
    let is_number = |parameter: &GenericParam| matches!(parameter, GenericParam::Const(_));
    !has_types(generics) || generics.params.iter().all(is_number)
}

fn has_types(generics: &syn::Generics) -> bool {
    let is_lifetime = |parameter: &GenericParam| matches!(parameter, GenericParam::Lifetime(_));
    !generics.params.iter().all(is_lifetime)
}

/// A future would be compiled again, too.
fn is_concrete(signature: &Signature) -> bool {
    signature.asyncness.is_none()
        && !has_types(&signature.generics)
        && signature.inputs.iter().all(|input| match input {
            FnArg::Receiver(_) => true,
            FnArg::Typed(argument) => is_concrete_type(&argument.ty),
        })
}

fn is_concrete_type(ty: &Type) -> bool {
    match ty {
        Type::Reference(reference) => is_concrete_type(&reference.elem),
        Type::ImplTrait(bounds) => bounds.bounds.iter().all(|bound| match bound {
            syn::TypeParamBound::Trait(bound) => bound
                .path
                .segments
                .last()
                .is_some_and(|segment| CONVERSIONS.iter().any(|name| segment.ident == name)),
            _ => false,
        }),
        _ => true,
    }
}
