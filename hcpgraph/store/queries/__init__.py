"""What the study is asked: ties, accounts, posts, people, counts."""
