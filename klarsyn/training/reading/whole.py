"""A whole course from its files, or every fault in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from django.utils.translation import gettext_lazy as _

from klarsyn.training.reading.course import Course, Handout, Head, Lesson, Questions, Scenario, Step, Told
from klarsyn.training.reading.faults import CourseError, Faults, Files
from klarsyn.training.reading.heads import FILE, opened, read_about, read_head
from klarsyn.training.reading.lessons import read_handout, read_lesson
from klarsyn.training.reading.scenarios import read_questions, read_scenario
from klarsyn.training.reading.tables import ID, Table

LANGUAGE: Final = re.compile(r"^[a-z]{2,4}(-[A-Za-z0-9]{2,8})*$")  # "latt" is Swedish made easy
ADDS: Final = "adds_languages_to"
_KINDS: Final = ("scenario", "questions")


def read_course(key: str, files: Files, *, is_shipped: bool = False) -> Course:
    """The course. Raises CourseError with every fault, each with its file and line."""
    faults = Faults()
    head = read_head(files, key, faults)
    course = _read(head, files, faults, is_shipped) if head else None
    if course is None or faults.found:
        raise CourseError(faults.in_order())
    return course


def with_languages(base: Course, files: Files, added: Files) -> Course:
    """`base`, read from `files`, with the languages of another folder. Raises CourseError."""
    faults = Faults()
    table = opened(added, FILE, faults)
    languages: tuple[str, ...] = ()
    if table is not None:
        table.only("format", "key", ADDS, "languages")
        languages = table.texts("languages", 1, 30)
        for code in languages:
            if code in base.head.languages:
                table.say("languages", _('språket "%(code)s" finns redan i kursen'), code=code)
    if table is None or faults.found:
        raise CourseError(faults.in_order())
    both = {**{name: raw for name, raw in added.items() if name != FILE}, **files}
    prints = tuple(
        replace(one, languages=(*one.languages, *_printed(one.id, one.languages, languages, added)))
        for one in base.head.handouts
    )
    head = replace(base.head, languages=(*base.head.languages, *languages), handouts=prints)
    course = _read(head, both, faults, is_shipped=False)
    if course is None or faults.found:
        raise CourseError(faults.in_order())
    return course


def adds_to(files: Files) -> str:
    """The key of the course that these files only add languages to; "" when they are a course."""
    table = opened(files, FILE, Faults())
    name = table.raw.get(ADDS, "") if table else ""
    return name if isinstance(name, str) else ""


def _printed(id: str, known: tuple[str, ...], languages: tuple[str, ...], files: Files) -> tuple[str, ...]:
    return tuple(c for c in languages if c not in known and f"handouts/{id}/{c}.md" in files)


def _read(head: Head, files: Files, faults: Faults, is_shipped: bool) -> Course | None:
    _named_well(head, files, faults)
    told = dict[str, Told]()
    for language in head.languages:
        steps = {
            name: step
            for name in head.steps
            if (step := _step(files, language, name, head, faults, is_shipped))
        }
        if (about := read_about(files, language, steps, faults, is_shipped=is_shipped)) is not None:
            told[language] = about
    printables = dict[tuple[str, str], Handout]()
    for one in head.handouts:
        for language in one.languages:
            if (made := read_handout(files, one, language, head.sources, faults)) is not None:
                printables[one.id, language] = made
    for language in head.languages[1:]:
        if language in told and head.languages[0] in told:
            _same(told[head.languages[0]], told[language], files, faults)
    return Course(head, told, printables)


def _named_well(head: Head, files: Files, faults: Faults) -> None:
    """Names that become parts of addresses, and files that nothing names."""
    for name in head.steps:
        if not ID.match(name):
            faults.say(FILE, 1, _('steget "%(name)s" ska heta med a–z, 0–9 och bindestreck'), name=name)
    for code in (*head.languages, *(code for one in head.handouts for code in one.languages)):
        if not LANGUAGE.match(code):
            faults.say(FILE, 1, _('språket "%(code)s" ska skrivas som "sv" eller "pt-BR"'), code=code)
    known = {FILE} | {f"{code}/about.toml" for code in head.languages}
    known |= {
        f"{code}/{step}.{end}" for code in head.languages for step in head.steps for end in ("md", "toml")
    }
    known |= {f"handouts/{one.id}/{code}.md" for one in head.handouts for code in one.languages}
    for name in sorted(set(files) - known):
        faults.say(name, 1, _("filen nämns inte i course.toml; skriv in den eller ta bort den"))


def _step(
    files: Files, language: str, name: str, head: Head, faults: Faults, is_shipped: bool
) -> Step | None:
    lesson, other = f"{language}/{name}.md", f"{language}/{name}.toml"
    if lesson in files and other in files:
        faults.say(other, 1, _('steget finns också som "%(name)s"; ta bort den ena'), name=lesson)
    if lesson in files:
        return read_lesson(files, lesson, head.sources, faults)
    if other not in files:
        said = {"lesson": lesson, "other": other}
        faults.say(FILE, 1, _('steget saknas: lägg dit "%(lesson)s" eller "%(other)s"'), **said)
        return None
    table = opened(files, other, faults)
    return _of_kind(table, is_shipped) if table else None


def _of_kind(table: Table, is_shipped: bool) -> Step | None:
    kind = table.one_of("kind", _KINDS)
    if not kind:
        return None
    return read_scenario(table, is_shipped=is_shipped) if kind == "scenario" else read_questions(table)


def _same(first: Told, other: Told, files: Files, faults: Faults) -> None:
    """A place in one language must be a place in every other: same kinds, ids, ways and right answers."""
    for name, step in first.steps.items():
        twin = other.steps.get(name)
        if twin is None:
            continue
        end = "md" if isinstance(twin, Lesson) else "toml"
        file, model = f"{other.language}/{name}.{end}", f"{first.language}/{name}"
        for what in _differences(_shape(step), _shape(twin)):
            said = {"what": what, "model": model}
            faults.say(file, _line_of(files, file, what), _('"%(what)s" är inte som i %(model)s'), **said)


def _shape(step: Step) -> Mapping[str, object]:
    """What must be the same in every language, by the word that an error names."""
    if isinstance(step, Lesson):
        return {"kind": "lesson"}
    if isinstance(step, Questions):
        rights = {one.id: [answer.is_right for answer in one.answers] for one in step.questions}
        return {"kind": "questions", **rights}
    assert isinstance(step, Scenario)
    ways = {node.id: (node.end, [choice.to for choice in node.choices]) for node in step.nodes.values()}
    return {"kind": "scenario", "start": step.start, **ways}


def _differences(one: Mapping[str, object], other: Mapping[str, object]) -> list[str]:
    return [name for name in {**one, **other} if one.get(name) != other.get(name)]


def _line_of(files: Files, file: str, what: str) -> int:
    """The line where a text file gives it as an id, else the first."""
    named = re.compile(rf'^\s*id\s*=\s*"{re.escape(what)}"')
    for number, line in enumerate(files[file].decode("utf-8", "replace").splitlines(), start=1):
        if named.match(line):
            return number
    return 1
