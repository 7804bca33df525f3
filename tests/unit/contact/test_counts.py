"""The contact's door to statistics: numbers a month become counts of a year, of one reception alone."""

from datetime import date

import pytest

from klarsyn.contact.counting import one_more
from klarsyn.contact.counts import MEASURES, list_counts
from klarsyn.contact.models import BookingCount, CallCount, CardCount, ResidenceCount
from klarsyn.contact.models.booking import Channel, Ended
from klarsyn.contact.models.card import CardFate, Outcome, Partner
from klarsyn.people.models import Team
from klarsyn.receptions.models import Reception

DAY, NEXT = date(2025, 12, 31), date(2026, 1, 1)
MIKA, KAST = "mika", "kast"


@pytest.fixture
def teams(db) -> dict[str, Team]:
    made = {kind: Team.objects.create(name=kind, kind=kind, created_on=DAY) for kind in (MIKA, KAST)}
    for kind, team in made.items():
        Reception.objects.create(kind=kind, host_code="0680", team=team)
    return made


def table(measure: str, *years: int, kind: str = MIKA, host: str = "0680") -> dict[str, int]:
    found = list_counts(measure=measure, kind=kind, host_code=host, years=years or (2025,))
    assert not found.is_public and found.unit == MEASURES[measure].unit
    for count in found.counts:
        assert {v: b in MEASURES[measure].bands[v] for v, b in count.categories} == dict.fromkeys(
            MEASURES[measure].bands, True
        )
        assert count.sources == (f"{kind}-{measure}",)
    return {f"{c.period} " + " ".join(b for _v, b in c.categories): c.value for c in found.counts}


def test_every_end_of_a_time_or_a_call_has_its_band(teams: dict[str, Team]) -> None:
    team = teams[MIKA].pk
    for ended in Ended:
        one_more(BookingCount, team, DAY, channel=Channel.VISIT, ended=ended)
    one_more(BookingCount, team, DAY, 4, channel=Channel.PHONE, ended=Ended.MET)
    for outcome in Outcome:
        one_more(CallCount, team, DAY, outcome=outcome)
    assert table("arranged_contacts") == {
        "2025 kept visit": 1, "2025 missed visit": 1, "2025 cancelled visit": 1, "2025 withdrawn visit": 1,
        "2025 lapsed visit": 1, "2025 kept phone": 4, "2025 kept call_back": 1, "2025 missed call_back": 1,
        "2025 cancelled call_back": 1, "2025 lapsed call_back": 1,
    }  # fmt: skip


def test_a_card_counts_where_it_was_made_and_where_it_was_used(teams: dict[str, Team]) -> None:
    one_more(CardCount, teams[MIKA].pk, DAY, 8, partner=Partner.POLICE, fate=CardFate.MADE)
    one_more(
        CardCount, teams[MIKA].pk, DAY.replace(day=1, month=2), 3, partner=Partner.POLICE, fate=CardFate.MADE
    )
    one_more(CardCount, teams[MIKA].pk, NEXT, partner=Partner.POLICE, fate=CardFate.CALL)
    assert table("contact_cards", 2025, 2026) == {"2025 made police": 11, "2026 call police": 1}
    assert table("contact_cards") == {"2025 made police": 11}


def test_of_where_somebody_lives_only_how_far_away_is_told(teams: dict[str, Team]) -> None:
    for residence in ("0680", "0682", "0682", "1480", "elsewhere", "refused", "not_asked"):
        one_more(ResidenceCount, teams[MIKA].pk, DAY, residence=residence)
    assert table("visitor_residence") == {
        "2025 home": 1, "2025 county": 2, "2025 elsewhere": 2, "2025 unsaid": 1, "2025 not_asked": 1,
    }  # fmt: skip


@pytest.mark.parametrize("measure", MEASURES)
def test_the_wall_stands_between_the_receptions_and_the_municipalities(
    teams: dict[str, Team], measure: str
) -> None:
    for model, what in (
        (BookingCount, {"channel": "visit", "ended": "met"}), (CardCount, {"partner": "care", "fate": "made"}),
        (ResidenceCount, {"residence": "0680"}),
    ):  # fmt: skip
        one_more(model, teams[KAST].pk, DAY, 7, **what)
    assert table(measure) == {} == table(measure, kind=KAST, host="1480")
    assert list(table(measure, kind=KAST).values()) == [7]


def test_an_unknown_measure_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        list_counts(measure="cards_handed_out", kind=MIKA, host_code="0680", years=(2025,))
