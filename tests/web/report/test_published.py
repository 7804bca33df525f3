"""The desk's ledger and its answers: who may read, who may give out, what is recorded."""

from dataclasses import replace
from pathlib import Path

import pytest

from klarsyn.mapping import ledger, queries
from tests.web.report.test_protected_release import OTHER, approved, release

LEDGER = "/personal/publicerade-siffror/"
ANSWER = f"{LEDGER}lamna-ut/"
ASKED = {"period": "2019", "v_gender": "women", "reason": "Jönköpings-Posten frågar om året"}


@pytest.mark.parametrize("name", ["elis", "hugo"])
def test_elis_and_hugo_may_not_read_the_ledger(visit, home: Path, name: str) -> None:
    assert visit(name).get(LEDGER).status_code == 404
    assert visit(name).get(ANSWER).status_code == 404


@pytest.mark.parametrize("name", ["disa", "cilla"])
def test_disa_and_cilla_read_but_may_not_give_out(visit, home: Path, name: str) -> None:
    client = visit(name)
    page = client.get(LEDGER).text
    assert "Inget har publicerats än" in page and "Lämna ut en siffra" not in page
    for answer in (client.get(ANSWER), client.post(f"{ANSWER}?tal=0", ASKED)):
        assert answer.status_code == 404
    assert ledger.text() == ""


def test_frej_is_asked_to_sign_in(visit, home: Path) -> None:
    assert "/personal/logga-in/" in visit("frej").get(LEDGER).url


def test_the_ledger_is_read_newest_first_in_words(visit, home: Path, bare) -> None:
    ledger.add([OTHER])
    release(approved_after(home))
    page = visit("disa").get(LEDGER).text
    assert "Hel: ingen rad har ändrats eller tagits bort" in page and "2 rader." in page
    assert page.index("0680-exempel-1") < page.index("0680-2018-1")
    assert "9 celler" in page and "2019, kvinnor" in page
    assert "skyddad, avrundad till multiplar av 5" in page and "redan publicerad av sin källa" in page


def approved_after(home: Path):
    """Approved, with an audit that knows what the ledger holds already."""
    head = ledger.lines(ledger.text())[-1].hash
    return approved(home, lambda audit: replace(audit, ledger_head=head))


def test_a_broken_ledger_is_told_on_the_page(visit, home: Path) -> None:
    ledger.add([OTHER])
    path = ledger.folder() / ledger.LEDGER
    path.write_text(path.read_text().replace("already_public", "already_publik"))
    answer = visit("disa").get(LEDGER)
    assert answer.status_code == 409 and "rad 1: den har ändrats efter att den skrevs" in answer.text


def test_greta_gives_out_what_is_published_and_it_is_recorded(visit, home: Path, bare) -> None:
    release(approved(home))
    greta = visit("greta")
    assert "människor som verksamheterna har mött, 2019" in greta.get(ANSWER).text
    form = greta.get(f"{ANSWER}?tal=0").text
    assert "Kön" in form and "transpersoner" not in form and "kvinnor" in form
    given = greta.post(f"{ANSWER}?tal=0", ASKED, follow=True).text
    assert "2019, kvinnor: omkring" in given and "Siffran var redan publicerad" in given
    line = queries.published()[0]
    assert (line.kind, line.rule) == ("press_answer", "Greta Demo: Jönköpings-Posten frågar om året")


@pytest.mark.parametrize(("wrong", "said"), [
    ({"reason": "kort"}, "minst tre ord"), ({"reason": ""}, "Vem frågar"), ({"period": "1999"}, "1999"),
])  # fmt: skip
def test_what_is_not_said_properly_is_not_given_out(visit, home: Path, bare, wrong, said) -> None:
    release(approved(home))
    before = ledger.text()
    answer = visit("greta").post(f"{ANSWER}?tal=0", ASKED | wrong)
    assert answer.status_code == 422 and said in answer.text
    assert ledger.text() == before


def test_without_protected_figures_there_is_nothing_to_choose(visit, home: Path) -> None:
    assert "Inga skyddade tal finns" in visit("greta").get(ANSWER).text
    assert "Inga skyddade tal finns" in visit("greta").get(f"{ANSWER}?tal=7").text
