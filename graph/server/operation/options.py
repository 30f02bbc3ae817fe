"""How the server is run: what it logs, whether it shows metrics, which proxies it believes."""

from dataclasses import dataclass, field

from graph.server.operation.log import FORMATS
from graph.server.operation.proxy import TrustedProxies


@dataclass(frozen=True, slots=True)
class Operation:
    """``log_format`` is one of ``log.FORMATS``; ``log_queries``: with the words of queries."""

    log_format: str = FORMATS[0]
    log_queries: bool = False
    metrics: bool = True
    proxies: TrustedProxies = field(default_factory=TrustedProxies)
