"""Slides for the council hall: one finding each, in HTML that a keyboard drives and paper keeps."""

from klarsyn.report.slides.write import write_slides

__all__ = ["write_slides"]
