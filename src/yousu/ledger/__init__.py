"""账本: streams of events, chained; positions, seals, persons, accesses, outbox. Knows no case."""
