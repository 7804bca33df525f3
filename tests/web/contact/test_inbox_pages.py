"""The counsellors' pages: what waits, a contact opened, answered, closed, given a new code."""

from __future__ import annotations

import re

import pytest

from klarsyn.base.errors import Refused
from klarsyn.base.models import AuditEvent
from klarsyn.base.vault import About
from klarsyn.contact import access, codes, demo, receivers, visitor
from klarsyn.contact.models import Thread
from klarsyn.contact.visitor import Given
from klarsyn.people.entering import STEPPED_UP
from klarsyn.receptions.demo import ensure_demo_receptions
from tests.people import ground, person

HERE = "/personal/kontakter/"


@pytest.fixture
def begun(db, tmp_path, settings):
    """(address, visit, code) of a contact with Mika that has a file."""
    settings.KEYS, settings.HOME = tmp_path / "keys", tmp_path
    ground()
    person("alva")
    ensure_demo_receptions()
    file = Given(About("brev.txt", "text/plain", 4), is_original=True, body=b"brev")
    held, code = visitor.begin(receivers.receiver("mika"), "Jag vill prata.", [file])
    return f"{HERE}{Thread.objects.get().pk}/", held, code


def test_alva_opens_a_contact_after_a_line_in_the_log_and_answers(visit, begun) -> None:
    address, held, _code = begun
    alva = visit("alva")
    listed, shut = alva.get(HERE).content.decode(), alva.get(address).content.decode()
    assert "väntar på svar" in listed and "Jag vill prata." not in listed + shut
    assert not AuditEvent.objects.filter(action="contact.read").exists()
    shown = alva.post(address)
    assert f"/personal/arenden/nytt/{Thread.objects.get().team_id}/?kontakt=" in shown.content.decode()
    assert "Jag vill prata." in shown.content.decode() and "no-store" in shown["Cache-Control"]
    assert AuditEvent.objects.get(action="contact.read").object == address.split("/")[-2]
    assert alva.post(f"{address}svara/", {"text": "Välkommen."})["Location"] == HERE
    assert visitor.read(held).messages[-1].body.text == "Välkommen."
    assert "hanterad" in alva.get(HERE).content.decode()


def test_a_contact_is_marked_as_taken_over_and_waits_again_when_somebody_writes(visit, begun) -> None:
    address, held, _code = begun
    alva = visit("alva")
    assert 'name="taken"' in alva.post(address).content.decode()
    assert alva.post(f"{address}hanterad/", {"taken": "1"})["Location"] == HERE
    assert AuditEvent.objects.get(action="contact.take_over").object == address.split("/")[-2]
    assert "övertagen i ett ärende" in alva.get(HERE).content.decode()
    page = alva.post(address).content.decode()
    assert "övertagen i ett ärende" in page and 'name="taken"' not in page
    visitor.write(held, "Jag skriver igen.")
    assert "väntar på svar" in alva.get(HERE).content.decode()


def test_an_answer_that_is_not_right_comes_back_with_the_contact(visit, begun) -> None:
    alva = visit("alva")
    empty = alva.post(f"{begun[0]}svara/", {"text": " "})
    assert empty.status_code == 422 and "Jag vill prata." in empty.content.decode()
    alva.post(f"{begun[0]}avsluta/")
    late = alva.post(f"{begun[0]}svara/", {"text": "ett långt svar"})
    assert late.status_code == 409 and "ett långt svar" in late.content.decode()
    assert alva.post(f"{begun[0]}hanterad/")["Location"] == HERE
    assert alva.post(f"{begun[0]}svara/", {"text": "ett långt svar"}).status_code == 302


@pytest.mark.parametrize("path", ["", "svara/", "hanterad/", "avsluta/", "ny-kod/", "fil/{file}/"])
def test_kast_and_everybody_else_find_nothing(visit, begun, path) -> None:
    file = Thread.objects.get().messages.get().attachments.get().pk
    address = begun[0] + path.format(file=file)
    for name in ("bo", "disa", "greta"):
        assert visit(name).post(address, {"text": "x"}).status_code == 404
    assert "logga-in" in visit("frej").post(address)["Location"]
    assert Thread.objects.get().state == "waits"


def test_kast_sees_no_contact_of_mika_in_its_inbox(visit, begun) -> None:
    page = visit("bo").get(HERE).content.decode()
    assert "KAST" in page and "Mika" not in page.split("<h1>")[1] and "Inga kontakter" in page


def test_a_file_is_saved_and_an_original_says_what_it_may_show(visit, begun) -> None:
    alva = visit("alva")
    page = alva.post(begun[0]).content.decode()
    assert "orört original" in page
    saved = alva.post(re.search(r'action="([^"]+/fil/[^"]+)"', page)[1])
    assert saved.content == b"brev" and saved["Content-Disposition"] == 'attachment; filename="brev.txt"'
    assert AuditEvent.objects.filter(action="contact.file").count() == 1


def test_a_new_code_is_shown_once_after_showing_again_who_one_is(visit, begun) -> None:
    alva = visit("alva")
    assert "känner igen" in alva.get(f"{begun[0]}ny-kod/").content.decode()
    page = alva.post(f"{begun[0]}ny-kod/").content.decode()
    new = codes.read(re.search(r'class="k-words"><bdi dir="ltr">([\d ]+)<', page)[1])
    assert access.enter(new).id == begun[1].access
    with pytest.raises(access.Unknown):
        access.enter(begun[2])
    session = alva.session
    session[STEPPED_UP] = 0
    session.save()
    assert "bekrafta" in alva.post(f"{begun[0]}ny-kod/")["Location"]


def test_what_the_visitor_took_away_is_not_there(visit, begun) -> None:
    visitor.erase(begun[1])
    assert visit("alva").post(begun[0]).status_code == 404


def test_the_demonstration_has_a_few_contacts_that_say_they_are_invented(visit, begun) -> None:
    Thread.objects.all().delete()
    assert demo.ensure_demo_contacts() == 3 and demo.ensure_demo_contacts() == 0
    page = visit("alva").get(HERE).content.decode()
    assert "Påhittade kontakter" in page and page.count("<li><span>") == 2


def test_no_contact_is_invented_outside_the_demonstration(begun, settings) -> None:
    settings.DEMO = False
    with pytest.raises(Refused):
        demo.ensure_demo_contacts()
