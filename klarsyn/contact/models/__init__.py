"""What the database holds of a contact: random ids, days, and sealed bytes."""

from klarsyn.contact.models.access import Access, Tries
from klarsyn.contact.models.thread import Attachment, Message, Thread
from klarsyn.contact.models.visit import Visit

__all__ = ["Access", "Attachment", "Message", "Thread", "Tries", "Visit"]
