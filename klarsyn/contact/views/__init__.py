"""The pages of the contact: a visitor's, and the counsellors'."""
