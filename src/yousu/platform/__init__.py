"""What the machine offers: database server, keys, files, clock. Knows nothing of cases or cities."""
