"""接口: the HTTP API."""
