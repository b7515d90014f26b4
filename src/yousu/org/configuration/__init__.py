"""配置: what is set in the city: each file a stream, each change an event; read back, compared, put in force."""
