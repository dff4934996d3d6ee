"""Whether a ranking is right: backtest, baselines, ranking metrics, sparse data."""
