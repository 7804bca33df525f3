"""How a comparison stands, from what the rows say alone."""

import pytest

from klarsyn.base.errors import Refused
from klarsyn.report.others.standing import (
    Said,
    Standing,
    can_agree,
    can_withdraw,
    check_agree,
    check_withdraw,
    standing,
)

DISA, CILLA = 1, 2
CASES = [
    (Said(DISA, False, False, ()), Standing.PROPOSED),
    (Said(DISA, True, False, ()), Standing.PUBLIC),
    (Said(DISA, False, False, ("Granby",)), Standing.OUTDATED),
    (Said(DISA, True, False, ("Granby",)), Standing.OUTDATED),
    (Said(DISA, False, True, ()), Standing.WITHDRAWN),
    (Said(DISA, True, True, ("Granby",)), Standing.WITHDRAWN),
]


@pytest.mark.parametrize(("said", "wanted"), CASES)
def test_withdrawn_comes_before_outdated_and_outdated_before_public(said: Said, wanted: Standing) -> None:
    assert standing(said) is wanted


@pytest.mark.parametrize(("said", "wanted"), CASES)
@pytest.mark.parametrize("who", [DISA, CILLA])
def test_the_button_and_the_rule_say_the_same(said: Said, wanted: Standing, who: int) -> None:
    may = wanted is Standing.PROPOSED and who == CILLA
    assert can_agree(said, who) is may
    if may:
        check_agree(said, who)
    else:
        with pytest.raises(Refused, match=r"har ändrats|har publicerats"):
            check_agree(said, who)
    if can_withdraw(said):
        check_withdraw(said)
    else:
        with pytest.raises(Refused, match="redan tillbakadragen"):
            check_withdraw(said)
