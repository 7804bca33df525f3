"""English: protected counts. No difference is stated that is smaller than rounding can make."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from klarsyn.report import categories
from klarsyn.report.counted_things import things, whose
from klarsyn.report.numbers import capital, listing, ratio
from klarsyn.report.sentences.told import Told


def protected_total(t: Told) -> str:
    what = f"{things(t.measure, 'en')}{whose(t.reception, 'en')}"
    if t.number("lower") == t.number("upper"):
        return f"{t.count('count')} {what} were counted in {t.period()}."
    return (
        f"About {t.count('count')} {what} were counted in {t.period()}: between {t.count('lower')} and "
        f"{t.count('upper')}, rounded."
    )


def protected_apart(t: Told) -> str:
    return (
        f"In {t.period()} each kind was counted by itself{whose(t.reception, 'en')}: they have units of "
        "their own and are never added."
    )


def protected_change(t: Told) -> str:
    said = (
        f"From {t.period('from')} to {t.period('to')} the count went from about {t.count('count_from')} to "
        f"about {t.count('count_to')}"
    )
    if t.number("is_sure"):
        return f"{said}; the difference is larger than the rounding."
    return f"{said}; rounding alone can make as much, so we do not know whether the count has changed."


def _variable(t: Told) -> str:
    return capital(categories.variable(t.text("variable"), "en"))


def protected_most(t: Told) -> str:
    most = categories.category(t.text("variable"), t.text("category"), "en")
    return f"{_variable(t)} in {t.period()}: most often {most} (about {t.count('count')})."


def protected_close(t: Told) -> str:
    pairs = zip(t.names("categories"), t.names("counts"), strict=True)
    named = [f"{categories.category(t.text('variable'), c, 'en')} (about {n})" for c, n in pairs]
    return (
        f"{_variable(t)} in {t.period()}: {listing(named, 'en')} are so near each other that rounding does "
        "not let us say which is largest."
    )


def protected_pairs(t: Told) -> str:
    when = categories.category("point", t.text("point"), "en")
    said = (
        f"{capital(when)}, {t.period()}: about {t.count('nearer')} answered nearer what the course teaches "
        f"than before, about {t.count('further')} further away."
    )
    ways = {"more_gained": "nearer", "more_lost": "further away"}
    way = ways.get(t.text("carried"))
    if way is None:
        return (
            f"{said} The rounded numbers carry no test of paired answers: how the rounding fell decides "
            "the answer, so no p-value and no effect is printed."
        )
    return (
        f"{said} That more moved {way} is more than chance gives however the rounding fell "
        "(sign test, 95 percent). There is no control group, so it does not say why."
    )


def protected_how(t: Told) -> str:
    said = "Counts are rounded so that nobody can be recognised; a true count lies at most "
    said = f"{said}{t.count('error')} away." if t.number("error") else ""
    hidden = int(t.number("hidden"))
    if hidden:
        many = "1 figure is" if hidden == 1 else f"{t.count('hidden')} figures are"
        said = f"{said} {many} not shown at all, since someone could otherwise be recognised."
    return said.strip()


def weeks_ratio(t: Told) -> str:
    return (
        f"In the {t.count('weeks_event')} weeks with an event about {t.count('count_event')} signs were "
        f"logged, in the {t.count('weeks_other')} others about {t.count('count_other')}. A week that is "
        f"{t.ratio()} times as many (uncertainty interval {t.between(ratio)}, the rounding included): "
        f"{_WEEKS[t.text('verdict')]} Whoever looks more sees more, and nothing is said of how much happens."
    )


_WEEKS = {
    "above": "more than in other weeks.",
    "below": "fewer than in other weeks.",
    "not_shown": "no difference is shown.",
}


def weeks_too_few(t: Told) -> str:
    return (
        f"Weeks with an event are not compared with others in {t.period()}: at least {t.count('least')} "
        f"signs and {t.count('weeks')} weeks of each kind are needed."
    )


def outreach_weeks_ratio(t: Told) -> str:
    return (
        f"In the {t.count('weeks_event')} weeks with an event ({t.count('days_event')} days) about "
        f"{t.count('count_event')} tries at contact were made, in the {t.count('weeks_other')} others "
        f"({t.count('days_other')} days) about {t.count('count_other')}. A week that is {t.ratio()} times as "
        f"many (uncertainty interval {t.between(ratio)}, the rounding included): {_WEEKS[t.text('verdict')]} "
        "More shifts give more tries, and nothing is said of how many people it concerns or how much happens."
    )


def outreach_weeks_too_few(t: Told) -> str:
    return (
        f"Outreach in weeks with an event is not compared with others in {t.period()}: at least "
        f"{t.count('least')} tries and {t.count('weeks')} weeks of each kind are needed."
    )


def outreach_weeks_unsaid(t: Told) -> str:
    return (
        f"Outreach in weeks with an event is not compared with others in {t.period()}: of some sheet it is "
        "not known which week it belongs to."
    )


_ALL = (
    protected_total,
    protected_apart,
    protected_change,
    protected_most,
    protected_close,
    protected_pairs,
    protected_how,
    weeks_ratio,
    weeks_too_few,
    outreach_weeks_ratio,
    outreach_weeks_too_few,
    outreach_weeks_unsaid,
)
SENTENCES: Mapping[str, Callable[[Told], str]] = {write.__name__: write for write in _ALL}
