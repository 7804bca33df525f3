"""What this room keeps."""

from klarsyn.concerns.models.event import Event
from klarsyn.concerns.models.sighting import Sighting

__all__ = ["Event", "Sighting"]
