"""The same person in Mika and in KAST: no page, search, count or error tells one reception of the other."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from klarsyn.cases import actions
from klarsyn.cases.models import Case
from klarsyn.people.demo import KAST, MIKA, demo_keys
from klarsyn.people.models import Team
from tests.people import person

WHO, SECRET = "Påhittad Person 811228-9874", "samma hemlighet"
ONE_CASE = (
    "case",
    "print",
    "rename",
    "protect",
    "hand_over",
    "close",
    "reopen",
    "seal",
    "lift_seal",
    "case_identity",
)


def _case(name: str, team: str) -> Case:
    user = person(name)
    made = actions.open_case(
        team=Team.objects.get(name=team), by=user, keys=demo_keys(user), summary=f"{SECRET} {WHO}"
    )
    for compartment in ("notes", "identity"):
        actions.add_record(case=made, compartment=compartment, by=user, keys=demo_keys(user), text=SECRET)
    return made


@pytest.fixture
def bo(visit) -> Client:
    person("bo")
    return visit("bo")


def _asked(client: Client, kast: Case | None) -> list[tuple[int, str]]:
    """Everything Bo can ask, with the changing parts taken out."""
    team = Team.objects.get(name=KAST).pk
    answers = [
        client.get(reverse("cases:cases")), client.get(reverse("people:desk")),
        *(client.post(reverse("cases:cases"), {"words": words}) for words in (SECRET, "811228", "finns inte")),
        client.post(reverse("cases:take_in", kwargs={"team": team}), {"words": SECRET}),
        client.get(reverse("cases:take_in", kwargs={"team": Team.objects.get(name=MIKA).pk})),
    ]  # fmt: skip
    if kast:
        answers += [client.post(reverse("cases:case", kwargs={"id": kast.pk}), {"purpose": "möte"})]
        answers += [client.get(reverse("cases:case_extract", kwargs={"id": kast.pk}))]
    return [(answer.status_code, _still(answer.content.decode())) for answer in answers]


def _still(page: str) -> str:
    page = re.sub(r'(csrfmiddlewaretoken|searched)" value="[^"]*"', r"\1", page)
    return re.sub(r"<code>[^<]*</code>", "", page)


def test_a_case_of_the_other_side_changes_nothing_that_is_seen(bo: Client) -> None:
    kast = _case("bo", KAST)
    before = _asked(bo, kast)
    mika = _case("alva", MIKA)
    assert _asked(bo, kast) == before
    assert _said_of(bo, mika.pk) == _said_of(bo, uuid4())


def _said_of(client: Client, id: UUID) -> list[str]:
    """Every answer about a case, with its own id taken out; each of them says that it is not there."""
    said = []
    addresses = [reverse(f"cases:{name}", kwargs={"id": id}) for name in ONE_CASE]
    more = ({"kind": "note"}, {"record": UUID(int=7)}, {"record": UUID(int=7)})
    addresses += [
        reverse(f"cases:{name}", kwargs={"id": id, **words})
        for name, words in zip(("write", "note", "correct"), more, strict=True)
    ]
    for address in addresses:
        posted = client.post(address, {"purpose": "x", "why": "x", "title": "x"})
        for answer in (client.get(address), posted):
            assert answer.status_code in (404, 405)  # some are read alone
            said.append(f"{answer.status_code} {_still(answer.content.decode())}".replace(str(id), ""))
    assert client.post(reverse("cases:task", kwargs={"id": id}), {"text": "x"}).status_code == 404
    return said


def test_the_same_title_may_stand_on_both_sides_without_a_word(bo: Client) -> None:
    _case("alva", MIKA)
    address = reverse("cases:take_in", kwargs={"team": Team.objects.get(name=KAST).pk})
    page = bo.post(address, {"words": SECRET}).content.decode()
    assert "Är det någon av dem" not in page
    searched = re.search(r'searched" value="([^"]*)"', page)
    assert searched
    words = {"searched": searched[1], "event_day": timezone.localdate().isoformat(), "track": "open"}
    assert bo.post(address, words | {"title": SECRET}).status_code == 302
