"""Units and their heads: which course is asked of whom, who has done it, and the certificates."""

from typing import Final

REMINDERS: Final = "klarsyn.training.coverage.reminding.reminders"  # by name: models are not loaded yet
