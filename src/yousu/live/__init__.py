"""实时: a small process of its own that tells open pages of the desk what has changed and who else is there."""
