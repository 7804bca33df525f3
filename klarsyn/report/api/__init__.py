"""Released figures for other people's programs: read only, one description, at /api/v1/."""
