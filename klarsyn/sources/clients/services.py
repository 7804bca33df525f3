"""The services we ask, as data."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

_FILE = Path(__file__).with_name("services.toml")


@dataclass(frozen=True, slots=True)
class Service:
    """A public statistics service and what holds when it does not say it itself."""

    key: str
    publisher: str
    protocol: str
    address: str  # base, without a slash at the end
    licence: str
    source_text: str
    calls: int  # at most so many
    window: float  # in so many seconds
    cells: int = 0  # cells in one answer, where the protocol counts them
    ids: int = 0  # identities in one call, where the protocol limits them
    per_page: int = 0
    too_many: int = 0  # the HTTP status that says the query asks for too many cells


def service(key: str) -> Service:
    """The service "scb-v2", "scb-v1" or "kolada"."""
    with _FILE.open("rb") as file:
        return Service(key=key, **tomllib.load(file)[key])
