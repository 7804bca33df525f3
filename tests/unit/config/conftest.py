"""The team of the cases' tests; `ground` is this folder's own."""

from tests.unit.cases.conftest import mika  # noqa: F401  a fixture
