"""A backup brings codes and threads back, and not what was taken away since."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.http import HttpResponse

from klarsyn.base import rows
from klarsyn.config import backup
from klarsyn.contact import access, inbox, visitor, visits
from klarsyn.contact.models import Access, Thread, Visit
from klarsyn.contact.visitor import Held
from tests.unit.contact.conftest import House

pytestmark = pytest.mark.django_db(transaction=True)


def test_codes_open_their_threads_again_and_what_was_erased_since_stays_gone(
    house: House, ground: Path
) -> None:
    _kept, code = visitor.begin(house.mika, "kvar")
    erased, gone = visitor.begin(house.mika, "borttaget")
    visits.begin(HttpResponse(), visits.Open(erased))
    secret, recipient = backup.new_identity()
    backup.make(ground / "copy.age", [recipient])
    visitor.erase(erased)
    _late, late = visitor.begin(house.kast, "senare")

    assert backup.restore(ground / "copy.age", secret).erased_again == 1
    opened = access.enter(code)
    held = Held(opened.id, opened.tag, opened.pair)
    assert visitor.read(held).messages[0].body.text == "kvar" and not Visit.objects.exists()
    for other in (gone, late):
        with pytest.raises(access.Unknown):
            access.enter(other)
    with rows.of_teams([house.mika.team, house.kast.team]):
        assert Access.objects.count() == Thread.objects.count() == 1
        id = Thread.objects.get().pk
    assert inbox.read(house.alva, house.cast.hers, id).messages[0].body.text == "kvar"
