"""Kolada's rows: missing, deleted, words nobody has explained, groups that are no places."""

import json

import pytest

from klarsyn.sources.readers import ReadError, kolada
from smallcounts.counts import Status


def answer(municipality="0680", **value):
    one = {"gender": "T", "count": 1, "status": "", "value": 5.0, "isdeleted": False, **value}
    row = {"kpi": "N01951", "municipality": municipality, "period": 2019, "values": [one]}
    return json.dumps({"values": [row], "count": 1, "next_url": None, "previous_url": None}).encode()


def test_a_missing_value_without_a_word_is_unavailable():
    one = kolada.read(answer(value=None))[0]
    assert (one.value, one.status) == (None, Status.UNAVAILABLE)


def test_a_word_nobody_has_explained_is_refused_until_it_is():
    body = answer(value=None, status="Secret")
    with pytest.raises(ReadError, match="”Secret”"):
        kolada.read(body)
    one = kolada.read(body, statuses={"Secret": Status.WITHHELD})[0]
    assert (one.value, one.status, one.symbol) == (None, Status.WITHHELD, "Secret")


def test_a_deleted_value_never_counts():
    body = answer(value=5.0, isdeleted=True)
    with pytest.raises(ReadError, match="tagit bort"):
        kolada.read(body)
    one = kolada.read(body, keep_deleted=True)[0]
    assert (one.value, one.status, one.symbol) == (None, Status.UNAVAILABLE, "isdeleted")


def test_a_number_with_a_word_that_denies_it_is_refused():
    with pytest.raises(ReadError, match="säger att det inte finns"):
        kolada.read(answer(status="Secret"), statuses={"Secret": Status.WITHHELD})


@pytest.mark.parametrize(
    ("identity", "code"), [("0006", "06"), ("0000", "00"), ("0680", "0680"), ("680", "0680")]
)
def test_regions_are_counties(identity, code):
    assert kolada.read(answer(identity))[0].area == code


def test_a_group_is_no_place():
    with pytest.raises(ReadError, match="ovägda medelvärden"):
        kolada.read(answer("G35903"))


def test_whole_figures_are_whole_and_shares_are_not():
    assert [kolada.read(answer(value=v))[0].value for v in (141081.0, 12.5, 0.0)] == [141081, 12.5, 0]


@pytest.mark.parametrize(
    "body",
    [
        answer(gender="X"), answer(value=True), answer(""), b'{"count": 0}', b"[]",
        b'{"values": [{"kpi": "N1"}]}', b'{"values": [], "next_page": null}', b'{"values": [], "next_url": 7}',
    ],
)  # fmt: skip
def test_what_is_not_an_answer_is_refused(body):
    with pytest.raises(ReadError):
        kolada.read(body)
