"""The calendar of fairs and large events, and the weeks it parts a year into."""
