"""城市: what differs by city, as data; one folder a city."""
