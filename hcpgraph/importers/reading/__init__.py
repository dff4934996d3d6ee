"""Files as rows: heads, lines, CSV, JSON, Parquet, columns, conversions."""
