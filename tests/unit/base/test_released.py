"""The slot of released figures: filled by the report, by nobody else, and empty without it."""

from pathlib import Path

import pytest

from klarsyn.base import released

REPORT = "klarsyn.report.telling.Telling"
KLARSYN = Path(released.__file__).parents[1]


def test_nobody_but_the_report_may_fill_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(released, "_filled", [])
    released.fill_released(REPORT)
    released.fill_released(REPORT)
    for other in ("klarsyn.plan.own.Figures", "klarsyn.report.telling.Another", "klarsyn.reports.telling.X"):
        with pytest.raises(ValueError, match="alone"):
            released.fill_released(other)
    assert released._filled == [REPORT]


def test_one_file_of_the_house_fills_it() -> None:
    callers = [p for p in KLARSYN.rglob("*.py") if "fill_released(" in p.read_text(encoding="utf-8")]
    assert sorted(str(p.relative_to(KLARSYN)) for p in callers) == ["base/released.py", "report/apps.py"]


def test_without_the_report_there_is_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(released, "_filled", [])
    assert (released.released_figures(), released.known_indicators(), released.editions()) == ((), (), ())
