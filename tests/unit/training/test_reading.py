"""A course is read whole, and each fault is told with its file, its line and what to do."""

import pytest
from django.utils import translation

from klarsyn.training.models import Unit
from klarsyn.training.reading.course import Audience, Lesson, Questions, Scenario
from klarsyn.training.reading.whole import read_course, with_languages
from tests.courses import faults_of, kiosk

LONG = "ord " * 200


def test_the_course_is_read_as_it_is_written() -> None:
    course = read_course("kiosk", kiosk())
    told = course.in_language("sv")
    look, alex, check = (told.steps[name] for name in ("look", "alex", "check"))
    assert isinstance(look, Lesson) and isinstance(alex, Scenario) and isinstance(check, Questions)
    assert [screen.title for screen in look.screens] == ["Vad man ser", "Vad man gör"]
    assert [block.kind for block in look.screens[0].blocks] == ["text", "think"]
    assert [c.to for c in alex.nodes["talk"].choices] == ["warm", "counter"]
    assert [q.has_several for q in check.questions] == [False, True]
    assert told.minutes == 7 and course.in_language("en-GB").language == "en"
    assert course.printables["card", "en"].title == "The card at the till"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"course": ('version = "1.0"', "version = 1")}, 'course.toml, rad 3: "version" ska vara en text'),
        ({"course": ("format = 1", "format = 2")}, "course.toml, rad 1: format ska vara 1"),
        ({"course": ('key = "kiosk"', 'key = "kisok"')}, 'course.toml, rad 2: key ska vara mappens namn, "kiosk"'),
        ({"course": ("2099-11-01", "2020-11-01")}, "course.toml, rad 6: next_review ska vara en dag efter"),
        ({"course": ("reviewer", "reviewr")}, 'course.toml, rad 9: okänt fält "reviewr"'),
        ({"course": ('"check"]', '"chek"]')}, 'steget saknas: lägg dit "sv/chek.md" eller "sv/chek.toml"'),
        ({"course": ("https://", "http://")}, "course.toml, rad 16: adressen ska börja med https://"),
        ({"sv_about": ('"Fråga lugnt", ', "")}, 'sv/about.toml, rad 3: "goals" har 1 rader och ska ha 2–5'),
        ({"sv_look": ("+++", "---")}, "sv/look.md, rad 1: filen ska börja med ett huvud"),
        ({"sv_look": ("minutes = 2", "minutes = 20")}, 'sv/look.md, rad 3: "minutes" ska vara ett heltal'),
        ({"sv_look": ("[^nspm]", "[^nspn]")}, "sv/look.md, rad 7: källan [^nspn] finns inte"),
        ({"sv_look": ("{emergency}", "{emergancy}")}, "sv/look.md, rad 15: {emergancy} är inget nummer vi har"),
        ({"sv_look": ("{emergency}", "112")}, "sv/look.md, rad 15: telefonnumret 112 står som text"),
        ({"sv_look": ("**tecken**", "<b>tecken</b>")}, "sv/look.md, rad 7: HTML går inte att använda: <b>"),
        ({"sv_look": ("**tecken**", "![](x.png)")}, "sv/look.md, rad 7: bilder går inte att använda"),
        ({"sv_look": ("**tecken**", "[t](/x)")}, "sv/look.md, rad 7: länken /x ska börja med https://"),
        ({"sv_look": ("::: think", "::: tink")}, 'sv/look.md, rad 9: okänd ruta "tink"'),
        ({"sv_look": ("\n:::\n", "\n")}, 'sv/look.md, rad 9: rutan stängs inte; skriv ":::"'),
        ({"sv_look": ("## Vad man ser", "Vad man ser")}, "sv/look.md, rad 5: text före den första skärmen"),
        ({"sv_look": ("bevis", f"bevis {LONG}")}, 'sv/look.md, rad 5: skärmen "Vad man ser" har 2'),
        ({"sv_look": ("bevis", "be\x00vis")}, "sv/look.md, rad 7: ett osynligt styrtecken"),
        ({"sv_check": ('id = "first"', 'id = "sign"')}, 'sv/check.toml, rad 18: id "sign" finns redan'),
        ({"sv_check": ("right = true", "right = false")}, "sv/check.toml, rad 8: inget svar är rätt"),
        ({"sv_check": ("right = true", 'right = "ja"')}, 'sv/check.toml, rad 10: "right" ska vara true eller'),
        ({"sv_alex": ("invented = true", "invented = false")}, "sv/alex.toml, rad 4: personen i ett scenario"),
        ({"sv_alex": ('"counter"', '"kounter"')}, 'sv/alex.toml, rad 5: "kounter" finns inte bland'),
        ({"sv_alex": ('to = "talk"', 'to = "tallk"')}, 'sv/alex.toml, rad 17: "tallk" finns inte bland'),
        ({"sv_alex": ('end = "good"', 'end = "bäst"')}, 'sv/alex.toml, rad 38: "end" ska vara ett av: good'),
        ({"sv_alex": ("Fråga hur", f"Fråga {LONG}")}, 'sv/alex.toml, rad 16: "text" har 8'),
        ({"sv_alex": ("Titta", "Titta\n")}, "sv/alex.toml, rad 20: raden är inte giltig TOML"),
        ({"en_alex": ('to = "warm"', 'to = "gone"')}, 'en/alex.toml, rad 25: "talk" är inte som i sv/alex'),
        ({"en_check": ("right = true", "right = false")}, 'en/check.toml, rad 6: "sign" är inte som i sv/check'),
        ({"handouts/card_sv": ("lead =", "led =")}, 'handouts/card/sv.md, rad 3: okänt fält "led"'),
    ],
    ids=range(33),
)  # fmt: skip
def test_a_fault_is_told_with_its_line(changed: dict[str, tuple[str, str]], said: str) -> None:
    found = faults_of(kiosk(**changed))
    assert any(said in line for line in found), found


def test_a_missing_language_file_and_one_too_many_are_told() -> None:
    files = {**kiosk(), "sv/extra.md": b"+++\n+++\n", "sv/bad.toml": b"\xff"}
    del files["en/look.md"], files["handouts/card/en.md"]
    found = "\n".join(faults_of(files))
    assert 'steget saknas: lägg dit "en/look.md"' in found
    assert "handouts/card/en.md, rad 1: filen saknas" in found
    assert "sv/extra.md, rad 1: filen nämns inte i course.toml" in found


def test_bytes_that_are_no_text_are_told_and_not_raised() -> None:
    files = {**kiosk(), "sv/look.md": b"+++\ntitle = 1\n\xff\xfe", "sv/alex.toml": b"x = " + b"[" * 100_000}
    found = "\n".join(faults_of(files))
    assert "sv/look.md, rad 3: filen är inte UTF-8" in found and "sv/alex.toml" in found
    files["sv/look.md"] = b"x" * 1_000_000
    assert "sv/look.md, rad 1: filen är större än 256 kB" in "\n".join(faults_of(files))


def test_what_comes_with_klarsyn_is_held_to_more() -> None:
    found = "\n".join(faults_of(kiosk(), is_shipped=True))
    assert "stegen tar 7 minuter och ska ta 20–40" in found
    assert "[[node]] finns 4 gånger och ska finnas 6–999" in found


def test_a_language_is_added_without_touching_the_course() -> None:
    files = kiosk()
    added = {
        name.replace("en", "so", 1).replace("/en.md", "/so.md"): raw
        for name, raw in files.items()
        if name.startswith("en/") or name == "handouts/card/en.md"
    }
    added["handouts/card/so.md"] = files["handouts/card/en.md"]
    added = {n: r for n, r in added.items() if not n.endswith("/en.md")}
    added["course.toml"] = b'format = 1\nkey = "kiosk-so"\nadds_languages_to = "kiosk"\nlanguages = ["so"]\n'
    course = with_languages(read_course("kiosk", files), files, added)
    assert course.head.languages == ("sv", "en", "so") and course.in_language("so").language == "so"
    assert ("card", "so") in course.printables


def test_a_fault_is_told_in_the_readers_language() -> None:
    with translation.override("en"):
        assert "sv/look.md, line 9: unknown box" in faults_of(kiosk(sv_look=("::: think", "::: tink")))[0]


def test_the_kinds_of_unit_are_the_audiences() -> None:
    assert [one.value for one in Audience] == list(Unit.Kind.values)
