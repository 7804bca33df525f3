"""Every way through the walks, to its end: what each has, and what none ever says."""

from __future__ import annotations

import re

import pytest

from klarsyn.cases.deciding.reading import SECTIONS, WALK
from klarsyn.cases.deciding.walk import Way, Weighed, follow, ways, weigh
from klarsyn.cases.kinds.sharing import ASKERS, DECISIONS

# Words by which a page would decide in the counsellor's place.
TELLS = re.compile(
    r"\b(du (får|ska|bör|måste) lämna|lämna ut (den|det|uppgift)|(ska|får|bör) lämnas ut|ni (får|ska) lämna"
    r"|you (may|must|should) (give|disclose)|hand it (over|out)|give it out|is allowed)\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def walked() -> list[tuple[Way, Weighed]]:
    """Every way of the walk about a case, with what it leaves."""
    found = [follow(WALK, WALK.case, path) for path in ways(WALK, WALK.case)]
    return [(way, weigh(WALK, way)) for way in found]


def test_every_way_ends_with_secrecy_first_something_against_a_lawyer_and_a_doubt(walked) -> None:
    assert len(walked) > 1000
    for way, left in walked:
        assert way.question is None
        assert left.sections[0] == "osl_26_1" and set(left.sections) <= SECTIONS.keys()
        assert left.speaks_against and left.lawyer and left.unknown
        assert way.asker in ASKERS and way.how in ("requested", "own")


def test_a_childs_concern_report_is_on_every_way_and_consent_on_none(walked) -> None:
    with_child = [(way, left) for way, left in walked if way.has("age.child")]
    assert with_child
    for way, left in with_child:
        assert [s.question.id for s in way.steps][:2] == ["age", "concern"]
        assert "sol_19_1_concern" in left.sections
        assert "osl_10_1_consent" not in left.sections
        assert not any(s.question.id in ("consent", "scope") for s in way.steps)


def test_each_suspicion_points_at_its_section(walked) -> None:
    """What is below the limit of 10:23 says so, and nothing for it is said by the crime itself."""
    wanted = {
        "child_victim": "osl_10_21", "drugs": "osl_10_22", "serious": "osl_10_23", "attempt": "osl_10_23",
        "close_risk": "osl_10_18c", "young_risk": "osl_10_18a", "terror": "osl_10_18b", "none": "osl_10_15a",
    }  # fmt: skip
    for way, left in walked:
        for key, section in wanted.items():
            assert not way.has(f"crime.{key}") or section in left.sections, key
        if way.has("crime.lesser"):
            assert any("under gränsen i 10:23" in text.sv for text in left.speaks_against)
        if way.has("police.urgent"):
            assert any("112" in text.sv for text in left.speaks_for)


def test_contact_data_is_a_duty_for_what_there_is_and_the_general_duty_is_none(walked) -> None:
    for way, left in walked:
        assert way.has("police.contact_data") == ("law_2025_170_4" in left.sections)
        if way.has("police.asked_other"):
            assert any("8 §" in text.sv for text in left.speaks_against)


def test_who_asks_about_nobody_here_hears_the_same_whoever_it_is() -> None:
    for path in ways(WALK, WALK.outside):
        left = weigh(WALK, follow(WALK, WALK.outside, path))
        assert left.sections[0] == "osl_26_1"
        if path[-1] == "known":
            assert any("varken bekräfta eller förneka" in text.sv for text in left.speaks_against)
        if path[0] == "yes":
            assert "sol_19_1_concern" in left.sections


def test_no_text_decides_in_the_counsellors_place() -> None:
    texts = [text for q in WALK.questions.values() for text in (q.text, q.hint) if text]
    answers = [one for q in WALK.questions.values() for one in q.answers]
    texts += [text for one in answers for text in (one.text, one.hint) if text]
    for left in (WALK.always, *(one.weighed for one in answers)):
        texts += [*left.speaks_for, *left.speaks_against, *left.lawyer, *left.unknown]
    texts += [one.text for one in SECTIONS.values()]
    assert len(texts) > 150
    assert [t for t in texts if TELLS.search(t.sv) or TELLS.search(t.en)] == []
    assert set(DECISIONS) == {"all", "part", "refused", "lawyer"}
