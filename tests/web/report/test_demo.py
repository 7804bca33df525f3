"""The demonstration's editions: made through the same four eyes, safe to repeat, never outside the demonstration."""

import pytest

from klarsyn.base.errors import Refused
from klarsyn.config.cli.site import demonstration
from klarsyn.people.demo import ensure_demo_cast
from klarsyn.report import demo, store
from klarsyn.report.models import Edition, OtherEdition
from klarsyn.report.others.demo import ensure_demo_others
from klarsyn.report.policy import State
from klarsyn.sources.actions import load_snapshot


@pytest.mark.slow
def test_the_demonstration_is_checked_by_two_and_safe_to_repeat(visit, home) -> None:
    load_snapshot(by="test")
    ensure_demo_cast()
    assert ensure_demo_others() is None  # taken in, with nothing of ours to stand beside
    for _label, stage in demonstration():  # as ./run makes it: what is counted is protected and attacked
        stage()
    first = demo.ensure_demo_edition()
    assert [e.slug for e in first] == ["0680-2019-1", "0680-exempel-1"]
    assert all(e.votes.count() == 2 and e.status is State.RELEASED for e in first)
    assert all(e.author_id not in e.votes.values_list("checker", flat=True) for e in first)
    stamps = [store.home(e.slug).stat().st_mtime_ns for e in first]
    assert demo.ensure_demo_edition() == first
    assert [store.home(e.slug).stat().st_mtime_ns for e in first] == stamps
    compared = ensure_demo_others()
    assert compared is not None and ensure_demo_others() == compared and OtherEdition.objects.count() == 3
    page = visit("frej").get(f"/kartlaggning/jamfor/{compared.pk}/").text
    for text in (
        "PÅHITTADE TAL",
        "Granby (påhittad)",
        "Ekvik (påhittad) 2024 kan inte jämföras",
        "Påhittat brott",
    ):
        assert text in page, text
    example = visit("frej").get("/kartlaggning/exempel/").text
    assert "PÅHITTADE TAL" in example and "Inget tal är en uppgift om en verklig kommun" in example
    assert "PÅHITTADE TAL" not in visit("frej").get("/kartlaggning/2019/").text


def test_outside_the_demonstration_nothing_is_made(db: None, settings) -> None:
    settings.DEMO = False
    with pytest.raises(Refused, match="demonstrationen"):
        demo.ensure_demo_edition()
    assert Edition.objects.count() == 0
