"""A comparison made public: one proposes, somebody else agrees, and either of them takes it back."""

from __future__ import annotations

from collections.abc import Collection

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from klarsyn.base.audit.recording import record
from klarsyn.base.errors import Refused
from klarsyn.base.writing import has_personal_number, tidy
from klarsyn.people.models import User
from klarsyn.people.permissions import Permission
from klarsyn.report.models import Comparison, OtherEdition
from klarsyn.report.others import comparing, comparisons, queries, standing


def propose(*, indicator: str, is_invented: bool, others: Collection[int], by: User) -> Comparison:
    """Our editions in force beside the named ones of others; nobody outside sees it yet. Raises Refused."""
    _check_may(by, Permission.COMPARISON_PROPOSE)
    try:
        return _proposed(indicator, is_invented, others, by)
    except IntegrityError as error:
        raise Refused(
            _("Indikatorn har redan ett förslag som väntar. Ingenting är sparat. Dra tillbaka det först.")
        ) from error


@transaction.atomic
def _proposed(indicator: str, is_invented: bool, others: Collection[int], by: User) -> Comparison:
    known = queries.known().get(indicator)
    chosen = list(
        queries.chosen(is_invented).select_for_update(of=("self",)).filter(pk__in=others).order_by("pk")
    )
    if known is None or not chosen or len(chosen) != len(set(others)):
        raise Refused(
            _("Välj minst en utgåva i listan. Ingenting är sparat. Saknas den, läs in sidan på nytt.")
        )
    own = queries.own_with(indicator, invented=is_invented)
    made = Comparison.objects.create(
        indicator=indicator, definition=known[0], measures=list(known[1]), is_invented=is_invented,
        proposed_at=timezone.now(), proposed_by=by,
    )  # fmt: skip
    made.own.set(own)
    made.others.set(chosen)
    _check_compares(comparisons.group(made), chosen)
    record(action="others.propose", by=by.pseudonym, object=str(made))
    return made


def _check_compares(group: comparing.Group | None, chosen: Collection[OtherEdition]) -> None:
    """At least two municipalities stand side by side, and every chosen one has something to say."""
    rows = [r for block in group.blocks for r in block.rows] if group else []
    apart = [a.held for a in group.apart] if group else []
    if not any(len({r.held.municipality for r in b.rows}) > 1 for b in (group.blocks if group else ())):
        raise Refused(
            _("Färre än två kommuner har ett tal för samma år. Ingenting är sparat. Välj fler utgåvor.")
        )
    said = {(h.municipality, h.year) for h in [*(r.held for r in rows), *apart]}
    silent = next((e for e in chosen if (e.municipality, e.year) not in said), None)
    if silent is not None:
        raise Refused(
            _("%(name)s %(year)d har inte indikatorn. Ingenting är sparat. Välj bort utgåvan.")
            % {"name": silent.name, "year": silent.year}
        )


@transaction.atomic
def agree(*, comparison: Comparison, by: User) -> Comparison:
    """Public from now on. The comparison of the same indicator that was public until now ends."""
    _check_may(by, Permission.COMPARISON_AGREE)
    row = _locked(comparison)
    list(row.others.select_for_update(of=("self",)))  # nobody takes them away meanwhile
    standing.check_agree(comparisons.said(row), by.pk)
    before = Comparison.objects.select_for_update(of=("self",)).filter(
        indicator=row.indicator, is_invented=row.is_invented, withdrawn_at=None, agreed_at__isnull=False
    )
    for old in before:
        _end(old, _("Ersatt av en nyare jämförelse."), by)
    row.agreed_at, row.agreed_by = timezone.now(), by
    row.save(update_fields=["agreed_at", "agreed_by"])
    record(action="others.agree", by=by.pseudonym, object=str(row))
    return row


@transaction.atomic
def withdraw(*, comparison: Comparison, why: str, by: User) -> None:
    """Its figures are no longer shown; that it was public, until when and who took it back stays."""
    if not (by.may(Permission.COMPARISON_PROPOSE) or by.may(Permission.COMPARISON_AGREE)):
        raise _no_right()
    why = tidy(why)
    if len(why.split()) < 3 or len(why) > 300:
        raise Refused(_("Skriv varför, med tre ord till 300 tecken. Inget är ändrat. Texten står i listan."))
    if has_personal_number(why):
        raise Refused(_("Texten har något som ser ut som ett personnummer. Inget är ändrat. Ta bort det."))
    row = _locked(comparison)
    standing.check_withdraw(comparisons.said(row))
    _end(row, why, by)


def _end(row: Comparison, why: str, by: User) -> None:
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_why = timezone.now(), by, why
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
    record(action="others.withdraw", by=by.pseudonym, object=str(row))


def _locked(comparison: Comparison) -> Comparison:
    return Comparison.objects.select_for_update(of=("self",)).get(pk=comparison.pk)


def _check_may(by: User, permission: Permission) -> None:
    if not by.may(permission):
        raise _no_right()


def _no_right() -> Refused:
    return Refused(_("Din roll ger inte rätt att göra detta. Ingenting har ändrats. Fråga enhetschefen."))
