"""组织: units, accounts, roles, capabilities, and the city's configuration."""
