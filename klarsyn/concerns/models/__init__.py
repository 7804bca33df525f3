"""What this room keeps."""

from klarsyn.concerns.models.event import Event
from klarsyn.concerns.models.observation import Observation

__all__ = ["Event", "Observation"]
