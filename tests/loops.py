"""Event loops of tests' own, which run whether or not the one that drives the browser does."""

import asyncio
from collections.abc import Coroutine
from typing import Any


def run(work: Coroutine[Any, Any, Any]) -> Any:
    """Return what it returns; meanwhile the loop of the browser, which has this thread once one is started, rests."""
    driving = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    try:
        return asyncio.run(work)
    finally:
        asyncio._set_running_loop(driving)
