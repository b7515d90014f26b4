"""网络地址: where a request comes from, and a mark by which an address is recognised without being kept."""

import ipaddress
from collections.abc import Mapping
from typing import Any

from yousu.platform import environment, keys

_MARK_DIGITS = 16


def address_of(headers: Mapping[str, Any]) -> str:
    """The sender's address by WSGI's names; behind trusted proxies the one that the outermost of them saw."""
    proxies = environment.integer("YOUSU_TRUSTED_PROXIES")
    forwarded = [part.strip() for part in str(headers.get("HTTP_X_FORWARDED_FOR", "")).split(",") if part.strip()]
    if proxies and len(forwarded) >= proxies:
        return forwarded[-proxies]
    return str(headers.get("REMOTE_ADDR", ""))


def network_of(address: str) -> str:
    """What is counted as one sender: an IPv4 address, or a household's /64 of IPv6."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((parsed, 64), strict=False)) if parsed.version == 6 else address


def mark_of(address: str) -> str:
    """A keyed digest: equal for equal senders, readable by nobody."""
    return keys.lookup("address", network_of(address)).hex()[:_MARK_DIGITS]
