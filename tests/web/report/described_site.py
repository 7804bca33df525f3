"""A folder with the real mapping of 2019 released in it, for a server that is another program; run with the folder
in KLARSYN_HOME: `python -m tests.web.report.described_site`."""

import sys

import django

django.setup()

from django.utils import timezone  # noqa: E402  after the settings

from klarsyn.config.cli import site  # noqa: E402
from klarsyn.people.models import User  # noqa: E402
from klarsyn.report.models import Edition  # noqa: E402
from klarsyn.report.policy import State  # noqa: E402
from tests.unit.report import frozen  # noqa: E402


def main() -> None:
    """As a release leaves its row; the API reads the frozen files."""
    site.migrate()
    site.collect_static()
    found = frozen.mapping()
    frozen.lay_out(found, site.settings.HOME)
    somebody = User.objects.create(username="disa")
    for number, state in ((1, State.SUPERSEDED), (2, State.RELEASED)):
        Edition.objects.create(
            municipality="0680", year=2019, number=number, slug=f"0680-2019-{number}", state=state, author=somebody,
            content_hash=found.content_hash, what_changed="Rättad." if number > 1 else "",
            created_at=timezone.now(), released_at=timezone.now(), released_by=somebody,
        )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
