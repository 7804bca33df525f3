"""Colours: the stylesheet holds the same values as the charts, and every pair in use stands apart."""

import re
from pathlib import Path

import pytest

from klarsyn.base.contrast import MARK, TEXT, ratio
from klarsyn.report import figures
from klarsyn.report.figures.theme import DARK, LIGHT
from tests.unit.report.figures import cases

CSS = (Path(figures.__file__).parents[1] / "static/report/figures.css").read_text()
PAPERS = {"light": ("#FFFFFF", "#FBF8F3"), "dark": ("#12263A", "#0E1B27")}


@pytest.mark.parametrize("role", LIGHT)
def test_the_stylesheet_has_each_role_in_both_themes(role: str) -> None:
    line = re.search(rf"--fig-{role}: (.*);", CSS)
    assert line, role
    if role != "accent-band":  # mixed from the municipality's own accent
        assert f"light-dark({LIGHT[role]}, {DARK[role]})" in line[1]


@pytest.mark.parametrize("name", cases.PUBLISHED)
def test_every_class_a_chart_uses_is_in_the_stylesheet(name: str) -> None:
    used = {
        c for classes in re.findall(r'class="([^"]+)"', cases.PUBLISHED[name]().svg) for c in classes.split()
    }
    for role in {c for c in used if re.match("[fs]-", c)}:
        assert f".fig .{role} " in CSS, role


@pytest.mark.parametrize(("palette", "papers"), [(LIGHT, PAPERS["light"]), (DARK, PAPERS["dark"])])
def test_words_and_marks_stand_out_from_every_paper(palette: dict[str, str], papers: tuple[str, ...]) -> None:
    for paper in papers:
        for role in ("ink", "soft", "accent"):
            assert ratio(palette[role], paper) >= TEXT, role
        for role in ("band", "accent-band", "grey", "amber"):
            assert ratio(palette[role], paper) >= MARK, role
    assert ratio(palette["amber"], palette["amber-paper"]) >= TEXT
    for role in ("wash", "wash-2"):
        assert ratio(palette["soft"], palette[role]) >= TEXT
        assert ratio(palette["grey"], palette[role]) >= MARK, "other places in a funnel"
    for role in ("band", "accent-band"):
        assert ratio(palette["ink"], palette[role]) >= MARK, f"a dot on its {role}"
