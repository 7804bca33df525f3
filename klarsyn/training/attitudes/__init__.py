"""Attitudes measured without names: before, after and at three months, paired by a code of one's own."""
