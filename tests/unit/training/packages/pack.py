"""A small invented course, as the packages take it: a lesson, a scenario with a loop, a question of each sort."""

from datetime import date

from django.utils.safestring import mark_safe

from klarsyn.training.packages.content import Answer, Pack, PackedStep, Spot, Way

said = mark_safe

LESSON = PackedStep(
    "why", "lesson", "Varför vi tittar", 3, "1",
    (
        Spot("1", "Det syns sällan", said("<p>Fråga enskilt.</p>"), after="2"),
        Spot("2", "Det du kan göra", said("<p>Ring <strong>112</strong>.</p>"), before="1"),
    ),
)  # fmt: skip
SCENARIO = PackedStep(
    "lina", "scenario", "Lina, 17", 6, "corridor",
    (
        Spot("corridor", "Lina", said("<p>Lina står i korridoren.</p>"), choices=(
            Way("Fråga enskilt", "private", said("<p>Hon följer med.</p>")),
            Way("Vänta", "corridor-2", said("<p>Hon går.</p>")),
        )),
        Spot("corridor-2", "Lina", said("<p>En vecka senare.</p>"), choices=(
            Way("Fråga nu", "private", said("<p>Hon nickar.</p>")),
            Way("Vänta igen", "corridor", said("<p>Ännu en vecka.</p>")),
        )),
        Spot("private", "Lina", said("<p>Ni sitter ner.</p>"), choices=(
            Way("Gör en orosanmälan", "end-safe", said("<p>Du berättar att du gör det.</p>")),
            Way("Lova att tiga", "end-hard", said("<p>Det kan du inte lova.</p>")),
        )),
        Spot("end-safe", "", said("<p>Hon får hjälp.</p>"), reflect=("Vad gjorde skillnad?",)),
        Spot("end-hard", "", said("<p>Hon kommer inte tillbaka.</p>"), reflect=("Vad kunde du ha sagt?",)),
    ),
    is_invented=True,
)  # fmt: skip
CHECK = PackedStep(
    "check", "questions", "Stäm av", 4, "confront",
    (
        Spot("confront", "Ska du konfrontera den du misstänker?", said(""), after="call", answers=(
            Answer("Ja", False, said("<p>Det kan göra det farligare.</p>")),
            Answer("Nej", True, said("<p>Just det.</p>")),
        )),
        Spot("call", "Vem kan du fråga?", said(""), before="confront", answers=(
            Answer("Socialjouren", True, said("<p>Ja.</p>")),
            Answer("Ingen", False, said("<p>Det finns alltid någon.</p>")),
            Answer("Stödlinjen", True, said("<p>Ja.</p>")),
        )),
    ),
)  # fmt: skip


def pack(language: str = "sv", *, steps: tuple[PackedStep, ...] = (LESSON, SCENARIO, CHECK)) -> Pack:
    return Pack(
        key="provkurs", version="1.0", language=language, direction="ltr", title="Provkurs <för> alla & envar",
        summary="Efter kursen vet du vem du ringer.", reviewed=date(2026, 11, 26), reviewer="",
        made=date(2026, 11, 26), steps=steps,
    )  # fmt: skip
