"""Word 文件: what python-docx leaves to the writer: styles, borders, fields, and a package that is always the same."""
