"""What the database holds of a contact: random ids, days, and sealed bytes."""

from klarsyn.contact.models.access import Access, Tries
from klarsyn.contact.models.booking import (
    Booking,
    BookingCount,
    PublishedTimes,
    Reminder,
    ResidenceCount,
    TakenQuarter,
)
from klarsyn.contact.models.card import CallCount, CallRequest, Card, CardCount
from klarsyn.contact.models.thread import Attachment, Message, Thread
from klarsyn.contact.models.visit import Visit

__all__ = [
    "Access",
    "Attachment",
    "Booking",
    "BookingCount",
    "CallCount",
    "CallRequest",
    "Card",
    "CardCount",
    "Message",
    "PublishedTimes",
    "Reminder",
    "ResidenceCount",
    "TakenQuarter",
    "Thread",
    "Tries",
    "Visit",
]
