//! Short names for what the language brings along.
//!
//! In: tokens with whole paths, as the templates write them, and the names that a namespace declares. Out: the same
//! with `Option` for `::std::option::Option` and so on, except where a type of the namespace has that name. Whole paths
//! take longer to compile and to read.

use std::collections::BTreeSet;

use proc_macro2::{Group, TokenStream, TokenTree};

use super::model::Types;

const SHORT: [&str; 7] = ["Box", "Default", "From", "Into", "Option", "String", "Vec"];

/// Those of the names that mean what they always mean.
pub struct Prelude(Vec<&'static str>);

impl Prelude {
    /// The prelude where these types are in scope.
    pub fn beside(types: &Types) -> Self {
        let aliases = types.aliases.iter().map(|it| it.name.to_string());
        let members = types.structs.iter().flat_map(|it| &it.members);
        let members = members.map(|it| it.name.to_string());
        let structs = types.structs.iter().map(|it| it.name.to_string());
        let unions = types.unions.iter().map(|it| it.name.to_string());
        let taken: BTreeSet<_> = aliases
            .chain(members)
            .chain(structs)
            .chain(unions)
            .collect();
        Self(
            SHORT
                .into_iter()
                .filter(|name| !taken.contains(*name))
                .collect(),
        )
    }

    /// Drops the modules from the paths of these names.
    pub fn shorten(&self, tokens: TokenStream) -> TokenStream {
        let mut out: Vec<TokenTree> = Vec::new();
        for token in tokens {
            let token = match token {
                TokenTree::Group(group) => {
                    let mut short = Group::new(group.delimiter(), self.shorten(group.stream()));
                    short.set_span(group.span());
                    short.into()
                }
                token => token,
            };
            let length = self.path_before(&out, &token);
            out.truncate(out.len() - length);
            out.push(token);
        }
        out.into_iter().collect()
    }

    /// How many tokens at the end of `before` are the modules of the name that follows.
    fn path_before(&self, before: &[TokenTree], name: &TokenTree) -> usize {
        /// `::std::module::`, where `::` is two tokens.
        const LENGTH: usize = 8;
        let is_short = matches!(name, TokenTree::Ident(name) if self.0.iter().any(|it| name == it));
        match before.last_chunk::<LENGTH>() {
            Some(
                [
                    a,
                    b,
                    TokenTree::Ident(root),
                    c,
                    d,
                    TokenTree::Ident(_),
                    e,
                    f,
                ],
            ) if is_short && root == "std" && [a, b, c, d, e, f].into_iter().all(is_colon) => {
                LENGTH
            }
            _ => 0,
        }
    }
}

fn is_colon(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ':')
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::Prelude;

    #[test]
    fn only_names_that_mean_the_same_get_short() {
        let prelude = Prelude(vec!["Option", "String"]);
        let short = prelude.shorten(quote! {
            fn f(a: ::std::option::Option<::std::vec::Vec<::std::string::String>>) -> ::other::option::Option { ::std::fmt::Result }
        });
        let expected = quote! {
            fn f(a: Option<::std::vec::Vec<String>>) -> ::other::option::Option { ::std::fmt::Result }
        };
        assert_eq!(short.to_string(), expected.to_string());
    }
}
