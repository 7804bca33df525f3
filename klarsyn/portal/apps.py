from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from klarsyn.base.front import Link, register_frame, register_link


class PortalConfig(AppConfig):
    name = "klarsyn.portal"

    def ready(self) -> None:
        register_frame("klarsyn.portal.visitor.frame")
        register_link(Link(_("Stöd och samtal"), "portal:support", order=20))
        register_link(Link(_("Om arbetet"), "portal:about", order=30))
        register_link(Link(_("Om webbplatsen"), "portal:about", place="foot", order=10))
        register_link(Link(_("Tillgänglighet"), "portal:accessibility", place="foot", order=20))
        register_link(Link(_("Personuppgifter och integritet"), "portal:privacy", place="foot", order=30))
