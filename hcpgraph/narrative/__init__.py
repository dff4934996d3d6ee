"""Values to sentences: standing, robustness, prospects. No study and no database."""
