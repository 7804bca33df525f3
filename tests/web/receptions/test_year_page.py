"""The page of a counted year: Alva counts Mika's, Greta reads it, nobody else finds it."""

import pytest
from django.utils import timezone

from klarsyn.base.vault import Key
from klarsyn.people.models import Team
from klarsyn.receptions.demo import ensure_demo_receptions
from klarsyn.receptions.models import CountedYear, StatisticsKey
from klarsyn.receptions.statistics.actions import tell
from klarsyn.receptions.statistics.telling import PersonYear
from tests.people import person

PAGE = "/personal/arets-rakning/"


@pytest.fixture
def mika(db) -> Team:
    alva = person("alva")
    ensure_demo_receptions()
    team, today = Team.objects.get(kind="mika"), timezone.localdate()
    told = PersonYear(
        standing="new", gender="trans", age="18-24", residence="unsaid", way_in="police",
        change=(("month3", "unanswered"),),
    )  # fmt: skip
    tell(team=team, year=today.year, secret=Key.new(), told=told, by=alva, today=today)
    return team


def test_alva_counts_the_year_and_greta_reads_it(visit, mika: Team) -> None:
    year = timezone.localdate().year
    assert f"Räkna {year}" in visit("alva").get(PAGE).content.decode()
    assert visit("alva").post(f"{PAGE}{mika.pk}/{year}/").status_code == 302
    page = visit("greta").get(PAGE).content.decode()
    assert "1 persons år" in page and "svarade inte" in page and "Påhittade antal" in page
    assert "efter tolv månader" not in page and f"Räkna {year}" not in page


def test_greta_sees_that_a_year_is_not_counted_and_destroys_the_key_of_one_that_is(visit, mika: Team) -> None:
    year = timezone.localdate().year - 1
    StatisticsKey.objects.update(year=year)
    page = visit("greta").get(PAGE).content.decode()
    assert (
        "inte räknat än: en rådgivare räknar det här" in page and f"Förstör nyckeln till {year}" not in page
    )
    StatisticsKey.objects.update(year=year + 1)
    visit("alva").post(f"{PAGE}{mika.pk}/{year + 1}/")
    StatisticsKey.objects.update(year=year)
    CountedYear.objects.update(year=year)
    assert f"Förstör nyckeln till {year}" in visit("greta").get(PAGE).content.decode()
    assert visit("alva").post(f"{PAGE}{mika.pk}/{year}/forstor/").status_code == 404
    assert visit("greta").post(f"{PAGE}{mika.pk}/{year}/forstor/").status_code == 302
    assert not StatisticsKey.objects.exists() and CountedYear.objects.exists()


def test_a_year_with_nothing_told_is_refused_in_words(visit, mika: Team) -> None:
    answer = visit("alva").post(f"{PAGE}{mika.pk}/2021/")
    assert answer.status_code == 409 and "inget fört för 2021" in answer.content.decode()


@pytest.mark.parametrize("name", ["greta", "mona", "bo", "disa", "ines", "hugo"])
def test_nobody_else_counts_it(visit, mika: Team, name: str) -> None:
    assert visit(name).post(f"{PAGE}{mika.pk}/{timezone.localdate().year}/").status_code == 404
    assert not CountedYear.objects.exists()


@pytest.mark.parametrize("name", ["disa", "elis", "ines", "hugo", "cilla"])
def test_others_do_not_find_the_page(visit, name: str) -> None:
    assert visit(name).get(PAGE).status_code == 404


def test_mona_sees_nothing_of_mika(visit, mika: Team) -> None:
    assert "Mika" not in visit("mona").get(PAGE).content.decode().split("<main")[1]
