"""A course for the municipality's own learning platform: SCORM 1.2 and cmi5."""
