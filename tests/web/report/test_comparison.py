"""A comparison reaches the public when one has proposed and somebody else agreed, and stays only while it holds."""

import pytest
from django.db import IntegrityError, transaction

from klarsyn.base.errors import Refused
from klarsyn.people.actions import give_role
from klarsyn.report.models import Comparison, OtherEdition
from klarsyn.report.others import actions, comparisons, demo, publishing
from klarsyn.report.signing import keys
from tests.people import person
from tests.web.report.neighbours import EKVIK, GRANBY, TALLMO, neighbour, packed, ring, taken

OTHERS, PUBLIC = "/personal/andra-kommuner/", "/kartlaggning/jamfor/"
ASKED = {"visa": demo.INDICATOR, "slag": "exempel"}
TOLD = ("13", "62 050", "20,95", "Granby", "Tallmo", "PÅHITTADE TAL", "Kan inte jämföras", "Ekvik 2024")
Held = dict[str, int]


@pytest.fixture
def granby() -> keys.Ring:
    return ring()


@pytest.fixture
def held(home, db: None, granby: keys.Ring) -> Held:
    """Three municipalities taken in; the third counts something else."""
    its = {GRANBY.code: granby}
    return {one.name: neighbour(one, its.get(one.code) or ring()).pk for one in (TALLMO, GRANBY, EKVIK)}


@pytest.fixture
def proposed(held: Held) -> Comparison:
    return publishing.propose(
        indicator=demo.INDICATOR, is_invented=True, others=list(held.values()), by=person("disa")
    )


@pytest.fixture
def public(proposed: Comparison) -> Comparison:
    return publishing.agree(comparison=proposed, by=person("cilla"))


def text(visit, who: str, address: str) -> str:
    answer = visit(who).get(address)
    assert answer.status_code == 200, address
    return answer.text.replace("\xa0", " ").replace("\u202f", " ")


def has_no_figure(page: str) -> bool:
    return not any(number in page for number in ("62 050", "20 100", "20,95", "fig-pair"))


def test_disa_proposes_cilla_agrees_and_only_then_frej_reads_it(visit, held: Held) -> None:
    disa, cilla = visit("disa"), visit("cilla")
    assert "Föreslå att allmänheten" in disa.get(f"{OTHERS}?visa={demo.INDICATOR}&slag=exempel").text
    assert disa.get(f"{OTHERS}foresla/", ASKED).status_code == 200
    sent = disa.post(f"{OTHERS}foresla/", ASKED | {"others": [str(pk) for pk in held.values()]})
    made = Comparison.objects.get()
    room, address = f"{OTHERS}jamforelse/{made.pk}/", f"{PUBLIC}{made.pk}/"
    assert sent.url == room and visit("frej").get(address).status_code == 404
    assert made.indicator not in visit("frej").get(PUBLIC).text
    seen = text(visit, "cilla", room)
    assert all(word in seen for word in TOLD) and "Godkänn och visa" not in text(visit, "disa", room)
    assert disa.post(room, {"step": "agree"}).status_code == 422
    assert cilla.post(room, {"step": "agree"}).status_code == 302
    page = text(visit, "frej", address)
    assert [word for word in (*TOLD, "Vad talet inte säger", "Intervall (95 %)") if word not in page] == []
    assert page.index(">Granby<") < page.index(">Tallmo<") and "exempel.invalid" not in page
    assert address in visit("frej").get(PUBLIC).text and PUBLIC in visit("frej").get("/kartlaggning/").text
    assert "cannot be compared" in text(visit, "frej", f"/en{address}")


def test_a_newer_edition_ends_it_and_says_so(visit, held: Held, public: Comparison, granby) -> None:
    address = f"{PUBLIC}{public.pk}/"
    taken(packed(GRANBY, granby, count=17, number=2))
    over = text(visit, "frej", address)
    assert "Jämförelsen visas inte längre" in over and "Granby" in over and has_no_figure(over)
    assert "Visas inte längre" in text(visit, "frej", PUBLIC)
    assert "Gäller inte längre" in text(visit, "disa", f"{OTHERS}jamforelse/{public.pk}/")
    now = [pk for name, pk in held.items() if name != "Granby"]
    with pytest.raises(Refused, match="Välj minst en utgåva"):
        publishing.propose(
            indicator=demo.INDICATOR, is_invented=True, others=list(held.values()), by=person("disa")
        )
    newest = granbys_newest()
    again = publishing.propose(
        indicator=demo.INDICATOR, is_invented=True, others=[*now, newest], by=person("disa")
    )
    publishing.agree(comparison=again, by=person("greta"))
    assert "27,40" in text(visit, "frej", f"{PUBLIC}{again.pk}/")
    assert f"{PUBLIC}{again.pk}/" in text(visit, "frej", address)
    public.refresh_from_db()
    assert public.withdrawn_by == person("greta")


def granbys_newest() -> int:
    return OtherEdition.objects.get(municipality=GRANBY.code, replaced_at=None).pk


@pytest.mark.parametrize("who", ["disa", "greta"])
def test_either_takes_it_back_and_no_figure_is_left(visit, public: Comparison, who: str) -> None:
    room, asked = f"{OTHERS}jamforelse/{public.pk}/", {"step": "withdraw"}
    for why in ("nej", "Hör med 811218-9876 först", "a\x00b c d", "ord " * 200_000):
        assert visit(who).post(room, asked | {"why": why}).status_code == 422
    assert has_no_figure(text(visit, "frej", f"{PUBLIC}{public.pk}/")) is False
    assert visit(who).post(room, asked | {"why": "Granby räknade fel"}).status_code == 302
    page = text(visit, "frej", f"{PUBLIC}{public.pk}/")
    assert "Den drogs tillbaka" in page and has_no_figure(page) and "räknade fel" not in page
    assert "räknade fel" in text(visit, "ines", OTHERS)
    assert visit(who).post(room, asked | {"why": "En gång till då"}).status_code == 422


def test_figures_that_are_taken_away_are_gone_from_the_public_page(
    visit, held: Held, public: Comparison
) -> None:
    edition = public.others.get(pk=held["Tallmo"])
    actions.remove(edition=edition, why="Kommunen bad om det", by=person("disa"))
    page = text(visit, "frej", f"{PUBLIC}{public.pk}/")
    assert "Tallmo" in page and has_no_figure(page)


def test_who_may_not_changes_nothing(visit, held: Held, proposed: Comparison) -> None:
    room = f"{OTHERS}jamforelse/{proposed.pk}/"
    assert visit("elis").get(room).status_code == 404 and visit("ines").get(room).status_code == 200
    assert visit("ines").post(room, {"step": "agree"}).status_code == 404
    assert visit("cilla").get(f"{OTHERS}foresla/", ASKED).status_code == 404
    for by in ("disa", "elis", "ines"):
        with pytest.raises(Refused):
            publishing.agree(comparison=proposed, by=person(by))
    with pytest.raises(Refused):
        publishing.withdraw(comparison=proposed, why="Jag vill inte det", by=person("elis"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Comparison.objects.update(agreed_at=proposed.proposed_at, agreed_by=person("disa"))
    with pytest.raises(Refused, match="redan ett förslag"):
        publishing.propose(
            indicator=demo.INDICATOR, is_invented=True, others=list(held.values()), by=person("disa")
        )
    assert Comparison.objects.get().agreed_at is None and comparisons.public() == []


def test_nobody_agrees_to_their_own_to_what_is_outdated_or_to_what_is_withdrawn(
    proposed: Comparison, granby
) -> None:
    disa, cilla = person("disa"), person("cilla")
    give_role(user=disa, role="report_checker")
    with pytest.raises(Refused, match="Du föreslog"):
        publishing.agree(comparison=proposed, by=disa)
    taken(packed(GRANBY, granby, count=17, number=2))
    with pytest.raises(Refused, match="Granby: utgåvan gäller inte längre"):
        publishing.agree(comparison=proposed, by=cilla)
    publishing.withdraw(comparison=proposed, why="En nyare utgåva kom", by=cilla)
    with pytest.raises(Refused, match="väntar inte"):
        publishing.agree(comparison=proposed, by=cilla)
    assert comparisons.public() == [] and Comparison.objects.get().agreed_at is None


def test_one_municipality_alone_is_no_comparison(held: Held) -> None:
    for names in ((), ("Granby",), ("Granby", "Ekvik")):
        with pytest.raises(Refused):
            publishing.propose(
                indicator=demo.INDICATOR, is_invented=True, others=[held[n] for n in names], by=person("disa")
            )
    assert Comparison.objects.count() == 0
