"""One line to one service: its limits, bounded retries, and no trust in what comes back."""

import functools
import ipaddress
import json
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import TypeVar

import httpx

from klarsyn.sources.clients.errors import (
    BadAddress,
    BadAnswer,
    BadQuery,
    Busy,
    FetchError,
    NotFound,
    ServerFailed,
    TooManyCells,
    Unreachable,
)
from klarsyn.sources.clients.limits import Clock, Window
from klarsyn.sources.clients.results import Part, checksum_of
from klarsyn.sources.clients.services import Service
from klarsyn.sources.readers import CutError, ReadError

T = TypeVar("T")
_TOO_MANY = "too many cells selected"


@dataclass(frozen=True, slots=True)
class Patience:
    """How long we wait and how much we take."""

    attempts: int = 4
    connect: float = 10.0  # seconds
    read: float = 60.0  # seconds between two pieces of an answer
    total: float = 300.0  # seconds for one answer
    longest_pause: float = 120.0  # seconds we agree to wait when told to
    max_bytes: int = 64 * 1024 * 1024
    redirects: int = 3


class _Passing(Exception):
    """A fault that may be gone next time."""

    def __init__(self, final: FetchError, pause: float | None = None) -> None:
        super().__init__(final.what)
        self.final, self.pause = final, pause


@dataclass(slots=True)
class Connection:
    """Asks one service, never faster than it allows. Use as a context manager."""

    service: Service
    clock: Clock = field(default_factory=Clock)
    patience: Patience = field(default_factory=Patience)
    window: Window = field(init=False)
    _client: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        _check_address(self.service.address)
        self.window = Window(self.service.calls, self.service.window, self.clock)
        timeout = httpx.Timeout(self.patience.read, connect=self.patience.connect)
        agent = {"User-Agent": "Klarsyn (municipal statistics)", "Accept-Encoding": "gzip, deflate"}
        self._client = httpx.Client(timeout=timeout, headers=agent, verify=_trust())

    def __enter__(self) -> "Connection":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def ask(
        self, address: str, read: Callable[[Part], T], *, question: str = "", counted: bool = True
    ) -> tuple[Part, T]:
        """The answer and what `read` makes of it: a GET, or a POST when there is a question.

        Faults that pass (no connection, timeout, cut body, 429, 5xx) are tried again at most
        `patience.attempts` times in all; others raise at once. `counted` is False for what the service
        does not count against its limit.
        """
        for attempt in range(1, self.patience.attempts + 1):
            try:
                part = self._once(address, question, counted)
                return part, self._read(part, read)
            except _Passing as passing:
                if attempt == self.patience.attempts:
                    raise passing.final from None
                self.clock.sleep(2.0 ** (attempt - 1) if passing.pause is None else passing.pause)
        raise AssertionError("attempts is at least one")

    def _read(self, part: Part, read: Callable[[Part], T]) -> T:
        try:
            return read(part)
        except CutError as problem:
            raise _Passing(Unreachable(f"{self._name(part.address)}: {problem.what}")) from None
        except ReadError as problem:
            raise BadAnswer(f"{self._name(part.address)}: {problem.what}") from None

    def _once(self, address: str, question: str, counted: bool) -> Part:
        asked = address
        for _ in range(self.patience.redirects + 1):
            self._same_host(address)
            if counted:
                self.window.wait()
            try:
                response, body = self._send(address, question)
            except httpx.RequestError as problem:
                reason = str(problem) or type(problem).__name__
                raise _Passing(Unreachable(f"{self._name(address)} svarar inte ({reason}).")) from None
            finally:
                if counted:
                    self.window.count()
            if not response.has_redirect_location:
                self._refuse_faults(address, response, body, is_query=bool(question))
                charset = response.charset_encoding or ""
                return Part(asked, question, charset, checksum_of(body), self.clock.now(), body)
            if question and response.status_code not in (307, 308):
                raise BadAnswer(f"{self._name(address)} skickar en fråga vidare till en annan adress.")
            address = str(response.url.join(response.headers["location"]))
        raise BadAnswer(f"{self._name(address)} skickar frågan runt i en ring.")

    def _send(self, address: str, question: str) -> tuple[httpx.Response, bytes]:
        start, body = self.clock.seconds(), bytearray()
        content = question.encode() if question else None
        headers = {"Content-Type": "application/json"} if question else {}
        method = "POST" if question else "GET"
        with self._client.stream(method, address, content=content, headers=headers) as response:
            for piece in response.iter_bytes():
                body += piece
                if len(body) > self.patience.max_bytes:
                    raise BadAnswer(
                        f"{self._name(address)} svarar med mer än {self.patience.max_bytes} byte."
                    )
                if self.clock.seconds() - start > self.patience.total:
                    raise httpx.ReadTimeout(f"längre än {self.patience.total:.0f} s")
        return response, bytes(body)

    def _refuse_faults(self, address: str, response: httpx.Response, body: bytes, is_query: bool) -> None:
        status, name = response.status_code, self._name(address)
        if status in (429, 503):
            pause = _retry_after(response, self.clock.now())
            if pause is not None and pause > self.patience.longest_pause:
                raise Busy(f"{name} ber oss vänta {pause:.0f} sekunder.")
            if pause is None and status == 429:
                pause = self.window.length
            kind = Busy if status == 429 else ServerFailed
            raise _Passing(kind(f"{name} är upptagen (HTTP {status})."), pause)
        if status >= 500:
            raise _Passing(ServerFailed(f"{name} har ett fel (HTTP {status})."))
        if status >= 400:
            raise self._query_fault(address, status, body, is_query)
        if status != 200:
            raise BadAnswer(f"{name} svarar HTTP {status}.")
        kind_of = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind_of in ("text/html", "application/xhtml+xml") or body[:64].lstrip()[:1] == b"<":
            raise ServerFailed(f"{name} svarar med en webbsida i stället för siffror (ofta underhåll).")
        if kind_of and kind_of not in ("application/json", "text/json") and not kind_of.endswith("+json"):
            raise BadAnswer(f"{name} svarar med innehåll av typen {kind_of}, inte JSON.")

    def _query_fault(self, address: str, status: int, body: bytes, is_query: bool) -> FetchError:
        name, reason = self._name(address), _reason(body)
        if status == 404:
            return NotFound(f"{name} finns inte{reason}.")
        if _TOO_MANY in reason.lower() or (is_query and status == self.service.too_many):
            return TooManyCells(f"{name}: frågan är för stor{reason}.")
        if status in (401, 403, 407):
            return BadAnswer(f"{name} nekar oss (HTTP {status}){reason}.")
        return BadQuery(f"{name} godtar inte frågan (HTTP {status}){reason}.")

    def _same_host(self, address: str) -> None:
        _check_address(address)
        here, there = httpx.URL(self.service.address), httpx.URL(address)
        if (here.scheme, here.host, here.port) != (there.scheme, there.host, there.port):
            raise BadAddress(f"{self.service.publisher} hänvisar till en annan värd, {there.host}.")

    def _name(self, address: str) -> str:
        return f"{self.service.publisher} ({httpx.URL(address).copy_with(query=None)})"


@functools.cache
def _trust() -> ssl.SSLContext:
    """The certificates we trust; reading them costs more than many a call."""
    return httpx.create_ssl_context()


def _check_address(address: str) -> None:
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL:
        raise BadAddress("Adressen går inte att läsa.") from None
    if url.userinfo or not url.host:
        raise BadAddress(f"Adressen till {url.host or 'källan'} får inte innehålla inloggning.")
    if url.scheme != "https" and not (url.scheme == "http" and _is_loopback(url.host)):
        raise BadAddress(f"Adressen {address} är inte https.")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _retry_after(response: httpx.Response, now: datetime) -> float | None:
    stated = response.headers.get("retry-after", "").strip()
    if stated.isascii() and stated.isdigit():
        return float(stated)
    try:
        when = parsedate_to_datetime(stated)
    except ValueError:
        return None
    return max(0.0, (when.replace(tzinfo=when.tzinfo or UTC) - now).total_seconds())


def _reason(body: bytes) -> str:
    """The service's own words, shortened, for the one who must mend the query."""
    try:
        problem = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    if not isinstance(problem, dict):
        return ""
    stated = problem.get("title") or problem.get("error") or problem.get("detail")
    detail = problem.get("detail")
    both = f"{stated}: {detail}" if detail and detail != stated else stated
    return f": ”{str(both)[:200]}”" if both else ""
