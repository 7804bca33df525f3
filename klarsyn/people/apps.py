from typing import Final

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from klarsyn.base.front import Door, register_door
from klarsyn.people.permissions import Permission

DOORS: Final = (
    Door(_("Skrivbordet"), "people:desk", order=0),
    Door(
        _("Mottagningens nycklar"),
        "people:team_keys",
        Permission.TEAM_READ,
        sentence=_("Vem som kan öppna ärendena, och vem som väntar på att bli insläppt."),
        order=78,
    ),
    Door(
        _("Nyckelombud"),
        "people:escrow",
        Permission.ESCROW_OPEN,
        sentence=_("Återställ en mottagning som ingen kan öppna, två tillsammans."),
        order=79,
    ),
    Door(
        _("Mottagningens roller"),
        "people:members",
        Permission.ROLE_CHANGE,
        sentence=_("Vem som är samtalsstödjare hos dig."),
        order=80,
    ),
    Door(
        _("Loggen"),
        "people:log",
        Permission.LOG_READ,
        sentence=_("Vem som har gjort vad, när; exportera och kontrollera."),
        order=81,
    ),
    Door(
        _("Loggens ord för diariet"),
        "people:log_words",
        Permission.LOG_ROOT_READ,
        sentence=_("Tolv ord i veckan som gör att ingen kan skriva om loggen."),
        order=82,
    ),
    Door(
        _("Din säkerhet"),
        "people:security",
        sentence=_("Lösenord, andra faktor och inloggningar."),
        order=85,
    ),
    Door(
        _("Roller och behörigheter"),
        "people:roles",
        sentence=_("Vem som får göra vad, så som koden säger det."),
        order=90,
    ),
)


class PeopleConfig(AppConfig):
    name = "klarsyn.people"

    def ready(self) -> None:
        for door in DOORS:
            register_door(door)
