"""The edition as open data: CSV, XLSX, JSON-stat 2, a Tabular Data Package and DCAT-AP-SE metadata."""

from klarsyn.report.opendata.facts import EditionFacts
from klarsyn.report.opendata.write import write_open_data

__all__ = ["EditionFacts", "write_open_data"]
