//! What depends on the whole spec: what is generated, what arguments reach, which edges are boxed.
//!
//! In: the IR. Out: a [`Plan`] with sets that lowering looks things up in, and diagnostics for types of infinite size.

use std::collections::HashSet;

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use stone_parser::diagnostic::{Code, Diagnostic, Diagnostics};
use stone_parser::ir::{Api, Field, StructId, Tag, Type, UnionId};

/// Kinds of clients; routes are called through a handle for one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Client {
    /// A user's token.
    User,
    /// A team's token.
    Team,
    /// The app's key and secret.
    App,
    /// Nothing.
    Noauth,
}

impl Client {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::User, Self::Team, Self::App, Self::Noauth];

    /// As in the names of types of the runtime.
    pub fn name(self) -> &'static str {
        match self {
            Self::User => "User",
            Self::Team => "Team",
            Self::App => "App",
            Self::Noauth => "Noauth",
        }
    }

    /// As in a route's attribute `auth`.
    pub fn attribute(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Team => "team",
            Self::App => "app",
            Self::Noauth => "noauth",
        }
    }
}

/// A union with more tags than this is kept out of line, so that only crates that use it compile its codec.
pub const HUB: usize = 100;

/// Whether a union is so large that its codec is kept out of line.
pub fn is_hub(api: &Api, id: UnionId) -> bool {
    tags(api, id).count() > HUB
}

/// Whether values of a field are held so that only this crate compiles what drops them: unions too large, of anything but
/// plain tags. A default is a constant of the union itself.
pub fn is_held(api: &Api, field: &Field) -> bool {
    let has_payload = |tag: &Tag| !matches!(api.unalias(&tag.ty), Type::Void);
    match api.strip(&field.ty).0 {
        Type::Union(id) if field.default.is_none() => {
            is_hub(api, *id) && tags(api, *id).any(|(_, tag)| has_payload(tag))
        }
        _ => false,
    }
}

/// Fields of a struct that are generated, ancestors' first, each with the struct that declares it and its index there.
pub fn fields(api: &Api, id: StructId) -> impl Iterator<Item = ((StructId, usize), &Field)> {
    let own = move |id: StructId| {
        api[id]
            .fields
            .iter()
            .enumerate()
            .map(move |(i, f)| ((id, i), f))
    };
    let all = api.struct_lineage(id).into_iter().flat_map(own);
    all.filter(|(_, field)| field.annotations.omitted.is_none())
}

/// Tags of a union that are generated, ancestors' first, each with the union that declares it and its index there.
pub fn tags(api: &Api, id: UnionId) -> impl Iterator<Item = ((UnionId, usize), &Tag)> {
    let own = move |id: UnionId| {
        api[id]
            .tags
            .iter()
            .enumerate()
            .map(move |(i, t)| ((id, i), t))
    };
    let all = api.union_lineage(id).into_iter().flat_map(own);
    all.filter(|(_, tag)| tag.annotations.omitted.is_none())
}

/// A struct or a union.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Node {
    Struct(StructId),
    Union(UnionId),
}

/// A place that holds a value of another type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Site {
    /// A field, where it is declared.
    Field(StructId, usize),
    /// A tag, where it is declared.
    Tag(UnionId, usize),
    /// An enumerated subtype.
    Subtype(StructId, usize),
}

/// See the module.
#[derive(Default)]
pub struct Plan {
    arguments: HashSet<Node>,
    direct: HashSet<StructId>,
    boxed: HashSet<Site>,
    compiled: HashSet<Node>,
}

impl Plan {
    /// Looks at the whole spec.
    pub fn new(api: &Api, found: &mut Diagnostics) -> Self {
        Self {
            arguments: reachable(api, arguments(api)),
            direct: api
                .routes
                .iter()
                .filter_map(|route| structure(api, &route.arg))
                .collect(),
            boxed: Containment::new(api).boxed(found),
            compiled: compiled(api),
        }
    }

    /// Whether an argument can contain the struct.
    pub fn in_argument(&self, id: StructId) -> bool {
        self.arguments.contains(&Node::Struct(id))
    }

    /// Whether an argument can contain the union.
    pub fn union_in_argument(&self, id: UnionId) -> bool {
        self.arguments.contains(&Node::Union(id))
    }

    /// Whether the struct is the argument of a route.
    pub fn is_argument(&self, id: StructId) -> bool {
        self.direct.contains(&id)
    }

    /// Whether the SDK compiles the codec of the struct in any case, so that nobody else has to.
    pub fn is_compiled(&self, id: StructId) -> bool {
        self.compiled.contains(&Node::Struct(id))
    }

    /// Whether the SDK compiles the codec of the union in any case, so that nobody else has to.
    pub fn is_union_compiled(&self, id: UnionId) -> bool {
        self.compiled.contains(&Node::Union(id))
    }

    /// Whether the value there is boxed because it can contain its container.
    pub fn is_boxed(&self, site: Site) -> bool {
        self.boxed.contains(&site)
    }
}

fn structure(api: &Api, ty: &Type) -> Option<StructId> {
    match api.strip(ty).0 {
        Type::Struct(id) => Some(*id),
        _ => None,
    }
}

/// The struct or union that a type is about, through aliases and `?`, and through lists and maps if `deep`.
fn node(api: &Api, ty: &Type, deep: bool) -> Option<Node> {
    let mut ty: &Type = ty;
    loop {
        match ty {
            Type::Struct(id) => return Some(Node::Struct(*id)),
            Type::Union(id) => return Some(Node::Union(*id)),
            Type::Alias(id) => ty = &api[*id].ty,
            Type::Nullable(inner) => ty = inner,
            Type::List(list) if deep => ty = &list.item,
            Type::Map(map) if deep => ty = &map.value,
            _ => return None,
        }
    }
}

fn arguments(api: &Api) -> Vec<Node> {
    let arguments = api.routes.iter().map(|route| &route.arg);
    arguments.filter_map(|ty| node(api, ty, true)).collect()
}

/// What the codecs that are kept out of line bring with them: all that hubs reach, and the structs that hold them with all
/// that is beside the hubs.
fn compiled(api: &Api) -> HashSet<Node> {
    let unions = (0..api.unions.len()).map(|id| UnionId(id as u32));
    let hubs = unions.filter(|id| is_hub(api, *id)).map(Node::Union);
    let structs = (0..api.structs.len()).map(|id| StructId(id as u32));
    let holders = structs.filter(|id| fields(api, *id).any(|(_, field)| is_held(api, field)));
    reachable(api, hubs.chain(holders.map(Node::Struct)).collect())
}

fn reachable(api: &Api, mut pending: Vec<Node>) -> HashSet<Node> {
    let mut reached = HashSet::new();
    while let Some(at) = pending.pop() {
        if reached.insert(at) {
            pending.extend(contents(api, at).filter_map(|(_, ty)| node(api, &ty, true)));
        }
    }
    reached
}

/// The types of what a struct or union holds.
fn contents(api: &Api, node: Node) -> Box<dyn Iterator<Item = (Site, Type)> + '_> {
    match node {
        Node::Union(id) => {
            Box::new(tags(api, id).map(|((id, i), tag)| (Site::Tag(id, i), tag.ty.clone())))
        }
        Node::Struct(id) => {
            let own =
                fields(api, id).map(|((id, i), field)| (Site::Field(id, i), field.ty.clone()));
            let listed = api[id]
                .subtypes
                .iter()
                .flat_map(|subtypes| &subtypes.tags)
                .enumerate();
            let listed = listed.map(move |(i, (_, to))| (Site::Subtype(id, i), Type::Struct(*to)));
            Box::new(own.chain(listed))
        }
    }
}

/// Which types hold which by value.
struct Containment<'a> {
    api: &'a Api,
    graph: DiGraph<Node, (Site, bool)>,
}

impl<'a> Containment<'a> {
    fn new(api: &'a Api) -> Self {
        let mut graph = DiGraph::new();
        for id in 0..api.structs.len() {
            graph.add_node(Node::Struct(StructId(id as u32)));
        }
        for id in 0..api.unions.len() {
            graph.add_node(Node::Union(UnionId(id as u32)));
        }
        let mut containment = Self { api, graph };
        for from in containment.graph.node_indices() {
            for (site, ty) in contents(api, containment.graph[from]) {
                if let Some(to) = node(api, &ty, false) {
                    let to = containment.index(to);
                    containment
                        .graph
                        .add_edge(from, to, (site, api.is_nullable(&ty)));
                }
            }
        }
        containment
    }

    fn index(&self, node: Node) -> NodeIndex {
        match node {
            Node::Struct(id) => NodeIndex::new(id.index()),
            Node::Union(id) => NodeIndex::new(self.api.structs.len() + id.index()),
        }
    }

    /// Boxes the edges within cycles: first those that may be absent, for an absent value needs no box to start
    /// from, then payloads. What still contains itself has no finite size.
    fn boxed(mut self, found: &mut Diagnostics) -> HashSet<Site> {
        let mut boxed = HashSet::new();
        for optional_only in [true, false] {
            let cyclic = self.cyclic_edges();
            boxed.extend(cyclic.iter().filter_map(|(site, optional)| {
                let payload = !matches!(site, Site::Field(..));
                (*optional || payload && !optional_only).then_some(*site)
            }));
            self.graph
                .retain_edges(|graph, edge| !boxed.contains(&graph[edge].0));
        }
        for (site, _) in self.cyclic_edges() {
            self.report(site, found);
        }
        boxed
    }

    fn cyclic_edges(&self) -> Vec<(Site, bool)> {
        let mut component = vec![0; self.graph.node_count()];
        for (number, members) in kosaraju_scc(&self.graph).into_iter().enumerate() {
            for member in members {
                component[member.index()] = number;
            }
        }
        let ends = |edge| self.graph.edge_endpoints(edge).unwrap_or_default();
        self.graph
            .edge_indices()
            .filter(|edge| {
                let (from, to) = ends(*edge);
                component[from.index()] == component[to.index()]
            })
            .map(|edge| self.graph[edge])
            .collect()
    }

    fn report(&self, site: Site, found: &mut Diagnostics) {
        let Site::Field(id, index) = site else { return };
        let field = &self.api[id].fields[index];
        let message = format!(
            "every `{}` contains another one through `{}`",
            self.api[id].name, field.name
        );
        let help = "make the field nullable, or a list";
        found.push(Diagnostic::error(Code::InfiniteType, field.span, message).help(help));
    }
}
