"""Erase people: the rows that are theirs, their words, and every byte of the file."""
