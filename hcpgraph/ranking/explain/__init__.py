"""Why a person has a rank, and how robust it is."""
