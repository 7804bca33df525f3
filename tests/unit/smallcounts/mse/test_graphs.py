"""All decomposable graphs, each once, with the cliques and separators that the definition gives."""

from itertools import combinations

import numpy as np
import pytest

from smallcounts.mse.graphs import NUMBERS, decomposable_graphs

Edges = frozenset[tuple[int, int]]


def chordal(edges: Edges, k: int) -> bool:
    """By the definition that the code does not use: a list with joined neighbours can always be taken away."""
    left = set(range(k))
    while left:
        for v in left:
            near = [u for u in left if (min(u, v), max(u, v)) in edges]
            if all(pair in edges for pair in combinations(sorted(near), 2)):
                left.remove(v)
                break
        else:
            return False
    return True


def graphs_by_force(k: int) -> dict[tuple[int, ...], Edges]:
    """Maximal cliques of every graph of k lists that passes, found by trying all sets of edges and lists."""
    pairs = list(combinations(range(k), 2))
    found = {}
    for code in range(1 << len(pairs)):
        edges = frozenset(pair for at, pair in enumerate(pairs) if code >> at & 1)
        if chordal(edges, k):
            found[cliques(edges, k)] = edges
    return found


def cliques(edges: Edges, k: int) -> tuple[int, ...]:
    full = [
        mask
        for mask in range(1, 1 << k)
        if all(pair in edges for pair in combinations([v for v in range(k) if mask >> v & 1], 2))
    ]
    return tuple(m for m in full if not any(m != other and m & other == m for other in full))


@pytest.mark.parametrize("k", range(1, 7))
def test_there_are_as_many_as_have_been_counted(k: int) -> None:
    graphs = decomposable_graphs(k)
    assert len(graphs) == NUMBERS[k]
    assert len({graphs.name(at) for at in range(len(graphs))}) == NUMBERS[k]


def test_seven_lists_have_617675_graphs_all_different() -> None:
    graphs = decomposable_graphs(7)
    parts = np.zeros((len(graphs), 8), dtype=np.uint8)
    for column in range(7):
        parts[:, column] = np.where(column < graphs.cliques, graphs.masks[:, column], 0)
    codes = np.sort(parts.view(np.uint64).ravel())
    assert len(graphs) == NUMBERS[7] and (np.diff(codes) > 0).all()


@pytest.mark.parametrize("k", [2, 3, 4, 5])
def test_they_are_those_found_by_trying_every_graph(k: int) -> None:
    graphs = decomposable_graphs(k)
    ours = {tuple(sorted(graphs.masks[at, : graphs.cliques[at]].tolist())) for at in range(len(graphs))}
    assert ours == set(graphs_by_force(k))


@pytest.mark.parametrize("k", [4, 6])
def test_cliques_less_separators_count_every_list_and_every_joined_pair_once(k: int) -> None:
    graphs = decomposable_graphs(k)
    signs = np.where(np.arange(2 * k - 1) < graphs.cliques[:, None], 1, -1) * (graphs.masks > 0)
    assert (graphs.masks[:, 0] > 0).all()
    assert ((graphs.masks > 0).sum(axis=1) == graphs.cliques + graphs.separators).all()
    for i, j in combinations(range(k), 2):
        both = (graphs.masks >> i & graphs.masks >> j & 1).astype(int)
        assert ((signs * (graphs.masks >> i & 1)).sum(axis=1) == 1).all()
        assert np.array_equal((signs * both).sum(axis=1), both.any(axis=1))


@pytest.mark.parametrize("k", [0, 8])
def test_other_numbers_of_lists_are_refused(k: int) -> None:
    with pytest.raises(ValueError, match="1 to 7 lists"):
        decomposable_graphs(k)
