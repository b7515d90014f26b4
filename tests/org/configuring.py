"""Who changes the city's data in tests, and a row to add."""

from yousu.org.actors import Actor

ADMIN = Actor(code="account:admin1", roles=frozenset({"administrator"}))
PARK = {"code": "park", "name_zh": "园林局", "name_en": "Parks", "parent": "", "kind": "bureau"}
