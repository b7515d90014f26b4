"""指标: figures as sets of facts."""
