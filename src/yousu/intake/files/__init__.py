"""文件: tables and JSON Lines as people and systems export them, read row by row."""
