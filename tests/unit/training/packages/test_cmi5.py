"""The cmi5 package: `cmi5.xml` as the standard wants it, read by rules of our own since its schema is in no registry."""

from xml.etree import ElementTree

from klarsyn.training.packages import cmi5
from tests.unit.training.packages.pack import pack
from tests.unit.training.packages.test_scorm12 import opened

ORDER = {
    "courseStructure": ["course", "au"],
    "course": ["title", "description"],
    "au": ["title", "description", "url"],
}
MOVES = {"Passed", "Completed", "CompletedAndPassed", "CompletedOrPassed", "NotApplicable"}


def test_the_structure_has_its_parts_in_their_order() -> None:
    files = opened(cmi5.package(pack(), "https://exempel.se/"))
    root = ElementTree.fromstring(files["cmi5.xml"])
    assert root.tag == f"{{{cmi5.SPACE}}}courseStructure"
    for element in root.iter():
        name = element.tag.rpartition("}")[2]
        if name in ORDER:
            assert [child.tag.rpartition("}")[2] for child in element] == ORDER[name]
        if name in ("title", "description"):
            assert [c.tag for c in element] == [f"{{{cmi5.SPACE}}}langstring"] and element[0].get(
                "lang"
            ) == "sv"


def test_ids_are_addresses_of_their_own_and_what_moves_on_is_in_the_vocabulary() -> None:
    root = ElementTree.fromstring(cmi5.structure(pack(), "https://exempel.se"))
    ids = [element.get("id", "") for element in root]
    assert ids == ["https://exempel.se/kurser/provkurs/sv", "https://exempel.se/kurser/provkurs/sv/1.0"]
    assert root[1].get("moveOn") in MOVES and root[1].get("launchMethod") in {"AnyWindow", "OwnWindow"}
    assert root[1][2].text in opened(cmi5.package(pack(), "https://exempel.se"))
