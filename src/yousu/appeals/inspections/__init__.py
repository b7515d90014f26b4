"""质检: seeded samples of calls and orders, scored item by item; who was scored may object once."""
