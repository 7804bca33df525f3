"""The evening when the mapping is presented: questions noted there, answered and checked afterwards."""
