"""文本理解: text in, judgement out. Knows no case, no database."""
