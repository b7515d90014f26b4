"""Words that the modules beside read."""
