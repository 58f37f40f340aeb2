"""Answers given elsewhere: a survey's table read by a map, and a map proposed for a table nobody has mapped yet."""
