"""Printables on paper: PDF/UA-1 by Typst, from the same Markdown as the page."""
