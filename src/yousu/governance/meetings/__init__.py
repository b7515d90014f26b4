"""研判会: what lies before a meeting, and its decisions as tasks of units."""
