"""公文: one model of a printed bulletin and its renderings: text, HTML and PDF. Knows no Django and counts nothing."""
