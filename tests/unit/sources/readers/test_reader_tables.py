"""PxWeb's CSV, px and first json: layouts, marks and refusals."""

import json

import pytest

from klarsyn.sources.readers import CutError, Dimension, ReadError, px, pxcsv, pxjson
from klarsyn.sources.readers.symbols import Meaning, SymbolMap

CONTENTS = Dimension("ContentsCode", "innehåll", ("N1", "N2"), ("Folkmängd", "Folkökning"), "metric")
YEARS = Dimension("Tid", "år", ("2018", "2019"), ("2018", "2019"), "time")
CSV = (
    '"region";"kön";"Folkmängd 2018";"Folkmängd 2019";"Folkökning 2018";"Folkökning 2019"\r\n'
    '"0680 Jönköping";"1 män";69686;70000;"..";"-"\r\n'
)
PX = (
    'CODEPAGE="iso-8859-1";\nSTUB="region";\nHEADING="år";\nTIMEVAL("år")=TLIST(A1),"2018","2019";\n'
    'NOTE="Långa texter går "\n"vidare";\nNOTE[en]="no";\nDATASYMBOL2="x";\n'
    'VALUES("region")="Åre;","Jönköping";\nCODES("region")="2321","680";\n'
    'VALUES("år")="2018","2019";\nDATA=\n".." 1.5\n"-" 3;\n'
)


def test_a_heading_known_from_metadata_gives_its_codes():
    observed = pxcsv.read(CSV.encode(), heading=(CONTENTS, YEARS))
    assert [(o.period, o.categories[1][1], o.value, o.symbol) for o in observed] == [
        ("2018", "N1", 69686, ""), ("2019", "N1", 70000, ""), ("2018", "N2", None, ".."), ("2019", "N2", 0, "-"),
    ]  # fmt: skip
    assert observed[0].categories[0] == ("kön", "1", "män")
    assert (observed[0].area, observed[0].area_label) == ("0680", "Jönköping")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252"])
@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_csv_in_every_encoding_and_with_every_separator(encoding, mark):
    body = CSV.replace(";", mark).encode(encoding)
    assert [o.categories[-1][1] for o in pxcsv.read(body)] == ["Folkmängd"] * 2 + ["Folkökning"] * 2


def test_time_may_stand_as_a_column():
    assert pxcsv.read(b'"region";"\xe5r";"Antal"\r\n"680";"2019";17\r\n')[0].key == ("0680", "2019", "Antal")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('"region","Antal 2019"\n"J\u00f6nk\u00f6ping",5\n', "utan kod"),
        ('"region","Antal 2019"\n"0680",5,6\n', "Rad 2 har 3 kolumner; rubriken har 2"),
        ('"region","Antal 2019"\n"0680",5\n"680",6\n', "två gånger: 0680 2019"),
        ('"region","Antal"\n"0680",5\n', "ingen tid"),
        ('"region","Antal 2019"\n"0680","fem"\n', "Tecknet ”fem” för rad 2, 2019 är okänt"),
        ('"region","Antal 2019"\n"0680","1 234"\n', "Tecknet ”1 234”"),
        ("bara en rad", "inte en CSV-tabell"),
    ],
)
def test_csv_that_cannot_be_trusted_is_refused(text, named):
    with pytest.raises(ReadError) as refused:
        pxcsv.read(text.encode())
    assert named in str(refused.value)


def test_a_column_that_is_not_the_one_expected_is_refused():
    with pytest.raises(ReadError, match="där ”Folkmängd 2019” väntades"):
        pxcsv.read(CSV.replace("Folkmängd 2019", "Folkmängd 2020").encode(), heading=(CONTENTS, YEARS))


def test_px_reads_its_own_encoding_marks_and_long_texts():
    document = px.document(PX.encode("latin-1"))
    assert [(o.area, o.period, o.value, o.symbol) for o in document.observed] == [
        ("2321", "2018", None, "x"), ("2321", "2019", 1.5, ""), ("0680", "2018", 0, "-"), ("0680", "2019", 3, ""),
    ]  # fmt: skip
    assert document.observed[0].status.value == "withheld"  # DATASYMBOL2 says x in this file
    assert document.notes == ("Långa texter går vidare",)
    assert document.observed[0].area_label == "Åre;"


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (lambda t: t[: t.index("DATA=")], CutError),
        (lambda t: t[:-3], CutError),
        (lambda t: t.replace('CODES("region")="2321","680";\n', ""), ReadError),
        (lambda t: t.replace('"680"', '"680","681"'), ReadError),
        (lambda t: t.replace(" 1.5", ""), ReadError),
        (lambda t: t.replace('DATASYMBOL2="x"', 'DATASYMBOL2="hemligt"'), ReadError),
    ],
)
def test_px_that_lacks_something_is_refused(change, kind):
    with pytest.raises(kind):
        px.read(change(PX).encode("latin-1"))


def v1(data, columns=("Region", "Tid")):
    kinds = [{"code": c, "text": c, "type": "t" if c == "Tid" else "d"} for c in columns]
    return json.dumps({"columns": [*kinds, {"code": "N1", "text": "n", "type": "c"}], "data": data}).encode()


@pytest.mark.parametrize(
    ("data", "named"),
    [
        ([{"key": ["0680"], "values": ["1"]}], "Rad 1 har 1 nycklar och 1 värden"),
        ([{"key": ["0680", "2019"], "values": []}], "0 värden"),
        (
            [{"key": ["0680", "2019"], "values": ["1"]}, {"key": ["680", "2019"], "values": ["2"]}],
            "två gånger",
        ),
        ([{"key": ["0680", "2019"], "values": ["n/a"]}], "Tecknet ”n/a”"),
        ([{"values": ["1"]}], "saknar key"),
    ],
)
def test_rows_of_the_first_api_that_do_not_fit_are_named(data, named):
    with pytest.raises(ReadError) as refused:
        pxjson.read(v1(data))
    assert named in str(refused.value)


def test_the_first_api_keeps_every_mark():
    rows = [
        {"key": [code, "2019"], "values": [v]} for code, v in zip("1234", ["-", "..", ".", "s"], strict=True)
    ]
    own = SymbolMap((("-", Meaning.ZERO), ("..", Meaning.UNAVAILABLE), (".", Meaning.NOT_APPLICABLE),
                     ("s", Meaning.WITHHELD)))  # fmt: skip
    assert [(o.value, o.status.value) for o in pxjson.read(v1(rows), symbols=own)] == [
        (0, "observed"), (None, "unavailable"), (None, "not_applicable"), (None, "withheld"),
    ]  # fmt: skip
