"""The sample answers of each format, read as they came."""

from pathlib import Path

import pytest

from klarsyn.sources.readers import jsonstat, kolada, px, pxcsv, pxjson
from smallcounts.counts import Status

PAYLOADS = Path(__file__).parents[1] / "payloads"
ONE_TABLE = [
    ("0114", "2018", None, Status.UNAVAILABLE, ".."),
    ("0114", "2019", 46380, Status.OBSERVED, ""),
    ("0115", "2018", 0, Status.OBSERVED, "-"),
    ("0115", "2019", 33849, Status.OBSERVED, ""),
    ("0680", "2018", 139371, Status.OBSERVED, ""),
    ("0680", "2019", 141092, Status.OBSERVED, ""),
]


@pytest.mark.parametrize(
    ("reader", "name"),
    [(jsonstat, "v2_data.json-stat2"), (pxcsv, "v2_data.csv"), (px, "v2_data.px")],
)
def test_the_same_table_reads_the_same_in_three_formats(reader, name):
    observed = reader.read((PAYLOADS / name).read_bytes())
    assert [(o.area, o.period, o.value, o.status, o.symbol) for o in observed] == ONE_TABLE


def test_json_stat_carries_contents_unit_and_labels():
    last = jsonstat.read((PAYLOADS / "v2_data.json-stat2").read_bytes())[-1]
    assert last.categories == (("ContentsCode", "BE0101N1", "Folkmängd"),)
    assert (last.area_label, last.unit) == ("Jönköping", "antal")


def test_the_first_api_starts_with_a_byte_order_mark_and_sends_texts():
    body = (PAYLOADS / "v1_data.json").read_bytes()
    assert body.startswith(b"\xef\xbb\xbf")
    observed = pxjson.read(body, labels={"Region": {"0680": "Jönköping"}})
    assert [(o.area, o.value, o.symbol) for o in observed][::3] == [
        ("0114", None, ".."),
        ("0680", 141092, ""),
    ]
    assert observed[-1].area_label == "Jönköping"
    assert observed[-1].unit == "antal"


def test_kolada_keeps_a_missing_value_missing():
    observed = kolada.read((PAYLOADS / "kolada_v3_data.json").read_bytes())
    assert {o.status for o in observed if o.area == "0114" and o.period == "2018"} == {Status.UNAVAILABLE}
    total = [o for o in observed if o.area == "0680" and o.period == "2018"][-1]
    assert (total.value, type(total.value), total.categories[1]) == (139371, int, ("gender", "T", "totalt"))
