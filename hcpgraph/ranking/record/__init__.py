"""The period's data: responses, incoming edges, recency."""
