"""公文: one model of what is printed and its renderings: text, HTML, PDF, DOCX. Knows no Django and counts nothing."""
