"""进线: what channels deliver is stored, then recorded exactly once."""
