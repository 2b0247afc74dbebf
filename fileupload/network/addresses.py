"""Which addresses a destination may have: public ones, and those that the operator opened (decisions, section 9).

An IPv6 address that stands for an IPv4 one (mapped, 6to4, NAT64) is judged as that one: it is where the packets end.
"""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from django.conf import settings

Address = IPv4Address | IPv6Address
NAT64 = IPv6Network("64:ff9b::/96")
INSIDE_TOO: list[IPv4Network | IPv6Network] = [
    IPv4Network("192.0.0.0/24"),  # set aside for protocols; a cloud's metadata service is at .192
    IPv4Network("192.88.99.0/24"),  # relays of 6to4, given up
    IPv4Network("168.63.129.16/32"),  # a cloud's service for its own machines, behind a public address
    IPv6Network("3fff::/20"),  # documentation
    IPv6Network("5f00::/16"),  # segment routing
]
"""What Python's own list of special addresses takes for public."""


def is_allowed(text: str) -> bool:
    """Whether a destination may be at the address, as `getaddrinfo` writes it."""
    address = ends_at(ip_address(text.partition("%")[0]))
    if any(address in network for network in settings.FILE_UPLOAD_ALLOWED_NETWORKS):
        return True
    return _is_public(address)


def all_allowed(texts: Iterable[str]) -> bool:
    """Whether every one of a name's addresses will do: one inside is enough to refuse the name."""
    return all(is_allowed(text) for text in texts)


def ends_at(address: Address) -> Address:
    """The address itself, or the IPv4 address that it stands for."""
    if isinstance(address, IPv4Address):
        return address
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def _is_public(address: Address) -> bool:
    """Not loopback, private, link-local (metadata services), shared, unspecified, multicast, nor set aside for anything else."""
    if isinstance(address, IPv6Address) and (address.is_site_local or address.teredo is not None):
        return False
    if any(address in network for network in INSIDE_TOO):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)
