"""Pages of courses: at the desk, by a unit's link, and for those who write them."""
