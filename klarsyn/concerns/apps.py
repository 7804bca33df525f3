from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from klarsyn.base.front import Link, register_link


class ConcernsConfig(AppConfig):
    name = "klarsyn.concerns"

    def ready(self) -> None:
        register_link(Link(_("Jag har sett något"), "concerns:guide", order=25))
        register_link(Link(_("Har du sett något?"), "concerns:guide", place="help", order=10))
