"""A frozen mapping in the test's own data folder, and editions on it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone

from klarsyn.report import actions, render
from klarsyn.report.models import Edition
from klarsyn.report.policy import State, Verdict
from tests.people import person
from tests.unit.report import frozen


@pytest.fixture
def mapping(db: None, home: Path):
    """The real mapping of 2019, frozen below the test's data folder."""
    return frozen.lay_out(frozen.mapping(), home)


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages only: the PDF, the slides and the open data have tests of their own."""
    monkeypatch.setattr(render, "ARTEFACTS", [])


@pytest.fixture
def draft(mapping) -> Edition:
    """Disa's draft of 2019."""
    return actions.draft(municipality="0680", year=2019, by=person("disa"))


@pytest.fixture
def in_check(draft: Edition) -> Edition:
    return actions.submit(edition=draft, by=person("disa"))


@pytest.fixture
def approved(in_check: Edition) -> Edition:
    for name in ("greta", "cilla"):
        actions.vote(edition=in_check, by=person(name), verdict=Verdict.APPROVE)
    return in_check


@pytest.fixture
def out(draft: Edition) -> Edition:
    """Disa's edition as a release leaves its row; the figures are read from the frozen files, not the pages."""
    Edition.objects.update(state=State.RELEASED, released_at=timezone.now(), released_by=person("greta"))
    return draft


@pytest.fixture
def released(approved: Edition, bare: None) -> Edition:
    return actions.release(edition=approved, by=person("greta"))


@pytest.fixture
def corrected(released: Edition) -> Callable[[], Edition]:
    """Release a correction of the released edition."""

    def make() -> Edition:
        edition = actions.correct(
            edition=released, by=person("disa"), what_changed="Malmös folkmängd var fel."
        )
        actions.submit(edition=edition, by=person("disa"))
        for name in ("greta", "cilla"):
            actions.vote(edition=edition, by=person(name), verdict=Verdict.APPROVE)
        return actions.release(edition=edition, by=person("greta"))

    return make
