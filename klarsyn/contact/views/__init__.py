"""Pages of the contact: a visitor's, and the staff's."""
