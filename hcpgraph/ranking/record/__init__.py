"""What the period's data say of people: responses, incoming edges, their recency."""
