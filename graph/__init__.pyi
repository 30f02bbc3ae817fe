# The types of the public API, for type checkers: at run time each name is imported when it is first used.
from pathlib import Path

from build_graph import build as build
from graph.api import check as check
from graph.common.errors import MotegrafError as MotegrafError
from graph.common.findings import Finding as Finding
from graph.common.findings import FindingsError as FindingsError
from graph.network.presence import participations as participations
from graph.network.presence import presence_network as presence_network
from graph.query.ask import ask as ask
from graph.query.ask import connect as connect
from graph.query.questions import questions as questions

HOME: Path
ONLY_THE_PACKAGE: str
NOT_FROM_A_ZIP: str
__version__: str
