"""The head's digest: counts on the page, and a letter by a real mail server, once a week and without a name."""

import socketserver
import threading
from collections.abc import Iterator

import pytest
from django.urls import reverse

from klarsyn.base.errors import Refused
from klarsyn.config.cli import main
from klarsyn.people.models import User
from klarsyn.training.coverage import actions, digest
from klarsyn.training.coverage.digest import Sent
from klarsyn.training.models import Assignment, DigestWish
from tests.people import person
from tests.unit.training.units import DAY, TODAY, course, has_done, unit, works

pytestmark = pytest.mark.django_db
OWN = "greta@kommunen.example"


class Taking(socketserver.StreamRequestHandler):
    """One connection to a mail server: as much of SMTP as a letter needs."""

    def handle(self) -> None:
        post = self.server
        assert isinstance(post, Post)
        self._say("220 prov")
        for line in self.rfile:
            word = line[:4].upper()
            if word == b"RCPT" and post.answer == "no":
                self._say("550 not here")
            elif word == b"DATA":
                self._say("354 go on")
                post.taken.append(b"".join(iter(self.rfile.readline, b".\r\n")).decode())
                if post.answer == "breaks off":
                    return
                self._say("250 taken")
            else:
                self._say("250 prov")

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class Post(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Taking)
        self.taken: list[str] = []
        self.answer = "yes"


@pytest.fixture
def post(settings) -> Iterator[Post]:
    """A mail server on this machine, which the site is told of."""
    with Post() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.MAIL_FROM, settings.EMAIL_USE_TLS = "klarsyn@kommunen.example", False
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        yield server
        server.shutdown()


@pytest.fixture
def greta(db) -> User:
    """Head of a unit where one course is late and one certificate soon lapses."""
    east, key = unit(), course()
    actions.assign(unit=east, course=key, due_on=TODAY, by=person("greta"), today=TODAY)
    works(east, "disa")
    has_done(works(east, "elis"), key, until=TODAY + 30 * DAY)
    Assignment.objects.update(due_on=TODAY - DAY)
    User.objects.filter(username="greta").update(email=OWN)
    return person("greta")


def test_the_letter_holds_counts_and_an_address_and_goes_once_a_week(greta, post) -> None:
    assert digest.send_due(TODAY) == Sent(0, 0, 0) and post.taken == []  # nobody has asked for one
    digest.choose(wants=True, by=greta, today=TODAY)
    assert digest.send_due(TODAY) == Sent(1, 0, 0) == digest.send_due(TODAY + 7 * DAY)
    assert digest.send_due(TODAY) == digest.send_due(TODAY + DAY) == Sent(0, 0, 0)
    first, second = post.taken
    assert f"To: {OWN}" in first and "vecka 48" in first and "vecka 49" in second
    assert "1 f=C3=B6rsenad" in first.replace("=\r\n", "") or "1 försenad" in first
    assert "inom 60 dagar: 1" in first and reverse("training:units") in first
    assert "Disa" not in first and "Elis" not in first and "Demo" not in first


def test_what_is_refused_is_tried_again_and_what_broke_off_is_not_sent_twice(greta, post) -> None:
    digest.choose(wants=True, by=greta, today=TODAY)
    post.answer = "no"
    assert digest.send_due(TODAY) == Sent(0, 1, 0) == digest.send_due(TODAY)
    post.answer = "breaks off"
    assert digest.send_due(TODAY) == Sent(0, 0, 1)
    post.answer = "yes"
    assert digest.send_due(TODAY) == Sent(0, 0, 0) and len(post.taken) == 1
    post.shutdown()
    post.server_close()
    with pytest.raises(OSError, match="refused"):
        digest.send_due(TODAY + 7 * DAY)
    assert DigestWish.objects.get().last_week == TODAY - 3 * DAY  # and the next week is not claimed


@pytest.mark.parametrize("address", ["", "greta@example.org", "greta@ikommunen.example", "kommunen.example"])
def test_no_letter_goes_to_an_address_that_is_not_the_staffs(greta, post, address) -> None:
    digest.choose(wants=True, by=greta, today=TODAY)
    User.objects.filter(pk=greta.pk).update(email=address)
    assert digest.send_due(TODAY) == Sent(0, 0, 0) and post.taken == []
    with pytest.raises(Refused, match="egen domän"):
        digest.choose(wants=True, by=person("greta"), today=TODAY)


def test_nobody_but_a_head_gets_one_and_nobody_while_nothing_is_due(greta, post) -> None:
    with pytest.raises(Refused, match="enhets chef"):
        digest.choose(wants=True, by=person("disa"), today=TODAY)
    digest.choose(wants=True, by=greta, today=TODAY)
    User.objects.filter(pk=greta.pk).update(is_active=False)
    assert digest.send_due(TODAY) == Sent(0, 0, 0)
    User.objects.filter(pk=greta.pk).update(is_active=True)
    Assignment.objects.update(ended_on=TODAY)
    assert digest.send_due(TODAY) == Sent(0, 0, 0) and post.taken == []


def test_the_page_says_how_the_units_stand_and_takes_the_choice(greta, visit, settings) -> None:
    here = reverse("training:units")
    shown = visit("greta").get(here).content.decode()
    assert "Läget i dina enheter" in shown and "veckobrevet" not in shown  # the site sends no mail
    settings.MAIL_FROM = "klarsyn@kommunen.example"
    assert OWN in visit("greta").get(here).content.decode()
    assert visit("greta").post(here, {"step": "digest", "wants": "on"}).status_code == 302
    assert DigestWish.objects.get().head == greta
    assert "Sluta skicka" in visit("greta").get(here).content.decode()
    assert (
        visit("greta").post(here, {"step": "digest"}).status_code == 302 and not DigestWish.objects.exists()
    )
    assert visit("disa").post(here, {"step": "digest", "wants": "on"}).status_code == 404


def test_the_shell_says_what_it_came_to(greta, post, settings, capsys) -> None:
    digest.choose(wants=True, by=greta, today=TODAY)
    assert main(["digest"]) == 0 and "1 sent" in capsys.readouterr().out
    settings.MAIL_FROM = ""
    assert main(["digest"]) == 1 and "KLARSYN_MAIL_FROM" in capsys.readouterr().err
