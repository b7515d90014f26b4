"""Settings, addresses, entry points. No rules."""
