"""What an address or a door points at: by name, made anew for each question and gone after it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID, uuid4

from allauth.mfa.models import Authenticator
from django.utils import timezone

from klarsyn.base.vault import About
from klarsyn.cases import actions
from klarsyn.cases.models import Case
from klarsyn.contact import visitor
from klarsyn.contact.models import Attachment, Thread
from klarsyn.contact.receivers import Receiver
from klarsyn.contact.visitor import Given
from klarsyn.people import rescue
from klarsyn.people.keys import escrow
from klarsyn.people.models import RoleHeld, Team, TeamEpoch, TeamWrap
from klarsyn.portal.visitor import RECEPTIONS
from klarsyn.receptions.models import Fact, Reception, Tally
from klarsyn.report.models import Edition
from klarsyn.report.policy import State
from klarsyn.sources.models import Batch, Dataset
from tests.matrix import compared, followed, programmed, trained, written, yearly
from tests.matrix.cast import KAST, NEWCOMERS, NORTH, SECOND, SOUTH, Cast
from tests.matrix.disposed import DISPOSED
from tests.matrix.evenings import evenings
from tests.matrix.observed import SEEN
from tests.matrix.planned import PLANNED
from tests.matrix.visited import VISITED
from tests.matrix.watched import BUDGETS, FOUNDERS, GONE, OF, OWN_READS, READINGS, SAMPLES, Maker, Words
from tests.unit.cases.operations import add_notes

OFFICER = "escrow_officer"


def edition(cast: Cast, state: State) -> Words:
    """The analyst's edition of the example in some state."""
    now, released = timezone.now(), state == State.RELEASED
    made = Edition.objects.create(
        municipality="0680", year=2019, number=1, slug="exempel-1", is_invented=True, author=cast.users["analyst"],
        content_hash=cast.content_hash, state=state, created_at=now,
        released_at=now if released else None, released_by=cast.users["unit_head"] if released else None,
    )  # fmt: skip
    return {"id": made.pk}


def dataset(*, is_public: bool) -> Words:
    made = Dataset.objects.create(
        key="prov", publisher="Prov", title="Prov", measure="population", licence="CC0", certainty="high",
        is_public=is_public,
    )  # fmt: skip
    Batch.objects.create(dataset=made, origin="file", checksum="0" * 64, by="prov", row_count=0)
    return {"key": made.key}


def role(cast: Cast, team: str) -> Words:
    """A counsellor's role in a team, of somebody who asks for nothing here."""
    someone, kind = cast.users["trainer"], cast.teams[team].kind
    made = RoleHeld.objects.create(user=someone, role=f"{kind}_counsellor", team=cast.teams[team])
    return {"pk": made.pk}


def fact(cast: Cast, team: str) -> Words:
    """What a reception tells the public, of one of the three."""
    reception, today = Reception.objects.get(team=cast.teams[team]), timezone.localdate()
    words = {"what": "phone", "value": "036-10 00 00", "valid_from": today, "source": "prov"}
    return {"pk": Fact.objects.create(reception=reception, **words).pk}


def tally(cast: Cast, team: str) -> Words:
    """Something that a reception has counted, entered by nobody here."""
    reception, today = Reception.objects.get(team=cast.teams[team]), timezone.localdate()
    when = {"year": today.year, "month": today.month, "entered_on": today}
    return {"pk": Tally.objects.create(reception=reception, what="visit", kind="booked", **when).pk}


def head_role(cast: Cast, _who: str) -> Words:
    return {"pk": RoleHeld.objects.get(user=cast.users["reception_head"]).pk}


def factor(cast: Cast, owner: str) -> Words:
    made = Authenticator.objects.create(user=cast.users[owner], type=Authenticator.Type.TOTP, data={})
    return {"pk": made.pk}


def own_factor(cast: Cast, who: str) -> Words:
    return factor(cast, who) if who in cast.users else {"pk": GONE}


EDITIONS: dict[str, Maker] = {
    "draft": lambda cast, who: edition(cast, State.DRAFT),
    "in check": lambda cast, who: edition(cast, State.IN_CHECK),
    "released": lambda cast, who: edition(cast, State.RELEASED),
    "not there": lambda cast, who: {"id": GONE},
}
ORIGINS: dict[str, Maker] = {
    "figure": lambda cast, who: {**edition(cast, State.DRAFT), "figure": cast.figure},
    "not there": lambda cast, who: {**edition(cast, State.DRAFT), "figure": "finns-inte"},
}
ROLES_HELD: dict[str, Maker] = {
    **{which: (lambda cast, who, team=team: role(cast, team)) for which, team in OF.items()},
    "own role": head_role,
    "not there": lambda cast, who: {"pk": GONE},
}
FACTORS: dict[str, Maker] = {
    "own": own_factor,
    "another's": lambda cast, who: factor(cast, "trainer" if who != "trainer" else "analyst"),
    "not there": lambda cast, who: {"pk": GONE},
}
FACTS: dict[str, Maker] = {
    **{which: (lambda cast, who, team=team: fact(cast, team)) for which, team in OF.items()},
    "not there": lambda cast, who: {"pk": GONE},
}
TALLIES: dict[str, Maker] = {
    **{which: (lambda cast, who, team=team: tally(cast, team)) for which, team in OF.items()},
    "not there": lambda cast, who: {"pk": GONE},
}
TEAMS: dict[str, Maker] = {
    **{which: (lambda cast, who, team=team: {"team": cast.teams[team].pk}) for which, team in OF.items()},
    "not there": lambda cast, who: {"team": uuid4()},
}


def holder(columns: dict[str, str]) -> dict[str, Maker]:
    """Each team's person, by team, as the page of that team names them."""
    made: dict[str, Maker] = {}
    for which, make in TEAMS.items():
        column = columns[OF.get(which, SOUTH)]
        made[which] = lambda cast, who, make=make, column=column: {
            **make(cast, who),
            "pk": cast.users[column].pk,
        }
    return made


# Who is taken out: in the south a member beside the one who asks; elsewhere the founder, whom nobody takes out.
TO_TAKE_OUT = {
    SOUTH: "counsellor, keys locked", NORTH: "mika_counsellor north", KAST: "kast_counsellor",
}  # fmt: skip


def lost(cast: Cast, handed_over: tuple[str, str] | None = None) -> Words:
    """Mika söder with two officers and no member left; one officer's part perhaps done, for the other."""
    team, founder = cast.teams[SOUTH], "mika_counsellor"
    escrow.appoint(
        team=team, officers=[cast.users[OFFICER], cast.users[SECOND]], by=cast.users[founder],
        keys=cast.keys[founder],
    )  # fmt: skip
    TeamWrap.objects.filter(epoch__team=team).delete()
    if handed_over:
        by, to = handed_over
        rescue.hand_over(team=team, to=cast.users[to], by=cast.users[by], keys=cast.keys[by], reason="Borta")
    return {"team": team.pk}


def lost_teams(handed_over: tuple[str, str] | None = None) -> dict[str, Maker]:
    """The two others have no officers: nobody's to bring back."""
    return {**TEAMS, "own team": lambda cast, who: lost(cast, handed_over)}


CASES_SHOWN: dict[str, Maker] = {
    **{
        which: (lambda cast, who, team=team: {"id": case(cast, cast.teams[team])})
        for which, team in OF.items()
    },
    "sealed": lambda cast, who: {"id": _sealed(cast, cast.teams[SOUTH])},
    "erased": lambda cast, who: {"id": _erased(cast, cast.teams[SOUTH])},
    "not there": lambda cast, who: {"id": uuid4()},
}


def contact(cast: Cast, team: str) -> Words:
    """What somebody without a name has written to one of the three, with a file."""
    epoch = TeamEpoch.objects.select_related("team").get(team=cast.teams[team], state="active")
    to = Receiver(epoch.team_id, epoch.team.kind, epoch.epoch, bytes(epoch.public))
    file = Given(About("a.txt", "text/plain", 3), is_original=False, body=b"abc")
    held, _code = visitor.begin(to, "Hej", [file])
    return {"id": Thread.objects.get(access_id=held.access).pk}


CONTACTS: dict[str, Maker] = {
    **{which: (lambda cast, who, team=team: contact(cast, team)) for which, team in OF.items()},
    "not there": lambda cast, who: {"id": uuid4()},
}


def with_file(make: Maker) -> Maker:
    """The same with the contact's file in the address."""

    def made(cast: Cast, who: str) -> Words:
        words = make(cast, who)
        row = Attachment.objects.filter(message__thread_id=words["id"]).first()
        return {**words, "file": row.pk if row else uuid4()}

    return made


YEAR = {"year": "exempel"}
ONE = {**YEAR, "number": 1}
# Every address with something in it, and what that may be. An address that is not here has nothing in it.
THINGS: dict[str, dict[str, Maker]] = {
    "report:newest": {"not there": lambda cast, who: YEAR},
    "report:edition": {"draft": lambda cast, who: edition(cast, State.DRAFT) and ONE, "not there": lambda cast, who: ONE},
    "report:edition_file": {"draft": lambda cast, who: edition(cast, State.DRAFT) and {**ONE, "rest": "rapport.pdf"}},
    **evenings(edition, EDITIONS),
    "report:draft_origin": ORIGINS, **compared.COMPARED,
    "sources:dataset": {
        "open": lambda cast, who: dataset(is_public=True),
        "closed": lambda cast, who: dataset(is_public=False),
        "not there": lambda cast, who: {"key": "finns-inte"},
    },
    "sources:upload": {"by hand": lambda cast, who: {"key": "egna-tal"}, "not there": lambda cast, who: {"key": "finns-inte"}},
    "sources:template": {
        "by hand": lambda cast, who: {"key": "egna-tal", "kind": "csv"},
        "not there": lambda cast, who: {"key": "finns-inte", "kind": "csv"},
    },
    "people:take_role": ROLES_HELD,
    "receptions:end": FACTS, "receptions:take_back": TALLIES,
    **{f"receptions:{name}": {
        which: (lambda cast, who, make=make: {**make(cast, who), "year": 2020}) for which, make in TEAMS.items()
    } for name in ("count_year", "destroy_key")},
    "people:let_in": holder(NEWCOMERS),
    "people:take_out": holder(TO_TAKE_OUT),
    **{f"people:{name}": TEAMS for name in ("reseal", "appoint_officers")},
    "people:escrow_hand_over": lost_teams(),
    "people:escrow_take_back": lost_teams((OFFICER, SECOND)),
    "people:escrow_let_in": lost_teams((SECOND, OFFICER)),
    **{f"cases:{name}": CASES_SHOWN for name in (
        "case", "case_identity", "case_extract", "print", "task", "rename", "protect", "hand_over", "close", "seal",
        "lift_seal", "reopen", "name",
    )},
    "cases:take_in": TEAMS, "cases:outside": TEAMS, "cases:sealed": TEAMS, "cases:leave": TEAMS,
    **{f"cases:{name}": CASES_SHOWN for name in (
        "support", "goals", "giving", "disclose", "decide", "consent", "route", "statistics_file",
    )},
    "cases:questions": written.with_words(CASES_SHOWN, instrument="own_questions", time="start"),
    "cases:move": written.with_words(CASES_SHOWN, record=uuid4(), step="revoke"),
    **{f"cases:{name}": written.with_words(CASES_SHOWN, record=uuid4()) for name in ("disclosure", "withdraw", "referral_file")},
    "cases:write": written.with_form(CASES_SHOWN),
    **{f"cases:{name}": written.with_note(CASES_SHOWN) for name in ("note", "correct", "left_note")},
    "cases:budget_agree": BUDGETS, "cases:draw_sample": TEAMS, "cases:sample": SAMPLES,
    "cases:sign_off": READINGS, "cases:question": READINGS,
    "cases:own_sign_off": OWN_READS, "cases:own_question": OWN_READS,
    **programmed.of(edition), **followed.FOLLOWED, **VISITED, **DISPOSED, **SEEN, **yearly.YEARLY, **trained.TRAINED, **PLANNED,
    "contact:talk": {"there": lambda cast, who: {"code": "en"}, "not there": lambda cast, who: {"code": "xx"}},
    **{f"contact:{name}": CONTACTS for name in ("contact", "answer", "handle", "close", "new_code")},
    "contact:read_file": {which: with_file(make) for which, make in CONTACTS.items()},
    "portal:support_in": {"there": lambda cast, who: {"code": "en"}, "not there": lambda cast, who: {"code": "xx"}},
    "portal:support_page": {
        "there": lambda cast, who: {"code": "sv", "page": next(iter(RECEPTIONS))},
        "not there": lambda cast, who: {"code": "sv", "page": "finns-inte"},
    },
    "people:remove_factor": FACTORS,
}  # fmt: skip


def case(cast: Cast, team: Team) -> UUID:
    """A case of the team, written by the member who founded it."""
    founder = FOUNDERS[team.name]
    by, keys = cast.users[founder], cast.keys[founder]
    made = actions.open_case(team=team, by=by, keys=keys, summary="Första samtalet")
    add_notes(made, by, keys)
    return made.id


def _closed(cast: Cast, team: Team) -> UUID:
    id = case(cast, team)
    actions.close(
        case=Case.objects.get(pk=id), by=cast.users["mika_counsellor"], retention_on=date(2031, 1, 1)
    )
    return id


def _sealed(cast: Cast, team: Team) -> UUID:
    id, me = case(cast, team), cast.users["mika_counsellor"].pseudonym
    Case.objects.filter(pk=id).update(is_sealed=True, named={me: str(timezone.localdate())})
    return id


def _erased(cast: Cast, team: Team) -> UUID:
    id = case(cast, team)
    actions.erase(case=Case.objects.get(pk=id), by=cast.users["mika_counsellor"])
    return id


CASES: dict[str, Callable[[Cast], tuple[Team, UUID]]] = {
    **{
        which: (lambda cast, name=name: (cast.teams[name], case(cast, cast.teams[name])))
        for which, name in OF.items()
    },
    "closed": lambda cast: (cast.teams[SOUTH], _closed(cast, cast.teams[SOUTH])),
    "sealed": lambda cast: (cast.teams[SOUTH], _sealed(cast, cast.teams[SOUTH])),
    "erased": lambda cast: (cast.teams[SOUTH], _erased(cast, cast.teams[SOUTH])),
    "not there": lambda cast: (cast.teams[SOUTH], uuid4()),
}
