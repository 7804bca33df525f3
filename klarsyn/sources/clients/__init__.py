"""Fetches official statistics over the net: `scb.fetch_table` and `kolada.fetch` give a `Fetched`."""

from klarsyn.sources.clients.connection import Connection, Patience
from klarsyn.sources.clients.errors import FetchError
from klarsyn.sources.clients.limits import Clock
from klarsyn.sources.clients.results import Fetched, Part
from klarsyn.sources.clients.services import Service, service

__all__ = ["Clock", "Connection", "FetchError", "Fetched", "Part", "Patience", "Service", "service"]
