"""The demonstration's editions: made through the same four eyes, safe to repeat, never outside the demonstration."""

import pytest

from klarsyn.base.errors import Refused
from klarsyn.report import demo, store
from klarsyn.report.models import Edition
from klarsyn.report.policy import State
from klarsyn.sources.actions import load_snapshot


@pytest.mark.slow
def test_the_demonstration_is_checked_by_two_and_safe_to_repeat(visit, home, bare) -> None:
    load_snapshot(by="test")
    first = demo.ensure_demo_edition()
    assert [e.slug for e in first] == ["0680-2019-1", "0680-exempel-1"]
    assert all(e.votes.count() == 2 and e.status is State.RELEASED for e in first)
    assert all(e.author_id not in e.votes.values_list("checker", flat=True) for e in first)
    stamps = [store.home(e.slug).stat().st_mtime_ns for e in first]
    assert demo.ensure_demo_edition() == first
    assert [store.home(e.slug).stat().st_mtime_ns for e in first] == stamps
    example = visit("frej").get("/kartlaggning/exempel/").text
    assert "PÅHITTADE TAL" in example and "Inget tal är en uppgift om en verklig kommun" in example
    assert "PÅHITTADE TAL" not in visit("frej").get("/kartlaggning/2019/").text


def test_outside_the_demonstration_nothing_is_made(db: None, settings) -> None:
    settings.DEMO = False
    with pytest.raises(Refused, match="demonstrationen"):
        demo.ensure_demo_edition()
    assert Edition.objects.count() == 0
