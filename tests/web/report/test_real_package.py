"""A package as another municipality's own site released it: taken in and compared, or refused with nothing changed."""

import argparse
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from klarsyn.base.errors import Refused
from klarsyn.base.models import AuditEvent
from klarsyn.base.vault import SigningPair
from klarsyn.config.cli import federation
from klarsyn.report import opendata_maker, render
from klarsyn.report.models import Edition, OtherEdition, TrustedKey
from klarsyn.report.others import demo, queries
from klarsyn.report.policy import State
from klarsyn.report.signing import keys, maker
from tests.people import person
from tests.unit.report.others.hostile import CASES, opened, signed
from tests.web.report import town
from tests.web.report.kept import state
from tests.web.report.neighbours import TALLMO, neighbour, packed, ring, taken, trust

HOSTILE = (
    "truncated", "bomb", "path out", "absolute path", "link", "too many", "tail", "unsigned", "unknown file",
    "file gone", "wrong hash", "wrong signature", "unknown key", "other municipality", "wrong format", "field gone",
    "wrong encoding", "no description", "null byte",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sent:
    """What Granby's site released, and the pair that only Granby has."""

    body: bytes
    pair: SigningPair


@pytest.fixture
def sent(home: Path, db: None, tmp_path_factory, monkeypatch: pytest.MonkeyPatch) -> Sent:
    """Frozen, protected, attacked, voted on, searched, released and signed at Granby's own place."""
    monkeypatch.setattr(render, "ARTEFACTS", [opendata_maker.make, maker.make])
    granby = town.Town(*town.GRANBY, tmp_path_factory.mktemp("granby"))
    with granby.at_work():
        return Sent(town.package(town.released(granby)), keys.read().pair)


def changed(sent: Sent) -> Iterator[tuple[str, bytes, str]]:
    """The same package wrong in one way each: a byte here and there, and each hostile form."""
    step = len(sent.body) // 12
    for at in range(7, len(sent.body), step):
        yield f"byte {at}", sent.body[:at] + bytes([sent.body[at] ^ 1]) + sent.body[at + 1 :], "har ändrats"
    files = opened(sent.body)
    for case in HOSTILE:
        make, why = CASES[case]
        yield case, make(files, sent.pair), why


def refused(body: bytes) -> str:
    with pytest.raises(Refused) as found:
        taken(body)
    return str(found.value)


def test_it_is_taken_in_and_set_beside_another_and_every_change_to_it_is_refused(
    sent: Sent, home: Path
) -> None:
    trust(*town.GRANBY, sent.pair.public.hex())
    neighbour(TALLMO, ring())
    before = state(home)
    for case, body, why in changed(sent):
        assert re.search(why.replace("9901", town.GRANBY[0]), refused(body)), case
        assert state(home) == before, case
    made = taken(sent.body)
    people, rates = (
        next(f for f in made.figures if f["indicator"] == n) for n in ("example_people", "example_rates")
    )
    assert (people["count"], people["rounded_by"], people["rate"]) == (210, 4, None)
    assert (rates["count"], rates["population"], round(rates["lower"], 4)) == (17, 141_081, 7.0195)
    (group,) = (g for g in queries.groups(True) if g.indicator == "example_rates")
    rows = [(r.held.name, r.figure.period) for b in group.blocks for r in b.rows]
    assert rows == [("Granby", "2024"), ("Tallmo", "2024")] and group.apart == ()
    (alone,) = (g for g in queries.groups(True) if g.indicator == "example_people")
    assert alone.blocks[0].rows[0].rate is None  # the edition says of no population


def test_the_demonstrations_neighbours_stand_beside_our_own_example(
    visit, home: Path, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(render, "ARTEFACTS", [opendata_maker.make, maker.make])
    person("disa")
    assert demo.ensure_demo_others() is None  # taken in, with nothing of ours to stand beside
    own = town.released(town.Town(*town.OURS, home))
    made = demo.ensure_demo_others()
    assert made is not None and demo.ensure_demo_others() == made and OtherEdition.objects.count() == 3
    assert list(made.own.all()) == [own]
    page = visit("frej").get(f"/kartlaggning/jamfor/{made.pk}/").text
    assert "PÅHITTADE TAL" in page and "Ekvik (påhittad) 2024 kan inte jämföras" in page
    rows = [page.index(f'<th scope="row">{name}') for name in ("Jönköping", "Granby (påhittad)")]
    assert rows == sorted(rows) and "Påhittat brott" in page and "/kartlaggning/exempel/utgava-1/" in page
    Edition.objects.filter(pk=own.pk).update(state=State.SUPERSEDED)
    over = visit("frej").get(f"/kartlaggning/jamfor/{made.pk}/").text
    assert "visas inte längre" in over and "Jönköping" in over and "fig-pair" not in over


@pytest.fixture
def run(tmp_path: Path, home: Path, db: None) -> Callable[..., int]:
    """`klarsyn federation take-in`, on a file that holds these bytes."""

    def made(body: bytes, *words: str) -> int:
        file = tmp_path / "paket.zip"
        file.write_bytes(body)
        parser = argparse.ArgumentParser()
        federation.add(parser.add_subparsers())
        args = parser.parse_args(["federation", "take-in", str(file), *words])
        code: int = args.run(args)
        file.unlink()
        return code

    return made


def test_the_command_asks_for_a_person_and_the_words_and_refuses_as_the_desk_does(
    run, home: Path, capsys
) -> None:
    its, disa = ring(), ("--by", "disa")
    body, words = packed(TALLMO, its), keys.fingerprint(its.pair.public.hex())
    neighbours = ("--words", words, "--trust", "Läst upp av registrator")
    person("disa")
    before = state(home)
    for asked, why in (
        ((*disa, "--words", "fel ord helt"), "Orden hör inte till nyckeln"),
        ((*disa, "--words", words), "Nyckeln är inte känd"),
        (("--by", "elis", *neighbours), "Bara en analytiker"),
        (("--by", "ingen", *neighbours), "finns inte"),
    ):
        assert run(body, *asked) == 1 and why in capsys.readouterr().err
        assert state(home) == before, why
    for wrong in (
        body[:-9],
        signed(opened(body), its.pair, year=2031),
    ):  # the second: its key is trusted first
        assert run(wrong, *disa, *neighbours) == 1 and state(home) == before
    for missing in (disa, neighbours):
        with pytest.raises(SystemExit) as ended:
            run(body, *missing)
        assert ended.value.code == 2 and state(home)[0] == before[0]


def test_the_command_takes_in_and_notes_whose_decision_it_was(run, capsys) -> None:
    its = ring()
    person("disa")
    words = ("--by", "disa", "--words", keys.fingerprint(its.pair.public.hex()))
    assert run(packed(TALLMO, its), *words, "--trust", "Läst upp av registrator") == 0
    assert "Tallmo, 2024, utgåva 1 är mottagen" in capsys.readouterr().out
    assert TrustedKey.objects.get().trusted_by == OtherEdition.objects.get().taken_in_by
    acts = AuditEvent.objects.filter(action__startswith="others.").order_by("sequence")
    assert [e.action for e in acts] == ["others.trust", "others.take_in"]
    assert run(packed(TALLMO, its), *words) == 1 and "finns redan" in capsys.readouterr().err
