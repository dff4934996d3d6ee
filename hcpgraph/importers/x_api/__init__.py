"""Posts and users of X API v2, as twarc2, academictwitteR and others save them."""
