"""What may stand in a message, by the name that this room has always called it."""

from klarsyn.base.writing import LONGEST, has_personal_number, tidy

__all__ = ["LONGEST", "has_personal_number", "tidy"]
