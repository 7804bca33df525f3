"""HTCDS 2.0 in and out: one field table drives what is written, checked, read and explained."""
