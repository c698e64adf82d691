"""Whom an address stands for, where it is counted what comes from one."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address

_HOST_BITS = 64


def network(address: str) -> str:
    """Return what counts as one address: in IPv6 the /64 network, of which one person has all.

    An IPv4 address in IPv6's clothes counts as itself; what is no address counts as it is written.
    """
    try:
        read = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(read, IPv6Address):
        return str(read)
    if read.ipv4_mapped is not None:
        return str(read.ipv4_mapped)
    return str(IPv6Address(int(read) >> _HOST_BITS << _HOST_BITS))
