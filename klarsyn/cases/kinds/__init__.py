"""The forms that a case can hold, one file a family; every file here is loaded when the site starts."""
