"""Dominator tree and strongly connected components of responses.

Node t dominates s if all paths from the root to s pass t. Immediate dominators are
found by iteration over a depth-first order [1], strongly connected components by a
second search against the ties [2].

References:
    [1] Cooper, Harvey, Kennedy (2001), "A Simple, Fast Dominance Algorithm",
        Rice University, TR-06-33870.
    [2] Sharir (1981), "A strong-connectivity algorithm and its applications in data
        flow analysis", Computers and Mathematics with Applications 7, 67-72.
        doi:10.1016/0898-1221(81)90008-0
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from hcpgraph.compiled import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    # bounds of rows, and columns
    Rows: TypeAlias = tuple[NDArray[np.int64], NDArray[np.int64]]


def rows_from(
    source: NDArray[np.int64],
    target: NDArray[np.int64],
    n: int,
    roots: NDArray[np.int64],
) -> tuple[Rows, Rows]:
    """Rows by source and by target, with one more node, n, before all roots.

    Args:
        source: of each edge, ascending, from 0 and below n, shape (m,).
        target: of each.
        n: number of nodes.
        roots: where searches begin.
    """
    source = np.append(source, np.full(len(roots), n))
    target = np.append(target, roots)
    back = np.argsort(target, kind="stable")
    bounds = np.zeros((2, n + 2), np.int64)
    for row, end in zip(bounds, (source, target), strict=True):
        np.cumsum(np.bincount(end, minlength=n + 1), out=row[1:])
    return (bounds[0], target), (bounds[1], source[back])


def strong_labels(
    source: NDArray[np.int64], target: NDArray[np.int64], n: int
) -> NDArray[np.int64]:
    """A label per node, equal within a strongly connected component, shape (n,).

    >>> strong_labels(np.array([0, 1, 1]), np.array([1, 0, 2]), 3).tolist()
    [0, 0, 2]
    """
    label = _strong(*rows_from(source, target, n, np.arange(n)))[:n]
    first = np.full(n + 1, n)
    np.minimum.at(first, label, np.arange(n))
    found: NDArray[np.int64] = first[label]
    return found


@compiled
def _strong(out: Rows, back: Rows) -> NDArray[np.int64]:
    """Nodes by the search, against the edges, that finds them first."""
    bounds, columns = back
    n = len(bounds) - 1
    _, order, count = _postorder(out, n - 1)
    label, stack = np.full(n, -1, np.int64), np.empty(n, np.int64)
    for i in range(count - 1, -1, -1):
        if label[order[i]] >= 0:
            continue
        stack[0], label[order[i]], top = order[i], count - 1 - i, 1
        while top:
            top -= 1
            node = stack[top]
            for row in range(bounds[node], bounds[node + 1]):
                other = columns[row]
                if label[other] < 0:
                    stack[top], label[other] = other, count - 1 - i
                    top += 1
    return label


@compiled
def dominator_tree(
    out: Rows, back: Rows, root: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """When a walk of the dominator tree enters and leaves each node; 0 if never.

    All paths from *root* to s pass t if and only if enter[t] <= enter[s] < leave[t].
    """
    post, order, count = _postorder(out, root)
    parent = _dominators(back, post, order, count)
    size = np.zeros(len(post), np.int64)
    for i in range(count):
        size[order[i]] += 1
        if i < count - 1:
            size[parent[order[i]]] += size[order[i]]
    enter, following = np.zeros_like(size), np.zeros_like(size)
    following[root] = 1
    for i in range(count - 2, -1, -1):
        node = order[i]
        enter[node] = following[parent[node]]
        following[parent[node]] += size[node]
        following[node] = enter[node] + 1
    return enter, np.where(size > 0, enter + size, 0)


@compiled
def _postorder(
    out: Rows, root: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], int]:
    """The number of each node in a depth-first search, -1 if not reached; the nodes."""
    bounds, columns = out
    n = len(bounds) - 1
    post, order = np.full(n, -1, np.int64), np.empty(n, np.int64)
    stack, following = np.empty(n, np.int64), bounds[:-1].copy()
    seen = np.zeros(n, np.bool_)
    stack[0], seen[root] = root, True
    top, count = 1, 0
    while top:
        node = stack[top - 1]
        if following[node] < bounds[node + 1]:
            other = columns[following[node]]
            following[node] += 1
            if not seen[other]:
                seen[other] = True
                stack[top] = other
                top += 1
        else:
            post[node], order[count] = count, node
            count += 1
            top -= 1
    return post, order, count


@compiled
def _meet(
    parent: NDArray[np.int64], post: NDArray[np.int64], one: int, other: int
) -> int:
    """The nearest node above both in the tree so far."""
    while one != other:
        if post[one] < post[other]:
            one = parent[one]
        else:
            other = parent[other]
    return one


@compiled
def _dominators(
    back: Rows, post: NDArray[np.int64], order: NDArray[np.int64], count: int
) -> NDArray[np.int64]:
    """The immediate dominator of each node that is reached."""
    bounds, columns = back
    parent = np.full(len(post), -1, np.int64)
    parent[order[count - 1]] = order[count - 1]
    changed = True
    while changed:
        changed = False
        for i in range(count - 2, -1, -1):
            node, found = order[i], -1
            for row in range(bounds[node], bounds[node + 1]):
                other = columns[row]
                if parent[other] < 0:
                    continue
                found = other if found < 0 else _meet(parent, post, found, other)
            if parent[node] != found:
                parent[node] = found
                changed = True
    return parent
