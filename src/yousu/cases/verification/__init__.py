"""核验: everything stored is rebuilt from the events and compared."""
