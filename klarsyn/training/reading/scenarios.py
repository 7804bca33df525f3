"""Scenarios and questions from their TOML files."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from klarsyn.training.reading.course import Answer, Choice, Node, Question, Questions, Scenario
from klarsyn.training.reading.graph import Trouble, troubles
from klarsyn.training.reading.tables import Table

TONES: Final = ("good", "mixed", "hard")
_SAID: Final = {
    Trouble.MISSING: _('"%(to)s" finns inte bland nodernas id'),
    Trouble.DEAD_END: _('noden "%(node)s" är en återvändsgränd: ge den val, eller skriv end = "…"'),
    Trouble.UNREACHED: _('ingen väg från start leder till noden "%(node)s"'),
    Trouble.ENDLESS: _('från noden "%(node)s" leder ingen väg till ett slut'),
}


def read_scenario(table: Table, *, is_shipped: bool) -> Scenario:
    """A scenario; a shipped one has at least six nodes and two endings."""
    table.only("kind", "title", "minutes", "invented", "start", "node")
    title, minutes = table.text("title", longest=80), table.number("minutes", 1, 15)
    if not table.truth("invented") and table.raw.get("invented") is False:
        table.say("invented", _("personen i ett scenario är alltid påhittad; skriv invented = true"))
    start = table.id("start")
    places, nodes = dict[str, Table](), dict[str, Node]()
    for inner in table.tables("node", 6 if is_shipped else 2):
        node = _node(inner)
        if node.id in nodes:
            inner.say("id", _('id "%(id)s" finns redan'), id=node.id)
        if node.id:
            nodes[node.id], places[node.id] = node, inner
    _walked(table, start, nodes, places)
    endings = [node for node in nodes.values() if node.end]
    if len(endings) < (2 if is_shipped else 1):
        table.say("node", _("scenariot har för få slut: det behövs två, med olika utgång"))
    return Scenario(title, minutes, start, nodes)


def read_questions(table: Table) -> Questions:
    """A file of questions, each with at least one right answer."""
    table.only("kind", "title", "minutes", "question")
    title, minutes = table.text("title", longest=80), table.number("minutes", 1, 15)
    questions = list[Question]()
    for inner in table.tables("question", 1, 20):
        inner.only("id", "text", "answer")
        answers = tuple(_answer(one) for one in inner.tables("answer", 2, 6))
        if answers and not any(answer.is_right for answer in answers):
            inner.say("answer", _("inget svar är rätt; sätt right = true på minst ett"))
        question = Question(inner.id(), inner.text("text", most_words=80), answers)
        if question.id in [one.id for one in questions]:
            inner.say("id", _('id "%(id)s" finns redan'), id=question.id)
        questions.append(question)
    return Questions(title, minutes, tuple(questions))


def _node(inner: Table) -> Node:
    inner.only("id", "speaker", "text", "choice", "end", "reflect")
    name = inner.id()
    speaker, text = inner.text("speaker", longest=40, may_lack=True), inner.text("text", most_words=120)
    end = inner.one_of("end", TONES) if "end" in inner.raw else ""
    if "end" in inner.raw and "choice" in inner.raw:
        inner.say("end", _("ett slut har inga val"))
    if "reflect" in inner.raw and "end" not in inner.raw:
        inner.say("reflect", _("frågor att tänka på hör till ett slut"))
    has_choices = "end" not in inner.raw and "choice" in inner.raw
    choices = tuple(_choice(one) for one in inner.tables("choice", *(2, 4) if has_choices else (0, 4)))
    return Node(name, speaker, text, choices, end, inner.texts("reflect", 0, 4))


def _choice(table: Table) -> Choice:
    table.only("text", "to", "because")
    return Choice(table.text("text", longest=140), table.id("to"), table.text("because", most_words=60))


def _answer(table: Table) -> Answer:
    table.only("text", "right", "because")
    right = table.truth("right")
    return Answer(table.text("text", longest=240), right, table.text("because", most_words=60))


def _walked(table: Table, start: str, nodes: dict[str, Node], places: dict[str, Table]) -> None:
    """The graph's troubles, each at the line of its choice or node."""
    ways = {node.id: tuple(choice.to for choice in node.choices) for node in nodes.values()}
    for found in troubles(start, ways, [node.id for node in nodes.values() if node.end]):
        place = places.get(found.node, table)
        name = f"choice.{found.choice}.to" if found.choice >= 0 else ("id" if found.node else "start")
        place.say(name, _SAID[found.trouble], node=found.node, to=found.to)
