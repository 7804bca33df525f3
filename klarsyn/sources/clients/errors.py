"""Why a fetch stopped: what happened, what is kept, what to do now."""

from klarsyn.base.errors import Refused


class FetchError(Refused):
    """A fetch that did not come to its end."""

    advice = "Försök igen senare; hämtningen går vidare där den stannade."
    kept = "Inget i Klarsyn är ändrat, och delar som redan hämtats är sparade."

    def __init__(self, what: str, advice: str = "") -> None:
        super().__init__(f"{what} {self.kept} {advice or self.advice}")
        self.what = what


class BadAddress(FetchError):
    """The address is not https, or leads to another host than the service's own."""

    advice = "Kontrollera adressen i källans beskrivning."


class Unreachable(FetchError):
    """No answer: no connection, a timeout, or an answer cut off every time."""

    advice = "Kontrollera nätet och försök igen; hämtningen går vidare där den stannade."


class ServerFailed(FetchError):
    """The service answers that it has failed (5xx), or with a web page instead of figures."""


class Busy(FetchError):
    """The service asks for fewer calls, for longer than we are willing to wait."""


class NotFound(FetchError):
    """The table, indicator or value does not exist (any more)."""

    advice = "Sök upp tabellens nuvarande beteckning hos källan och ändra den."


class BadQuery(FetchError):
    """The selection does not fit the table."""

    advice = "Rätta uttaget och hämta igen."


class TooManyCells(FetchError):
    """The service refuses the query for its size even after it has been split."""


class BadAnswer(FetchError):
    """The service answered, but not with what was asked for."""

    advice = "Försök igen; om det upprepas, meddela källan och ange adressen."


class Scattered(BadAnswer):
    """The answers do not make one table together: cells lack, stand twice or were never asked for."""

    kept = "Inget i Klarsyn är ändrat. Delarna som hämtats är kastade."
