"""接口: the HTTP API. Parses, calls one command or one query, renders. No rules."""
