"""登录: accounts are made by the city's administrators; nobody signs up."""

from allauth.account.adapter import DefaultAccountAdapter  # type: ignore[import-untyped]  # ships no types
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """allauth's rules, less signing up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False
