"""Every pair of colours in use can be told apart, in both themes."""

import pytest

from klarsyn.base.contrast import MARK, TEXT, ratio
from klarsyn.base.municipality import GROUNDS, ON_ACCENT
from tests.unit.base.theme import CSS, colours, pairs_in_rules

BOXES = ("paper", "surface", "mist")
TEXT_PAIRS = {
    *(("ink", ground) for ground in (*BOXES, "mist-deep", "fjord-mist", "amber-mist", "brick-mist")),
    *(("ink", sky) for sky in ("sky-high", "sky-low")),
    *(("ink-soft", ground) for ground in (*BOXES, "fjord-mist")),
    *(("fjord", ground) for ground in (*BOXES, "mist-deep", "fjord-mist", "sky-high", "sky-low")),
    *(("fjord-deep", ground) for ground in (*BOXES, "fjord-mist", "amber-mist")),
    *(("amber", ground) for ground in (*BOXES, "amber-mist")),
    *(("brick", ground) for ground in (*BOXES, "brick-mist")),
    *(("accent", ground) for ground in BOXES),
    ("on-ink", "ink-ground"),
    ("on-accent", "accent"),
}
MARK_PAIRS = {
    *(
        (mark, ground)
        for ground in BOXES[:2]
        for mark in ("line-strong", "focus", "chart-home", "chart-mark", "chart-other", "chart-break")
    ),
    ("scale-5", "scale-2"),
}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), sorted(TEXT_PAIRS))
def test_text_can_be_read_on_its_ground(theme, text, ground) -> None:
    colour = colours(theme)
    assert ratio(colour[text], colour[ground]) >= TEXT


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("mark", "ground"), sorted(MARK_PAIRS))
def test_a_mark_can_be_seen_on_its_ground(theme, mark, ground) -> None:
    colour = colours(theme)
    assert ratio(colour[mark], colour[ground]) >= MARK


def test_every_pair_a_rule_puts_together_is_among_the_measured() -> None:
    assert pairs_in_rules() - TEXT_PAIRS == set()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_map_scale_is_ordered_in_lightness(theme) -> None:
    colour = colours(theme)
    against = [ratio(colour[f"scale-{step}"], colour["surface"]) for step in range(1, 6)]
    assert against == sorted(against)


def test_the_accent_is_checked_against_the_grounds_of_the_theme() -> None:
    for theme, grounds in GROUNDS.items():
        colour = colours(theme)
        assert grounds == tuple(colour[name] for name in BOXES)
        assert ON_ACCENT[theme][0] == colour["on-accent"]


def test_no_colour_is_written_outside_the_theme() -> None:
    strays = {
        p.name for p in CSS.glob("*.css") if p.name not in ("theme.css", "print.css") and "#" in _bare(p)
    }
    assert strays == set()


def _bare(path) -> str:
    return path.read_text(encoding="utf-8").replace('url("data:', "")


def test_black_on_white_is_twenty_one() -> None:
    assert ratio("#000000", "#FFFFFF") == pytest.approx(21)
    assert ratio("#777777", "#FFFFFF") == pytest.approx(4.478, abs=0.001)
