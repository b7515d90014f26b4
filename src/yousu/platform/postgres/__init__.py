"""内置数据库: the embedded PostgreSQL of a home, and the check every server must pass."""
