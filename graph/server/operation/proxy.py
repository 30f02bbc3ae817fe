"""The client behind a proxy: ``X-Forwarded-For``, believed of the proxies alone that the operator names.

Anybody can send that header. So it is read only where the connection comes from a trusted address, and from its end:
each proxy adds the address that it was asked from. The last one that is not a trusted proxy is the client; what stands
before it, the client may have invented.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from starlette.datastructures import Headers
from starlette.types import Scope

Network = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class TrustedProxies:
    """The addresses and networks of proxies whose header is believed."""

    networks: tuple[Network, ...] = ()

    @classmethod
    def of(cls, addresses: Iterable[str]) -> "TrustedProxies":
        """Return those with these addresses or networks. Raise ValueError where one is neither."""
        return cls(tuple(map(ip_network, addresses)))

    def trusts(self, host: str | None) -> bool:
        """Return whether a connection from this address is that of a trusted proxy."""
        address = _address_of(host or "") if self.networks else None
        return address is not None and any(address in network for network in self.networks)

    def client(self, scope: Scope) -> str | None:
        """Return the address of the client for whom a trusted proxy asks; None where that is not known."""
        client: tuple[str, int] | None = scope.get("client")
        if not client or not self.trusts(client[0]):
            return None
        forwarded = ",".join(Headers(scope=scope).getlist("x-forwarded-for")).split(",")
        for each in reversed(forwarded):
            address = _address_of(each.strip())
            if address is None:
                return None
            if not self.trusts(str(address)):
                return str(address)
        return None


def _address_of(text: str) -> IPv4Address | IPv6Address | None:
    """Return an address, that of IPv4 where it is written as one of IPv6; None where it is none."""
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address
