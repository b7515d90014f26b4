"""未诉先办: a topic is governed: cause, lead unit, measures, target, appeals before and after."""
