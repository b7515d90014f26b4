"""案件: what every kind shares: stages, assignment, clocks, versions, rights. Knows no appeal and no hazard."""
