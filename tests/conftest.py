"""What every test may ask for: the cast by name, a folder of its own for what the site writes."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import translation

from tests.people import signed_in

# Whole files that load every figure, render editions or fit models again and again: `./test` runs them, `./test quick`
# leaves them out so that it stays under a minute. Single slow tests elsewhere carry the mark themselves.
SLOW = (
    "force/test_sealed_rows.py",
    "golden/mapping/test_headline_numbers.py",
    "golden/plan/test_text.py",
    "golden/report/test_text.py",
    "matrix/test_hostile.py",
    "matrix/test_mass_assignment.py",
    "matrix/test_matrix.py",
    "property/smallcounts/test_change_laws.py",
    "property/smallcounts/test_models.py",
    "property/smallcounts/test_mse_laws.py",
    "property/smallcounts/test_rate_laws.py",
    "property/smallcounts/test_scatter_laws.py",
    "published/mse/test_bic.py",
    "published/mse/test_drpop.py",
    "published/mse/test_thresholding.py",
    "published/test_bym2_reference.py",
    "published/test_models_coverage.py",
    "published/test_scatter_coverage.py",
    "unit/base/audit/test_daily.py",
    "unit/base/audit/test_details.py",
    "unit/base/audit/test_log.py",
    "unit/base/audit/test_verifier_edges.py",
    "unit/base/audit/test_verifier_notes.py",
    "unit/cases/htcds/test_command.py",
    "unit/cases/htcds/test_files.py",
    "unit/cases/test_caseload.py",
    "unit/cases/test_cases.py",
    "unit/cases/test_counted_requests.py",
    "unit/cases/test_deciding_ways.py",
    "unit/cases/test_doors.py",
    "unit/cases/test_entries.py",
    "unit/cases/test_erased_bytes.py",
    "unit/cases/test_leave.py",
    "unit/cases/test_referring.py",
    "unit/cases/test_sealed_level.py",
    "unit/cases/test_sweep.py",
    "unit/cases/test_wall_timing.py",
    "unit/concerns/test_handing.py",
    "unit/concerns/test_printing.py",
    "unit/concerns/test_sdk_message.py",
    "unit/concerns/test_sending.py",
    "unit/concerns/test_guide_cards.py",
    "unit/config/test_erasures.py",
    "unit/contact/test_bookings.py",
    "unit/contact/test_cards.py",
    "unit/contact/test_counts.py",
    "unit/contact/test_files.py",
    "unit/contact/test_gateway.py",
    "unit/contact/test_inbox.py",
    "unit/contact/test_restore.py",
    "unit/contact/test_timing.py",
    "unit/contact/test_visitor.py",
    "unit/mapping/test_actions.py",
    "unit/concerns/test_door.py",
    "unit/concerns/test_events.py",
    "unit/concerns/test_observations.py",
    "unit/mapping/test_canonical.py",
    "unit/mapping/test_cli.py",
    "unit/mapping/test_contract.py",
    "unit/mapping/test_doors.py",
    "unit/mapping/test_own_protected.py",
    "unit/mapping/test_protected.py",
    "unit/people/test_access.py",
    "unit/plan/test_actions.py",
    "unit/plan/test_correcting.py",
    "unit/plan/test_police.py",
    "unit/plan/test_police_counts.py",
    "unit/plan/test_published.py",
    "unit/plan/test_year_rows.py",
    "web/plan/test_year_pages.py",
    "unit/people/test_roles.py",
    "unit/receptions/test_destroying.py",
    "unit/receptions/test_statistics.py",
    "unit/receptions/test_tallies.py",
    "unit/report/pdf/test_pdf.py",
    "unit/report/slides/test_slides.py",
    "unit/report/test_page.py",
    "unit/training/test_attitude_figure.py",
    "unit/training/test_attitudes.py",
    "unit/smallcounts/disclosure/attacks/test_attack_command.py",
    "unit/smallcounts/disclosure/attacks/test_bounds.py",
    "unit/smallcounts/disclosure/attacks/test_dots.py",
    "unit/smallcounts/disclosure/attacks/test_insiders.py",
    "unit/smallcounts/disclosure/attacks/test_whole_tables.py",
    "unit/smallcounts/disclosure/test_suppression.py",
    "unit/smallcounts/mse/test_command.py",
    "unit/smallcounts/mse/test_latent_class.py",
    "unit/smallcounts/test_command.py",
    "unit/smallcounts/test_compare.py",
    "unit/smallcounts/test_scattered_interval.py",
    "unit/smallcounts/test_shrink_scattered.py",
    "unit/smallcounts/test_spatial.py",
    "unit/smallcounts/test_spatial_oracle.py",
    "unit/sources/clients/test_client_faults.py",
    "unit/sources/clients/test_client_resume.py",
    "unit/sources/clients/test_client_scb.py",
    "unit/sources/test_sources_refresh.py",
    "unit/sources/test_sources_snapshot.py",
    "unit/training/coverage/test_actions.py",
    "unit/training/coverage/test_certificates.py",
    "unit/training/coverage/test_counts.py",
    "unit/training/packages/test_cmi5.py",
    "unit/training/packages/test_scorm12.py",
    "web/base/test_real_server.py",
    "web/base/test_site_command.py",
    "web/cases/test_budget_page.py",
    "web/cases/test_case_pages.py",
    "web/cases/test_deciding_pages.py",
    "web/cases/test_giving_pages.py",
    "web/cases/test_left_notes.py",
    "web/cases/test_one_page.py",
    "web/cases/test_own_reads.py",
    "web/cases/test_retention.py",
    "web/cases/test_samples.py",
    "web/cases/test_sealed_pages.py",
    "web/cases/test_wall.py",
    "web/cases/test_workload.py",
    "web/cases/test_writing_pages.py",
    "web/cases/test_year_told.py",
    "web/concerns/test_sign_pages.py",
    "web/concerns/test_report_page.py",
    "web/concerns/test_guide.py",
    "web/contact/test_inbox_pages.py",
    "web/contact/test_staff_pages.py",
    "web/contact/test_talk.py",
    "web/contact/test_times_pages.py",
    "web/plan/test_motion_pages.py",
    "web/people/test_desk.py",
    "web/people/test_log_pages.py",
    "web/people/test_oidc.py",
    "web/people/test_oidc_logout.py",
    "web/people/test_passkey.py",
    "web/people/test_person_command.py",
    "web/people/test_production.py",
    "web/people/test_rescue.py",
    "web/people/test_saml.py",
    "web/people/test_saml_logout.py",
    "web/people/test_second_factor.py",
    "web/people/test_security.py",
    "web/people/test_sign_in.py",
    "web/people/test_team_keys.py",
    "web/plan/test_police_pages.py",
    "web/portal/test_support.py",
    "web/training/test_attitude_pages.py",
    "web/receptions/test_facts_page.py",
    "web/receptions/test_tally_pages.py",
    "web/receptions/test_year_page.py",
    "web/plan/test_feed_and_data.py",
    "web/plan/test_public.py",
    "web/report/test_api.py",
    "web/report/test_api_described.py",
    "web/report/test_constraints.py",
    "web/report/test_embed.py",
    "web/report/test_evening.py",
    "web/report/test_evening_slides.py",
    "web/report/test_planted_leaks.py",
    "web/report/test_protected_release.py",
    "web/report/test_published.py",
    "web/report/test_released_slot.py",
    "unit/report/others/test_hostile_packages.py",
    "web/report/test_comparison.py",
    "web/report/test_others.py",
    "web/report/test_real_package.py",
    "web/report/test_serving.py",
    "web/report/test_signed_data.py",
    "web/report/test_workflow.py",
    "web/training/test_course_pages.py",
    "web/training/test_preview_and_print.py",
    "web/sources/test_import_wizard.py",
    "web/sources/test_source_pages.py",
    "web/training/test_digest.py",
    "web/training/test_units.py",
)


QUICK = "not browser and not slow"  # what `./test` asks for first


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """The quick part does not even read the files it would leave out: that took a quarter of its minute."""
    here = Path(__file__).parent
    if config.option.markexpr != QUICK or not collection_path.is_relative_to(here):
        return None
    inside = str(collection_path.relative_to(here))
    return inside in SLOW or inside == "browser" or None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here) and str(item.path.relative_to(here)) in SLOW:
            item.add_marker(pytest.mark.slow)


@pytest.fixture
def visit(db: None) -> Callable[[str], Client]:
    """`visit("disa").get("/personal/")`: a client as one of the cast; "frej" is not signed in."""
    return signed_in


@pytest.fixture
def home(tmp_path: Path, settings) -> Path:
    """`settings.HOME` of this test alone."""
    settings.HOME = tmp_path
    return tmp_path


@pytest.fixture(autouse=True)
def _swedish():
    """A test starts in Swedish and with an empty cache, whatever the one before it did."""
    cache.clear()
    with translation.override("sv"):
        yield


LOG = ("base_auditevent", "base_auditcheckpoint")


@pytest.fixture(autouse=True)
def _log_may_be_thrown_away(request: pytest.FixtureRequest):
    """After a test with real transactions the tables are emptied; the log's own triggers would forbid it."""
    mark = request.node.get_closest_marker("django_db")
    if "transactional_db" not in request.fixturenames and not (mark and mark.kwargs.get("transaction")):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    if connection.vendor != "sqlite":  # PostgreSQL truncates, and its triggers are of rows
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type='trigger' AND tbl_name IN (%s, %s)", LOG
        )
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        for table in LOG:
            cursor.execute(f"DELETE FROM {table}")
        for _name, sql in triggers:
            cursor.execute(sql)
