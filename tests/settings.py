"""Yousu's own settings, read from the environment of the scratch server."""

from tests import scratch

scratch.prepare()

from yousu.config.settings import *  # noqa: E402, F403 - the environment comes first

# Slow on purpose elsewhere; hundreds of tests make accounts.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
