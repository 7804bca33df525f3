"""What a figure from outside carries: a measure that cannot be mixed up, and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from smallcounts.counts import Status


class Measure(StrEnum):
    """What was counted. Two measures never share a table, a chart series or a sum."""

    REPORTED_OFFENCES = "reported_offences"  # anmälda brott, köp av sexuell tjänst
    REPORTED_OFFENCES_ALL = "reported_offences_all"  # samtliga anmälda brott, whatever the offence
    HANDLED_OFFENCES = "handled_offences"  # handlagda brott
    CONVICTED_PERSONS = "convicted_persons"  # lagförda personer (Brå counts decisions)
    PRESS_COUNT_CONVICTED = "press_count_convicted"  # dömda, enligt mediers egen räkning
    PROSECUTIONS = "prosecutions"  # väckta åtal
    PENALTY_ORDERS = "penalty_orders"  # strafförelägganden
    OPERATION_CONVICTED = "operation_convicted"  # lagförda i en riktad insats, not a calendar year
    STATED_BY_STAFF = "stated_by_staff"  # a number said in an interview
    COURT_COUNT = "court_count"  # the municipality's own count of judgments
    PRESUMED_VICTIMS = "presumed_victims"  # kända för regionkoordinatorerna
    SURVEY_SHARE = "survey_share"  # andel i en enkät, percent
    RECEPTION_FIGURE = "reception_figure"  # published by a reception
    RECEPTION_PERSONS = "reception_persons"  # people a reception knows, each once a year
    RECEPTION_SUPPORT = "reception_support"  # kinds of support given to them
    RECEPTION_CONTACTS = "reception_contacts"  # contacts with them
    RECEPTION_CLOSED = "reception_closed"  # of them, those whose contact ended, by the reason
    RECEPTION_FOLLOWUP = "reception_followup"  # follow-up questions that were due, answered or not
    NAMELESS_VISITS = "nameless_visits"  # visits, never people
    NAMELESS_CONTACTS = "nameless_contacts"  # contacts, never people: the same one may stand behind several
    OUTREACH_CONTACTS = "outreach_contacts"  # contacts that were tried for
    CONSULTATIONS = "consultations"  # to professionals
    POLICE_SHIFTS = "police_shifts"  # done together
    CARDS_HANDED_OUT = "cards_handed_out"
    ARRANGED_CONTACTS = "arranged_contacts"  # times and call-backs, by what came of them
    CONTACT_CARDS = "contact_cards"  # made, and used: each in its own year
    VISITOR_RESIDENCE = "visitor_residence"  # of booked visits, as far as somebody wanted to say
    RECEPTION_WORK = "reception_work"  # consultations, shifts and cards side by side, never a sum
    ATTITUDE_CHANGE = (
        "attitude_change"  # those asked before a course, by how their answers moved; never a test
    )
    TRAINING_COVERAGE = "training_coverage"  # those who work in the units, by whether a course holds
    JOINT_WORK = "joint_work"  # occasions of work with the police, by kind; never a sum of kinds
    OBSERVATIONS = "observations"  # signs seen, without persons; never a measure of extent
    POPULATION = "population"
    LISTED_PERSONS = "listed_persons"  # persons by which overlapping lists hold them; for the hidden number
    PRESS_KNOWN_CASE = "press_known_case"  # ett känt fall i en tidning, inte en räkning
    FACT = "fact"  # a dated fact, not a count: a border, a law, a place
    SIMULATED = "simulated"  # invented, with known truth


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where figures come from. `key` is what every count and table names in `sources`."""

    key: str
    publisher: str
    title: str
    table: str
    address: str  # URL as published
    measure: Measure
    licence: str
    retrieved_at: datetime | None  # None: carried over by hand, the day is not known
    published: str  # year or date as the source states it
    checksum: str  # sha256 of the bytes read
    territory: str  # the territorial division the codes follow, "2019-01-01"
    certainty: str  # "high" | "medium" | "low" as judged on entry
    is_invented: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class SeriesBreak:
    """A dated reason why a series before and after is not the same thing."""

    key: str
    measures: tuple[Measure, ...]
    on: date
    title_sv: str
    title_en: str
    address: str
    kinds: tuple[str, ...] = ()  # kinds of area it touches (Area.kind); empty = all


@dataclass(frozen=True, slots=True)
class PoliceOperation:
    """A known operation or build-up that moved recorded figures."""

    key: str
    region: str  # "" = the whole country
    since: date
    until: date
    title_sv: str
    title_en: str
    address: str
    precision: str = "day"  # "day" | "month" | "year": how exactly the source dates it


@dataclass(frozen=True, slots=True)
class Area:
    """A municipality, county, police region or the nation, with its dates."""

    code: str  # "0680"; county "06"; nation "00"; police region "P-OST"
    name: str
    kind: str  # municipality | county | police_region | nation
    parent: str  # county of a municipality, police region of a county
    valid_from: date | None
    valid_to: date | None
    predecessors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DivisionChange:
    """A dated change of the municipal division. Until confirmed, no series is drawn across it."""

    on: date
    before: tuple[str, ...]  # codes; "11xx" = every municipality of the former county
    after: tuple[str, ...]
    title_sv: str
    title_en: str
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class UndatedCount:
    """Handled offences from a table whose year is not known: a fact, never part of a series."""

    table: str
    offence: str
    handled: int
    investigated: int | None
    dismissed: int | None
    cleared_percent: int | None
    person_cleared_percent: int | None
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Share:
    """A published survey share in percent: a point, or a span when the source gives one."""

    survey: str
    year: str
    population: str
    question: str
    percent: float | None
    lower: float | None
    upper: float | None
    asked: int | None  # number of respondents; None when the source does not say
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Place:
    """A known reception. Host and catchment are two things."""

    town: str
    code: str
    kind: str  # "mika" | "kast" | "mika+kast"
    local_name: str
    catchment: str
    age_limit: str  # as stated; "" = not stated
    since: str
    host: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A published figure about a reception's work, as its source words it."""

    town: str
    service: str
    period: str
    what: str
    value: float
    unit: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class EarlierMapping:
    """A mapping somebody has published."""

    year: str
    publisher: str
    area: str
    method: str
    result: str
    source: str


@dataclass(frozen=True, slots=True)
class SourceValue:
    """One value as a file or an answer gives it, on its way in. Empty exactly when its status says why."""

    area: str
    period: str
    value: int | None
    status: Status = Status.OBSERVED
    category: str = ""
    symbol: str = ""  # what stood in the source in place of a number
    population: int | None = None  # only where the source itself gives it
    is_approximate: bool = False
    note: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class ValueChange:
    """One value that a new batch would change: what stands now, what would stand."""

    area: str
    period: str
    category: str
    before: str  # a number, or the status when there is none
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What a new batch would do to a dataset, within the periods it brings."""

    changed: tuple[ValueChange, ...]
    new: int
    same: int
    gone: tuple[ValueChange, ...]  # stand now, and are missing in the new batch
