"""A sealed reason opens for whom it was sealed to, until it is forgotten; the line and its chain stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from klarsyn.base.audit.details import forget_reasons, open_detail
from klarsyn.base.audit.recording import Detail, open_log, record
from klarsyn.base.models import AuditDetail, AuditEvent, AuditHead
from klarsyn.base.vault import KeyPair

pytestmark = pytest.mark.django_db
HEAD, OTHER = KeyPair.new(), KeyPair.new()


@pytest.fixture(autouse=True)
def log(tmp_path: Path, settings) -> AuditHead:
    settings.KEYS = tmp_path / "keys"
    AuditHead.objects.all().delete()
    return open_log()


def _told(object: str, reason: str = "") -> AuditEvent:
    detail = Detail(reason, {"p-head": HEAD.public}) if reason else None
    return record(action="case.unseal", by="alva", object=object, team="mika", detail=detail)


def test_only_whom_it_was_sealed_to_opens_a_reason() -> None:
    line, none = _told("1", "ringde själv"), _told("1")
    assert open_detail(line, "p-head", HEAD) == "ringde själv"
    assert open_detail(line, "p-other", OTHER) is None  # sealed to others
    assert open_detail(line, "p-head", OTHER) is None  # the name alone opens nothing
    assert open_detail(none, "p-head", HEAD) is None


def test_a_reason_put_in_the_place_of_another_is_not_shown() -> None:
    line, other = _told("1", "den rätta"), _told("2", "en annan")
    theirs = AuditDetail.objects.get(sequence=other.sequence)
    AuditDetail.objects.filter(sequence=line.sequence).update(sealed=theirs.sealed, wraps=theirs.wraps)
    assert open_detail(line, "p-head", HEAD) is None


def test_what_is_forgotten_of_one_thing_stays_of_another() -> None:
    gone, kept = (_told("1", "först"), _told("1", "sedan")), _told("2", "kvar")
    forget_reasons("1")
    assert [open_detail(line, "p-head", HEAD) for line in (*gone, kept)] == [None, None, "kvar"]
    assert [AuditDetail.objects.get(sequence=line.sequence).wraps for line in gone] == [{}, {}]
    assert AuditEvent.objects.filter(object="1").exclude(detail="").count() == 2
