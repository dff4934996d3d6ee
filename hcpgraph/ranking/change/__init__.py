"""How ranks change: comparison of periods, and who is rising."""
