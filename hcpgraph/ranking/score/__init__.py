"""The score: a weighted sum of signals, and where the weights come from."""
