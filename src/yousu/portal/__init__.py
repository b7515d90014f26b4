"""门户: the pages of residents."""
