"""Courses as files: read, checked with the line of every fault, and handed on as values that never change."""
