"""What anyone reads of the plan: the way of a demand, the figure behind a measure, and nothing unpublished."""

from pathlib import Path

import pytest
from django.test import Client

from klarsyn.plan.models import ActionPlan, Consultation, Decision, Measure, Motion, Review
from tests.golden.report.reading import words_of
from tests.unit.plan import made
from tests.web.plan.conftest import publish
from tests.web.plan.released import draft, release

PAGES = ("/planen/", "/planen/motion/en-motion/", "/planen/atgard/mottagning/", "/planen/oppna-data/")
FILES = ("flode.xml", "oppna-data/plan.json", "oppna-data/datapackage.json", "oppna-data/measures.csv")


def texts(client: Client) -> dict[str, str]:
    """Every page and file in both languages."""
    addresses = [p + a for p in ("", "/en") for a in (*PAGES, *(f"/planen/{name}" for name in FILES))]
    return {address: client.get(address).text for address in addresses}


def test_frej_follows_a_demand_from_motion_to_result(client: Client, plan: made.Made) -> None:
    lines = words_of(client.get("/planen/").text).splitlines()
    at = next(n for n, line in enumerate(lines) if "att 1 görs" in line)
    assert lines[at + 1 : at + 6] == [
        "- Motion inlämnad 2 mars 2026", "- Remiss 0 av 1 har svarat PÅHITTAT", "- Beslut bifallen 1 juni 2026 PÅHITTAT",
        "- Åtgärd 1 åtgärd 1 försenad PÅHITTAT", "- Resultat Ingen siffra är publicerad än PÅHITTAT",
    ]  # fmt: skip
    second = lines[next(n for n, line in enumerate(lines) if "att 2 görs" in line) :]
    assert second[3:6] == [
        "- Beslut inte beslutat än",
        "- Åtgärd ingen åtgärd än",
        "- Resultat inget resultat än",
    ]


def test_a_figure_reaches_the_page_only_when_its_edition_is_released(
    client: Client, plan: made.Made, home: Path
) -> None:
    draft(home)
    before = words_of(client.get(PAGES[2]).text)
    assert "Ingen siffra är publicerad än" in before and "Nu\n" not in before
    release()
    after = words_of(client.get(PAGES[2]).text)
    assert "avrundat; det rätta talet ligger i" in after and "Vad siffran inte säger" in after
    assert "minst 40 år 2027" in after and "kartläggningen 2024, utgåva 1" in after
    assert "avrundat" in words_of(client.get("/planen/").text)
    assert "/kartlaggning/exempel/utgava-1/#figur-example_people" in client.get(PAGES[2]).text
    assert "rounding" in client.get("/planen/oppna-data/indicators.csv").text


def test_nothing_that_is_not_published_leaves(client: Client, plan: made.Made) -> None:
    for model in (Motion, Consultation, Decision, ActionPlan, Measure, Review):
        model._default_manager.update(published_on=None)
    assert [client.get(address).status_code for address in PAGES] == [200, 404, 404, 200]
    for address, text in texts(client).items():
        for secret in ("En motion", "Bifalls", "Mottagning", "Lokalen finns", "KS 2026"):
            assert secret not in text, address
    assert client.get("/planen/oppna-data/../urls.py").status_code == 404


def test_nobody_of_the_staff_is_named_or_numbered(client: Client, db: None, home: Path, today) -> None:
    publish(keeper="disa")
    everything = "".join(texts(client).values())
    assert "sista dagen" in everything  # the change is there, without the one who made it and without why
    for secret in ("Disa", "disa", "Skäl", "changed_by", "entered_by", "reviewed_by"):
        assert secret not in everything, secret


def test_what_is_invented_says_so_on_each_page_and_in_each_file(client: Client, plan: made.Made) -> None:
    for address, text in texts(client).items():
        assert "PÅHITTA" in text or "INVENTED" in text or "is_invented" in text, address
    for model in (Consultation, Decision, ActionPlan, Measure, Review):
        model._default_manager.update(is_invented=False)
    for address, text in texts(client).items():
        assert "PÅHITTA" not in text and "INVENTED" not in text, address


@pytest.mark.parametrize("address", ["/planen/", "/en/planen/atgard/mottagning/", "/planen/flode.xml"])
def test_a_page_is_kept_by_caches_sets_no_cookie_and_needs_no_script(client, plan, address) -> None:
    first = client.get(address)
    assert first["Cache-Control"] == "public, max-age=300" and not first.cookies
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert len(first.content) < 60_000 and client.post(address).status_code == 405
    if not address.endswith("xml"):
        assert "/lamna/" in first.text
