"""Handing a report over to the registry: an SDK message as a file, by an officer's own act, logged."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid4

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from klarsyn.base import rows
from klarsyn.base.errors import Refused
from klarsyn.concerns.models.concern_report import Act
from klarsyn.concerns.report import inbox, printing, sealing, summary
from klarsyn.concerns.report.answers import Answers
from klarsyn.concerns.sdk import message
from klarsyn.concerns.sdk.message import Address, Document
from klarsyn.people.keys.accounts import Unlocked
from klarsyn.people.models import User

SHIPPED: Final = Path(message.__file__).with_name("addresses.toml")


@dataclass(frozen=True, slots=True)
class Package:
    """A message ready to be handed over. `id` names its file, and it in the registry."""

    id: UUID
    body: bytes = field(repr=False)


def hand_over(user: User, keys: Unlocked | None, id: UUID) -> Package:
    """The package, once the hand-over is noted. Raises Http404, Refused.

    May be made again, should the file be lost on its way: each has an id of its own.
    """
    sender, recipient = addresses()
    with rows.of_teams(user.team_ids):
        report, key = inbox.to_change(user, keys, id)
        answers = sealing.open_answers(report, key)
        made = uuid4()
        body = _message(made, answers, inbox.acts_of(report, key), sender, recipient)
        inbox.add(report, key, Act.HAND_OVER, user, reference=str(made))
        inbox.note(report, "concern.hand_over", user)
    return Package(made, body)


def addresses() -> tuple[Address, Address]:
    """From which function to which. Raises Refused where none is set: none goes out under invented ones."""
    path = Path(settings.SDK_ADDRESSES or SHIPPED)
    read: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    if read.get("is_invented") and not settings.DEMO:
        raise Refused(
            _(
                "Kommunens adresser i SDK är inte inlagda. Inget är lämnat över. "
                "Be den som sköter servern lägga in dem."
            )
        )
    return Address(**read["sender"]), Address(**read["recipient"])


def _message(
    made: UUID, answers: Answers, done: tuple[inbox.Done, ...], sender: Address, recipient: Address
) -> bytes:
    """The report as text and as PDF/UA, then what was noted about it. The label names nobody."""
    lines = summary.of(answers)
    told = "\n\n".join(f"{line.question}\n{line.answer}" for line in lines)
    copy = printing.compiled(_("Orosanmälan"), [str(made)], lines)
    documents = [Document(_("Orosanmälan"), told, "orosanmalan.pdf", "application/pdf", copy)]
    noted = "\n\n".join(summary.of_act(one) for one in done if one.act in (Act.PROTECTION, Act.DECISION))
    if noted:
        documents.append(Document(_("Bedömning och beslut"), noted))
    return message.written(
        id=made,
        at=timezone.now(),
        label=_("Orosanmälan"),
        sender=sender,
        recipient=recipient,
        documents=documents,
    )
