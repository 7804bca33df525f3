"""Concern reports on PostgreSQL: a draft is its code's, a report its team's and, to look at, its code's."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from klarsyn.base import rows
from klarsyn.concerns.models import ConcernReport, ReportAct, ReportDraft
from klarsyn.concerns.models.concern_report import Outcome
from klarsyn.concerns.report import codes, endings, inbox, sending
from tests.rows.test_rows import ask, change
from tests.unit.concerns.reports import NEIGHBOUR, TEACHER, Receiving, receiving, sent

pytestmark = pytest.mark.django_db(transaction=True)
TABLES = ("concerns_reportdraft", "concerns_concernreport", "concerns_reportact")


@pytest.fixture
def house(ground) -> Receiving:
    return receiving()


@pytest.mark.parametrize("table", TABLES)
def test_every_table_of_reports_keeps_its_rows_from_its_owner_too(as_site: str, table: str) -> None:
    kept = "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = %s::regclass"
    assert ask(kept, table) == [(True, True)]


def test_the_whole_life_of_a_report_by_the_sites_own_role(house: Receiving) -> None:
    report, code = sent()
    inbox.assess(house.olga, house.hers, report.id, outcome=Outcome.NO_NEED, words="Lugnt.")
    sending.save(codes.new(), NEIGHBOUR)
    for table in TABLES:
        assert ask(f"SELECT count(*) FROM {table}") == [(0,)] and change(f"DELETE FROM {table}") == 0
    with rows.of_code(codes.tags(code)):
        assert (
            ConcernReport.objects.count() == 1
            and not ReportAct.objects.exists()
            and not ReportDraft.objects.exists()
        )
        assert change("UPDATE concerns_concernreport SET epoch = 9") == 0
        assert change("DELETE FROM concerns_concernreport") == 0
    assert inbox.read(house.pia, house.pias, report.id).answers == TEACHER
    mikas = house.alva.team_ids
    with rows.of_teams(mikas):
        assert not ConcernReport.objects.exists() and not ReportAct.objects.exists()
    with (
        pytest.raises(DatabaseError, match="row-level security"),
        rows.of_teams(house.olga.team_ids),
        transaction.atomic(),
    ):
        ConcernReport.objects.update(team=next(iter(mikas)))


def test_a_draft_that_has_expired_is_swept_without_its_code(house: Receiving) -> None:
    draft = codes.new()
    sending.save(draft, NEIGHBOUR)
    sending.save(draft, TEACHER)
    assert change("DELETE FROM concerns_reportdraft") == 0
    with rows.of_code(codes.tags(draft)):
        assert ReportDraft.objects.count() == 1
        ReportDraft.objects.update(expires_on="2020-01-01")
    assert endings.sweep(timezone.localdate()) == 1
