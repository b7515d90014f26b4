"""指标: a figure is the set of facts it counts; defined once, compiled for every engine."""
