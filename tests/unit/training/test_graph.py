"""A scenario's graph is walked to its ends: every trouble, and none where there is none."""

from hypothesis import given
from hypothesis import strategies as st

from klarsyn.training.reading.graph import Found, Trouble, troubles

NAMES = st.sampled_from("abcdef")
GRAPHS = st.dictionaries(NAMES, st.lists(NAMES, max_size=3).map(tuple), min_size=1)


def test_each_trouble_has_its_name() -> None:
    ways = {"a": ("b", "x"), "b": ("c", "d"), "c": ("c",), "d": (), "e": (), "f": ()}
    assert set(troubles("a", ways, ["e"])) == {
        Found(Trouble.MISSING, "a", 1, "x"),
        Found(Trouble.DEAD_END, "d"),
        Found(Trouble.DEAD_END, "f"),
        Found(Trouble.UNREACHED, "e"),
        Found(Trouble.UNREACHED, "f"),
        Found(Trouble.ENDLESS, "a"),
        Found(Trouble.ENDLESS, "b"),
        Found(Trouble.ENDLESS, "c"),
    }


def test_a_loop_with_a_way_out_is_fine() -> None:
    assert troubles("a", {"a": ("b", "b"), "b": ("a", "e"), "e": ()}, ["e"]) == ()


def test_a_start_that_is_not_there_is_told_once() -> None:
    assert troubles("x", {"a": ("e",), "e": ()}, ["e"]) == (Found(Trouble.MISSING, "", -1, "x"),)


@given(GRAPHS, st.sets(NAMES))
def test_without_trouble_every_walk_can_end(ways: dict[str, tuple[str, ...]], ends: set[str]) -> None:
    """Against a walk by hand: from each node reached, breadth first until an ending."""
    ways = {name: () if name in ends else tos for name, tos in ways.items()}
    start = next(iter(ways))
    found = troubles(start, ways, ends)

    def reached(name: str) -> set[str]:
        seen, todo = {name}, [name]
        for here in todo:
            fresh = [to for to in ways.get(here, ()) if to not in seen]
            seen.update(fresh)
            todo.extend(fresh)
        return seen

    from_start = reached(start)
    is_whole = from_start == set(ways) and all(reached(n) & ends & set(ways) for n in ways)
    assert (found == ()) == is_whole
