"""外观: light or dark, large text, single keys; each browser remembers its own choice in cookies that name nobody."""

from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

_YEAR_S = 365 * 24 * 3600
# What may be chosen; the first is what a browser that chose nothing gets.
CHOICES = {"theme": ("system", "light", "dark"), "size": ("usual", "large"), "keys": ("on", "off")}


@dataclass(frozen=True)
class Looks:
    """How this browser wants its pages."""

    request: HttpRequest

    @cached_property
    def theme(self) -> str:
        """`light`, `dark`, or empty for what the system says."""
        chosen = self._chosen("theme")
        return "" if chosen == "system" else chosen

    @cached_property
    def is_large(self) -> bool:
        """大字版."""
        return self._chosen("size") == "large"

    @cached_property
    def has_keys(self) -> bool:
        """Whether single letters act. Who dictates or uses a screen reader may switch them off."""
        return self._chosen("keys") == "on"

    def _chosen(self, name: str) -> str:
        value = self.request.COOKIES.get(name, "")
        return value if value in CHOICES[name] else CHOICES[name][0]


@require_POST
def looks(request: HttpRequest) -> HttpResponse:
    """外观: keeps what was chosen and goes back to the page."""
    wanted = request.POST.get("next", "")
    back = wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}) else "/"
    response = redirect(back)
    for name, values in CHOICES.items():
        value = request.POST.get(name)
        if value in values:
            response.set_cookie(name, value, max_age=_YEAR_S, samesite="Lax", httponly=True)
    return response
