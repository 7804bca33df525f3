"""Who may do what to an edition, and when: states, the transition table, and pairs of check_ and can_."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from django.utils.translation import get_language, gettext, gettext_lazy

from klarsyn.base.errors import Refused
from klarsyn.mapping.audit import AttackResult, Outcome
from klarsyn.report import attack_words

CHECKERS: Final = 2  # two who are not the author


class State(StrEnum):
    DRAFT = "draft"  # utkast
    IN_CHECK = "in_check"  # under kontroll
    REJECTED = "rejected"  # återsänd: back with its author, with the checkers' comments
    RELEASED = "released"  # publicerad
    SUPERSEDED = "superseded"  # ersatt av en senare utgåva


class Verdict(StrEnum):
    APPROVE = "approve"
    REJECT = "reject"


class Asked(StrEnum):
    """A question of the evening: rules in `evening/policy.py`."""

    NOTED = "noted"  # antecknad
    SHOWN = "shown"  # visad: read by another than who noted it, and on the public page
    STRUCK = "struck"  # struken: its words are gone, why they are stays


class Step(StrEnum):
    SUBMIT = "submit"
    REVISE = "revise"
    SEND_BACK = "send_back"
    RELEASE = "release"
    SUPERSEDE = "supersede"


# A released edition has one way on: a newer edition takes its place. Nothing changes it.
TRANSITIONS: Final[dict[State, dict[Step, State]]] = {
    State.DRAFT: {Step.SUBMIT: State.IN_CHECK},
    State.REJECTED: {Step.REVISE: State.DRAFT},
    State.IN_CHECK: {Step.SEND_BACK: State.REJECTED, Step.RELEASE: State.RELEASED},
    State.RELEASED: {Step.SUPERSEDE: State.SUPERSEDED},
    State.SUPERSEDED: {},
}

_WORDS: Final = {
    State.DRAFT: gettext_lazy("är ett utkast"),
    State.IN_CHECK: gettext_lazy("är under kontroll"),
    State.REJECTED: gettext_lazy("är återsänd till författaren"),
    State.RELEASED: gettext_lazy("är publicerad"),
    State.SUPERSEDED: gettext_lazy("är ersatt av en senare utgåva"),
}
_DEEDS: Final = {
    Step.SUBMIT: gettext_lazy("lämnas till kontroll"),
    Step.REVISE: gettext_lazy("tas tillbaka till utkast"),
    Step.SEND_BACK: gettext_lazy("återsändas"),
    Step.RELEASE: gettext_lazy("publiceras"),
    Step.SUPERSEDE: gettext_lazy("ersättas"),
}


def check_step(state: State, step: Step) -> State:
    """The state that follows, or Refused with a sentence."""
    if step not in TRANSITIONS[state]:
        text = gettext(
            "Utgåvan %(state)s och kan därför inte %(deed)s. Ingenting har ändrats. "
            "Läs in sidan på nytt och se vad som hänt."
        )
        raise Refused(text % {"state": _WORDS[state], "deed": _DEEDS[step]})
    return TRANSITIONS[state][step]


def can_step(state: State, step: Step) -> bool:
    return step in TRANSITIONS[state]


def check_author(author_id: int, user_id: int) -> None:
    """The one who wrote hands in and revises."""
    if author_id != user_id:
        raise Refused(
            gettext("Bara den som skrev utgåvan kan göra detta. Ingenting har ändrats. Be författaren.")
        )


def is_author(author_id: int, user_id: int) -> bool:
    return author_id == user_id


def check_vote(state: State, author_id: int, voters: Sequence[int], user_id: int) -> None:
    """May this person vote now? `voters` are those who already voted in this round."""
    if state is not State.IN_CHECK:
        text = gettext(
            "Utgåvan %(state)s: man röstar bara medan den är under kontroll. Rösten är inte sparad."
        )
        raise Refused(text % {"state": _WORDS[state]})
    if author_id == user_id:
        raise Refused(
            gettext("Du skrev utgåvan och kan inte kontrollera den själv. Be två kollegor läsa den.")
        )
    if user_id in voters:
        raise Refused(
            gettext("Du har redan röstat. Din röst är sparad och räknas; två olika personer måste läsa.")
        )
    if len(voters) >= CHECKERS:
        raise Refused(
            gettext("Två personer har redan kontrollerat utgåvan. Din röst behövs inte och är inte sparad.")
        )


def can_vote(state: State, author_id: int, voters: Sequence[int], user_id: int) -> bool:
    return (
        state is State.IN_CHECK and author_id != user_id and user_id not in voters and len(voters) < CHECKERS
    )


def sees_votes(voters: Sequence[int]) -> bool:
    """Votes stay unseen, by everybody, until both are in: the second is not led by the first."""
    return len(voters) >= CHECKERS


def check_release(state: State, verdicts: Sequence[Verdict], outcome: Outcome) -> None:
    """Released only when two have approved, no attack succeeds, and nothing was published since the audit."""
    check_step(state, Step.RELEASE)
    if not is_approved(verdicts):
        raise Refused(
            gettext("Utgåvan är inte godkänd av två som inte skrivit den. Ingenting har publicerats.")
        )
    if not outcome.is_clear:
        raise Refused(obstacle(outcome))


def check_files(found: Sequence[AttackResult]) -> None:
    """Nothing is published while a finished file holds a number that is neither published nor derived."""
    if found:
        text = gettext(
            "De färdiga filerna innehåller tal som inte är publicerade: %(where)s. "
            "Ingenting har publicerats. Rätta texten eller diagrammet så att det bara bygger på "
            "de skyddade tabellerna."
        )
        where = [attack_words.place_in_file(name, _language()) for name in found[0].cells[:3]]
        raise Refused(text % {"where": "; ".join(where)})


def can_release(state: State, verdicts: Sequence[Verdict], outcome: Outcome) -> bool:
    return can_step(state, Step.RELEASE) and is_approved(verdicts) and outcome.is_clear


def check_send_back(state: State, verdicts: Sequence[Verdict], outcome: Outcome) -> None:
    """Approved by two, and yet not to be published: the only way on is back to the author."""
    check_step(state, Step.SEND_BACK)
    if not can_send_back(state, verdicts, outcome):
        raise Refused(gettext("Utgåvan kan publiceras, så den återsänds inte. Ingenting har ändrats."))


def can_send_back(state: State, verdicts: Sequence[Verdict], outcome: Outcome) -> bool:
    return can_step(state, Step.SEND_BACK) and is_approved(verdicts) and not outcome.is_clear


def _language() -> str:
    return "en" if get_language() == "en" else "sv"


def obstacle(outcome: Outcome) -> str:
    """The sentence that says what stands in the way and what to do; "" when nothing does."""
    if outcome.failed:
        first = outcome.failed[0]
        text = gettext(
            "Angreppet %(attack)s lyckas mot %(cell)s, så någon kan kännas igen. Ingenting har publicerats. "
            "%(remedy)s Bygg sedan kartläggningen på nytt och återsänd utgåvan till författaren."
        )
        language = _language()
        cell = gettext("tabellerna som helhet")
        if first.cells:
            cell = attack_words.place(first.cells[0], language)
        helps = attack_words.remedy(first, language).rstrip(".") + "."
        return text % {"attack": first.code, "cell": cell, "remedy": helps}
    if outcome.is_ledger_changed:
        return gettext(
            "Något annat har publicerats sedan de skyddade talen prövades. Ingenting har publicerats nu. "
            "Bygg kartläggningen på nytt, återsänd utgåvan och låt den kontrolleras igen."
        )
    return ""


def is_approved(verdicts: Sequence[Verdict]) -> bool:
    return len(verdicts) >= CHECKERS and all(v is Verdict.APPROVE for v in verdicts)


def is_sent_back(verdicts: Sequence[Verdict]) -> bool:
    return len(verdicts) >= CHECKERS and any(v is Verdict.REJECT for v in verdicts)


def check_correction(state: State, what_changed: str) -> None:
    """Only a released edition is corrected, by a new one that says what changed."""
    if state is not State.RELEASED:
        text = gettext(
            "Utgåvan %(state)s: bara den gällande publicerade utgåvan kan rättas. Ingenting har ändrats."
        )
        raise Refused(text % {"state": _WORDS[state]})
    if len(what_changed.split()) < 3:
        raise Refused(
            gettext("Skriv med minst tre ord vad rättelsen ändrar och varför. Den texten publiceras.")
        )


def can_correct(state: State) -> bool:
    return state is State.RELEASED
