"""Everything a person can write or show goes in, each time as texts that were never used before."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.test import Client
from django.utils import timezone

from klarsyn.base.models import AuditEvent
from klarsyn.base.vault import About, Context, Key, seal_file
from klarsyn.cases import actions as cases
from klarsyn.cases.models import Chosen, Compartment, ReadSample, SampledRead
from klarsyn.cases.statistics import tell_year
from klarsyn.people import actions as people
from klarsyn.people import entering, throttle
from klarsyn.people.factors import codes
from klarsyn.people.keys import pepper_file, teams
from klarsyn.people.keys.accounts import Unlocked, unlock
from klarsyn.people.models import SignInPause, Team, TeamWrap, User
from klarsyn.people.sessions import SessionStore
from klarsyn.receptions.statistics.telling import PersonYear
from tests.force.canaries import contact, outside, reports, surveys, taught, times, written
from tests.force.canaries.browser import Browser
from tests.force.canaries.needles import WINDOW, canary

AWAY = "/personal/"
CASES, NOTES, IN_A_NOTE, TRIES = 36, 2, 6, 60


class Feed:
    """`secret`: what must be found nowhere. `kept` lies in memory alone, as in a session."""

    def __init__(self) -> None:
        self.secret: dict[str, str] = {}
        self.users: dict[str, User] = {}
        self.keys: dict[str, Unlocked] = {}
        self.passwords: dict[str, str] = {}
        self.browsers: dict[str, Browser] = {}

    def new(self, where: str) -> str:
        text = canary()
        self.secret[text] = where
        return text

    def keep(self, where: str, text: str) -> None:
        """A secret that the site or somebody else has made."""
        assert len(text) >= WINDOW, where
        self.secret[text] = where

    def many(self, where: str, count: int = IN_A_NOTE) -> str:
        return ", och sedan: ".join(self.new(where) for _ in range(count))

    def all(self) -> None:
        self.people()
        self.sign_in()
        self.cases()
        contact.feed(self)
        reports.feed(self)
        written.feed(self.many, self.mika, User.objects.get(username="alva"), self.keys["alva"])
        self.reasons()
        times.feed(self.new, self.keep, self.mika, self.users["alva"], self.browsers["alva"])
        surveys.feed(self.new, self.users["nora"])
        self.leave()
        self.rescue()
        self.files()
        self.sessions()
        self.tries()
        self.security_pages()
        outside.feed(self.new, self.keep, self.users["dag"], self.passwords["dag"])
        taught.feed(self.new, self.keep, self.users["bo"])
        self.what_breaks()

    def people(self) -> None:
        for name in ("alva", "cilla", "bo", "jonas", "karin", "nora", "dag"):
            password = self.passwords[name] = self.new("password")
            self.users[name] = people.admit_person(
                username=name, name=name.title(), password=password, roles=()
            )
            found = unlock(name, password)
            assert found
            self.keys[name] = found[1]
        self.mika = teams.create_team(
            kind=Team.Kind.MIKA, name="Mika", founder=self.users["alva"], keys=self.keys["alva"]
        )
        teams.add_member(
            team=self.mika, member=self.users["cilla"], by=self.users["alva"], keys=self.keys["alva"]
        )
        for name in ("alva", "cilla"):
            people.give_role(user=self.users[name], role="mika_counsellor", team=self.mika)
        people.give_role(user=self.users["bo"], role="reception_head", team=self.mika)
        for name in ("jonas", "karin"):
            people.give_role(user=self.users[name], role="escrow_officer")
        self.passwords["dag"] = self.new("password")
        people.new_keys(user=self.users["dag"], password=self.passwords["dag"])

    def sign_in(self) -> None:
        """By the pages: a password, an app, its codes. The head then gives a role and somebody a new password."""
        for name in ("alva", "cilla", "bo", "jonas", "karin"):
            one = self.browsers[name] = Browser(name, self.passwords[name])
            for where, text in one.seen:
                self.keep(where, text)
        given = {"user": self.users["nora"].pk, "team": self.mika.pk}
        self.browsers["bo"].post("mottagningens-roller/", given)
        old, new = self.passwords["cilla"], self.new("password")
        self.browsers["cilla"].post("sakerhet/losenord/", {"old": old, "new": new, "again": new})

    def cases(self) -> None:
        settings.CASES_AN_HOUR = 10_000
        by, keys = self.users["alva"], self.keys["alva"]
        for number in range(CASES):
            case = cases.open_case(team=self.mika, by=by, keys=keys, summary=self.many("summary", 2))
            for compartment in [*Compartment] * NOTES:
                text = self.many(compartment.value)
                if number % 6 == 0:
                    text += " Lång text." * 1000
                cases.add_record(case=case, compartment=compartment, by=by, keys=keys, text=text)
            for page in ("", "identitet/", "utdrag/"):
                self.browsers["alva"].post(f"arenden/{case.id}/{page}", {"purpose": self.many("purpose", 2)})
            told = PersonYear(standing="new", gender="women", age="18-24", residence="home", way_in="self")
            tell_year(
                User.objects.get(username="alva"), keys, case.id, year=timezone.localdate().year, told=told
            )
        cases.close(case=case, by=by, retention_on=date(2031, 12, 31))
        cases.erase(case=case, by=by)

    def reasons(self) -> None:
        for _ in range(10):
            self.browsers["alva"].post("fler-arenden/", {"reason": self.many("reason", 4)})
            asked = AuditEvent.objects.filter(action="budget.ask").latest("sequence")
            self.browsers["cilla"].post(f"fler-arenden/{asked.sequence}/godkann/", {})
        self.questions()

    def rescue(self) -> None:
        """Nobody is left, and two officers let somebody in."""
        self.browsers["alva"].post(f"nycklar/{self.mika.pk}/nyckelombud/", {})
        TeamWrap.objects.all().delete()
        for a, b in (("jonas", "karin"), ("karin", "jonas")):
            page = f"nyckelombud/{self.mika.pk}/lamna-over/"
            self.browsers[a].post(page, {"to": self.users[b].pk, "reason": self.new("reason")})
        member = {"member": self.users["nora"].pk, "reason": self.new("reason")}
        self.browsers["karin"].post(f"nyckelombud/{self.mika.pk}/slapp-in/", member)

    def questions(self) -> None:
        """The head's questions about readings, sealed to the team and its heads."""
        day = date(2026, 1, 1)
        sample = ReadSample.objects.create(team=self.mika, month=day, of=9, drawn_on=day, drawn_by="p")
        for line in AuditEvent.objects.filter(action="case.read")[:9]:
            read = SampledRead.objects.create(sample=sample, sequence=line.sequence, why=Chosen.CHANCE)
            page = f"lasningar/{sample.pk}/fraga/{read.pk}/"
            self.browsers["bo"].post(page, {"text": self.many("question", 2)})

    def leave(self) -> None:
        """A member leaves, and all is sealed anew."""
        alva, at = self.browsers["alva"], f"nycklar/{self.mika.pk}"
        alva.post(f"{at}/ta-ut/{self.users['cilla'].pk}/", {"reason": self.many("reason", 4)})
        alva.post(f"{at}/forsegla-om/", {})

    def files(self) -> None:
        """A sealed file lies where a room would put it."""
        key, folder = Key.new(), Path(settings.HOME) / "media"
        folder.mkdir()
        for number in range(30):
            body = self.many("file").encode() + bytes(number * 1000)
            about = About(self.new("file name"), "text/plain", len(body))
            place = Context(settings.INSTANCE, "t", "cases_file", "body", uuid4(), uuid4(), 1, "file")
            with (folder / f"{uuid4()}").open("wb") as out:
                out.writelines(seal_file(key, about, [body], place))

    def sessions(self) -> None:
        for _ in range(30):
            made = SessionStore()
            made.create()
            made["draft"] = self.new("session")
            made.save()

    def tries(self) -> None:
        """Sign-in: wrong names, passwords and codes, as typed; names are often passwords in the wrong box."""
        for _ in range(TRIES):
            Client().post("/personal/logga-in/", {
                "username": self.new("typed name"), "password": self.new("typed password"),
                "next": f"/personal/?q={self.new('typed next')}",
            })  # fmt: skip
        for _ in range(5):
            Client().post("/personal/logga-in/", {"username": "alva", "password": self.new("typed password")})
        assert SignInPause.objects.exists()
        codes.new_recovery_codes(self.users["alva"])
        for _ in range(20):
            codes.check_code(self.users["alva"], self.new("typed code"))

    def security_pages(self) -> None:
        """As Alva: every form of the pages about one's own security."""
        client = Client()
        client.force_login(self.users["alva"])
        session = client.session
        session[entering.FACTOR] = "totp"
        session[entering.STEPPED_UP] = 9_999_999_999
        session.save()
        new = self.new
        for page, fields in (
            ("sakerhet/losenord/", {"old": new("typed"), "new": (p := new("typed")), "again": p}),
            ("sakerhet/app/", {"code": new("typed")}),
            ("sakerhet/passnyckel/", {"name": new("typed"), "answer": json.dumps({"id": new("typed")})}),
            ("bekrafta/", {"password": new("typed"), "code": new("typed")}),
            ("las-upp/", {"password": new("typed")}),
            ("logga-in/steg-2/", {"code": new("typed"), "answer": new("typed")}),
            ("logg/", {"about": new("typed")}),
            (f"finns-inte/{new('address')}/", {"text": new("typed")}),
        ):
            client.post(AWAY + page, fields)
            client.get(
                AWAY + page,
                {"q": new("query"), "about": new("query")},
                headers={"Referer": f"http://x/{new('referer')}"},
            )

    def what_breaks(self) -> None:
        """A page that fails in the middle: its error is written down, what was typed is not."""
        throttle.forget(throttle.key_of("bo", Client().request().wsgi_request))
        kept = pepper_file.path().read_bytes()
        pepper_file.path().write_bytes(b"{}")
        client = Client(raise_request_exception=False)
        client.post("/personal/logga-in/", {"username": "bo", "password": self.new("typed when it breaks")})
        pepper_file.path().write_bytes(kept)
