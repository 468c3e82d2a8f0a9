//! Walks over what refers to what, without recursion, since chains may be thousands of links long.
//!
//! In: nodes from 0 and their links. Out: an order in which each node comes after what it depends on.

/// Every node after the nodes that it links to. Each cycle goes to `on_cycle`, in the order of its links; the links
/// of its nodes that are not yet followed are then dropped.
pub(super) fn dependencies_first<'e>(
    nodes: usize,
    links: impl Fn(usize) -> &'e [usize],
    mut on_cycle: impl FnMut(&[usize]),
) -> Vec<usize> {
    let mut state = vec![State::New; nodes];
    let mut next = vec![0; nodes];
    let mut order = Vec::with_capacity(nodes);
    for root in 0..nodes {
        let mut path = Vec::new();
        if state[root] == State::New {
            state[root] = State::Open;
            path.push(root);
        }
        while let Some(&node) = path.last() {
            let Some(&to) = links(node).get(next[node]) else {
                state[node] = State::Done;
                order.push(node);
                path.pop();
                continue;
            };
            next[node] += 1;
            match state[to] {
                State::New => {
                    state[to] = State::Open;
                    path.push(to);
                }
                State::Open => {
                    let start = path
                        .iter()
                        .rposition(|open| *open == to)
                        .unwrap_or_default();
                    on_cycle(&path[start..]);
                    path[start..]
                        .iter()
                        .for_each(|cut| next[*cut] = links(*cut).len());
                }
                State::Done => {}
            }
        }
    }
    order
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

/// A step through a forest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Before the node's children.
    Enter(usize),
    /// After them.
    Leave(usize),
}

/// The children of each node.
pub(super) fn children(parents: &[Option<usize>]) -> Vec<Vec<usize>> {
    let mut children = vec![Vec::new(); parents.len()];
    for (node, parent) in parents.iter().enumerate() {
        if let Some(parent) = parent {
            children[*parent].push(node);
        }
    }
    children
}

/// All steps of a walk through a forest without cycles, parents outside, children in order.
pub(super) fn walk(parents: &[Option<usize>]) -> Vec<Step> {
    let children = children(parents);
    let roots = (0..parents.len()).filter(|node| parents[*node].is_none());
    let mut todo: Vec<_> = roots.rev().map(Step::Enter).collect();
    let mut steps = Vec::with_capacity(parents.len() * 2);
    while let Some(step) = todo.pop() {
        if let Step::Enter(node) = step {
            todo.push(Step::Leave(node));
            todo.extend(children[node].iter().rev().copied().map(Step::Enter));
        }
        steps.push(step);
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::{Step, dependencies_first, walk};

    #[test]
    fn orders_a_long_chain() {
        let links: Vec<Vec<usize>> = (0..50_000)
            .map(|n| if n < 49_999 { vec![n + 1] } else { vec![] })
            .collect();
        let order = dependencies_first(
            links.len(),
            |node| &links[node],
            |_| panic!("no cycle here"),
        );
        assert_eq!(order, (0..50_000).rev().collect::<Vec<_>>());
    }

    #[test]
    fn reports_each_cycle_once() {
        let links = [vec![1], vec![2, 3], vec![1], vec![3], vec![0]];
        let mut cycles = Vec::new();
        let order = dependencies_first(
            links.len(),
            |node| &links[node],
            |cycle| cycles.push(cycle.to_vec()),
        );
        assert_eq!(cycles, [vec![1, 2], vec![3]]);
        assert_eq!(order.len(), links.len());
    }

    #[test]
    fn walks_parents_outside() {
        let steps = walk(&[Some(1), None, Some(1)]);
        assert_eq!(
            steps,
            [
                Step::Enter(1),
                Step::Enter(0),
                Step::Leave(0),
                Step::Enter(2),
                Step::Leave(2),
                Step::Leave(1)
            ]
        );
    }
}
