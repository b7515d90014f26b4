"""The sample days' tests look at the played demonstration."""

from tests.played import Demo, demo, demo_of

__all__ = ["Demo", "demo", "demo_of"]
