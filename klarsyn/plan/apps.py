from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from klarsyn.base.front import Link, register_link


class PlanConfig(AppConfig):
    name = "klarsyn.plan"

    def ready(self) -> None:
        """The public plan in the menu."""
        register_link(Link(_("Planen"), "plan:public", order=15))
