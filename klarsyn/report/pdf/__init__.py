"""The paper edition: the page's sibling as PDF/UA-1, made by Typst from the same view model."""

from klarsyn.report.pdf.write import write_pdf

__all__ = ["write_pdf"]
