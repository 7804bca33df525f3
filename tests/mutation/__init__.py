"""Small faults planted in the code one at a time: a test that says nothing about one of them is missing."""
