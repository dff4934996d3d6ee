"""Files into the study and out again: staged, numbered, written, removed."""
