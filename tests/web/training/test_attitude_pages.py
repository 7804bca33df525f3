"""A survey by its pages: answered by a link without a name or JavaScript, led and read by a trainer."""

import pytest
from django.test import Client

from klarsyn.training.attitudes.forms import PARTS
from klarsyn.training.models import AttitudeAnswer, AttitudeSurvey
from tests.unit.training.surveys import answered, basics, on, survey

PAGE = "/personal/matningar/"


def sent(stage: str = "before", **changed: str) -> dict[str, str]:
    typed = dict(zip(PARTS, ("an", "ga", "47", "k", ""), strict=True))
    return {"stage": stage, **typed, "item_anyone": "5", "item_one-sign": "0"} | changed


def test_frej_answers_and_only_an_imprint_is_kept(db) -> None:
    one, frej = survey(), Client()
    page = frej.get(f"/matning/{one.link}/")
    text = page.content.decode()
    assert page.status_code == 200 and "no-store" in page["Cache-Control"] and "före" in text
    assert len(page.content) < 60_000 and all(str(item) in text for item in basics().items)
    done = frej.post(f"/matning/{one.link}/", sent())
    assert done.status_code == 200 and "svaret är sparat" in done.content.decode()
    row = AttitudeAnswer.objects.get()
    assert row.answers == {"anyone": 5, "one-sign": 0} and "sessionid" not in frej.cookies
    assert "ANGA47K" not in str(vars(row)) + done.content.decode()


def test_the_same_code_twice_is_told_and_what_was_filled_in_stays(db) -> None:
    one = survey()
    Client().post(f"/matning/{one.link}/", sent())
    again = Client().post(f"/matning/{one.link}/", sent(item_anyone="2"))
    text = again.content.decode()
    assert again.status_code == 409 and "redan svarat med den koden" in text
    assert 'value="2" required' not in text and text.count(" checked") == 2 and 'value="an"' in text
    assert AttitudeAnswer.objects.get().answers["anyone"] == 5
    assert Client().post(f"/matning/{one.link}/", sent(code_4="7")).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [{"code_0": ""}, {"code_0": "19121212-1212"}, {"code_1": "\x00a"}, {"code_2": "\u202e4"}, {"code_3": "🙂"},
     {"code_0": "x" * 1_000_000}, {"item_anyone": "6"}, {"item_anyone": "\x00"}, {"stage": "\x00"}],
)  # fmt: skip
def test_what_cannot_be_is_answered_with_the_form(db, wrong: dict[str, str]) -> None:
    one = survey()
    page = Client().post(f"/matning/{one.link}/", sent(**wrong))
    assert page.status_code == 422 and not AttitudeAnswer.objects.exists()
    assert " checked" in page.content.decode()  # nothing else of what was filled in is lost


def test_a_form_from_before_the_survey_went_on_is_refused_and_kept(db) -> None:
    one = survey()
    on(one, "before")
    late = Client().post(f"/matning/{one.link}/", sent())
    assert late.status_code == 409 and "har gått vidare" in late.content.decode()
    assert not AttitudeAnswer.objects.exists()


def test_cilla_makes_leads_and_reads_a_survey(visit) -> None:
    cilla = visit("cilla")
    made = cilla.post(PAGE, {"name": "Kursen i mars", "items": "basics:1"})
    one = AttitudeSurvey.objects.get()
    page = cilla.get(made.url).content.decode()
    assert f"/matning/{one.link}/" in page and "Inget resultat ännu" in page
    for stage, people in (("before", 14), ("after", 12)):
        answered(one, stage, range(people))
        assert cilla.post(f"{PAGE}{one.pk}/vidare/", {"stage": stage}).status_code == 302
    page = cilla.get(made.url).content.decode()
    assert "Ingen jämförelsegrupp." in page and "12 av 14 som svarade före finns i paren" in page
    assert page.count("närmare</td>") == 16
    assert cilla.post(f"{PAGE}{one.pk}/vidare/", {"stage": "after"}).status_code == 409
    assert cilla.post(f"{PAGE}{one.pk}/vidare/", {"stage": "x"}).status_code == 409


def test_a_small_group_is_shown_nothing_of(visit) -> None:
    one = survey()
    for stage in ("before", "after"):
        answered(one, stage, range(9))
        on(one, stage)
    page = visit("cilla").get(f"{PAGE}{one.pk}/").content.decode()
    assert "Färre än 10 har svarat båda gångerna" in page and "<table" not in page and " av 9 " not in page


def test_a_closed_survey_takes_nothing_and_says_so(visit) -> None:
    one = survey()
    for stage in ("before", "after", "later"):
        answered(one, stage, range(10))
        on(one, stage)
    assert "Mätningen är avslutad" in Client().post(f"/matning/{one.link}/", sent("closed")).content.decode()
    page = visit("cilla").get(f"{PAGE}{one.pk}/").content.decode()
    assert page.count("Ingen jämförelsegrupp.") == 2 and "/vidare/" not in page


def test_nobody_else_sees_surveys(visit) -> None:
    one = survey()
    for name in ("alva", "disa", "greta", "elis", "hugo"):
        assert visit(name).get(PAGE).status_code == visit(name).get(f"{PAGE}{one.pk}/").status_code == 404
    assert visit("frej").get(PAGE).status_code == 302
