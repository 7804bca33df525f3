"""The pages of the sources: who may see what, and that every dataset says where it comes from."""

import pytest
from django.urls import reverse

from klarsyn.sources.actions import load_snapshot
from klarsyn.sources.models import Dataset
from tests.people import CILLA, DISA, ELIS, FREJ, GRETA, HUGO, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]

READ = [reverse("sources:index"), reverse("sources:dataset", kwargs={"key": "scb-folkmangd"})]
IMPORT = [
    reverse("sources:choose"),
    reverse("sources:upload", kwargs={"key": "domstol"}),
    reverse("sources:template", kwargs={"key": "domstol", "kind": "csv"}),
]


@pytest.fixture(autouse=True)
def _loaded(db: None) -> None:
    load_snapshot(by="disa")


@pytest.mark.parametrize("name", [DISA, GRETA, CILLA, ELIS])
@pytest.mark.parametrize("address", READ)
def test_those_with_the_right_may_see_where_figures_come_from(name: str, address: str) -> None:
    assert signed_in(name).get(address).status_code == 200


@pytest.mark.parametrize("address", [*READ, *IMPORT])
def test_hugo_and_frej_may_not_see_the_sources(address: str) -> None:
    assert signed_in(HUGO).get(address).status_code == 404
    answer = signed_in(FREJ).get(address)
    assert answer.status_code == 302 and "/logga-in/" in answer["Location"]


@pytest.mark.parametrize("name", [GRETA, CILLA, ELIS])
@pytest.mark.parametrize("address", IMPORT)
def test_only_disa_may_import(name: str, address: str) -> None:
    assert signed_in(name).get(address).status_code == 404
    assert signed_in(DISA).get(address).status_code == 200


@pytest.mark.parametrize("name", [GRETA, ELIS, HUGO])
def test_only_disa_may_say_yes(name: str) -> None:
    for step in ("sources:confirm", "sources:drop"):
        assert signed_in(name).post(reverse(step)).status_code == 404


def test_the_list_narrows_to_one_measure_with_and_without_htmx() -> None:
    disa = signed_in(DISA)
    whole = disa.get(READ[0]).content.decode()
    assert "Påhittade tal" in whole and "Dömda för sexköp per kommun 2019" in whole
    narrow = disa.get(READ[0], {"matt": "population"}).content.decode()
    assert "Folkmängd i kommunerna" in narrow and "Dömda för sexköp per kommun 2019" not in narrow
    part = disa.get(READ[0], {"matt": "population"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part and "Folkmängd i kommunerna" in part


def test_a_dataset_page_says_where_it_comes_from() -> None:
    page = signed_in(DISA).get(READ[1]).content.decode()
    for text in (
        "SCB",
        "CC0 1.0",
        "TAB638",
        "Kontrollsumma",
        "Det som bryter serien",
        "2025-01-01",
        "Upplands Väsby",
    ):
        assert text in page
    simulated = signed_in(DISA).get(reverse("sources:dataset", kwargs={"key": "simulerat-2015-2024"}))
    assert "blandas aldrig med riktiga" in simulated.content.decode()
    assert signed_in(DISA).get(reverse("sources:dataset", kwargs={"key": "nej"})).status_code == 404


def test_the_list_asks_no_more_when_it_grows(django_assert_max_num_queries) -> None:
    disa = signed_in(DISA)
    with django_assert_max_num_queries(10):
        disa.get(READ[0])


def test_pages_speak_english_too() -> None:
    page = signed_in(DISA).get("/en/personal/kallor/").content.decode()
    assert 'lang="en"' in page


def test_elis_does_not_see_counts_that_nobody_has_published() -> None:
    Dataset.objects.filter(key="sr-2021-sexkop-kommun").update(is_public=False)
    address = reverse("sources:dataset", kwargs={"key": "sr-2021-sexkop-kommun"})
    closed = signed_in(ELIS).get(address).content.decode()
    assert "3 värden som inte är publicerade" in closed and "De första raderna" not in closed
    assert "De första raderna" in signed_in(DISA).get(address).content.decode()


def test_the_invented_people_are_shown_by_part_of_town() -> None:
    address = reverse("sources:dataset", kwargs={"key": "pahittade-personer-2021-2025"})
    page = signed_in(ELIS).get(address).content.decode()
    assert "Påhittade tal" in page and "age=0-17;form=home;gender=men;reporter=social" in page
