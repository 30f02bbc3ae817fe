"""How the server is run: what it logs, whether it shows metrics and makes pages ahead, which proxies it believes."""

from dataclasses import dataclass, field

from graph.server.operation.log import FORMATS
from graph.server.operation.proxy import TrustedProxies


@dataclass(frozen=True, slots=True)
class Operation:
    """``log_format`` is one of ``log.FORMATS``; ``log_queries``: with the words of queries.

    ``warm_up``: pages are made while nobody waits (see the module of that name).
    """

    log_format: str = FORMATS[0]
    log_queries: bool = False
    metrics: bool = True
    warm_up: bool = False
    proxies: TrustedProxies = field(default_factory=TrustedProxies)
