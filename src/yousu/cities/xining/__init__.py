"""西宁: the sample city's units, channels, categories, places, days and words."""
