"""Messages between the front and its workers: typed records, each sent as a JSON object behind its length.

``encode`` and ``decode`` are the only places where records become bytes and bytes records; what does not fit the record
that it says it is raises ``MessageError``. A reply is followed by as many bytes as its ``size`` announces.
"""

import json
import struct
from dataclasses import dataclass, fields
from types import NoneType
from typing import TYPE_CHECKING, Any, BinaryIO, get_args, get_origin, get_type_hints

from graph.common.errors import MotegrafError
from graph.server.parameters import first_value

if TYPE_CHECKING:
    # Here, not above: workers speak without it, and it would be a third of their start.
    from asyncio import StreamReader

LENGTH = struct.Struct("!I")


class MessageError(MotegrafError):
    """Bytes are none of the messages that front and workers exchange."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """``base`` is that of the build, ``max_rows`` and ``max_bytes`` are of the answer, ``seconds`` of its making."""

    base: str
    max_rows: int
    max_bytes: int
    gzip: bool
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _PagedTask(_Task):
    """A task whose answer may be a page: ``path`` is its own below ``/``, ``root`` leads from it to ``/``.

    ``lang_chosen``: the address names the language. ``parameters`` are its others, names and values in turn,
    ``settings`` those of the site in order.
    """

    path: str = ""
    root: str = ""
    lang_chosen: bool = False
    parameters: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryTask(_PagedTask):
    """A SPARQL query, and the address that it was sent to, against which its relative IRIs are resolved.

    The graphs are those that the request names, or None if it names none; the formats are those that its client wants
    of each kind of answer, or None if it accepts none.
    """

    query: str
    lang: str
    validate: bool
    default_graphs: tuple[str, ...] | None
    named_graphs: tuple[str, ...] | None
    table_format: str | None
    boolean_format: str | None
    graph_format: str | None
    address: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphTask(_PagedTask):
    """All statements of a graph, or of all graphs where ``graph`` is None.

    Where there is no such graph, of the graph ``document_of`` in ``document_format``, if there is one.
    """

    graph: str | None
    graph_format: str | None
    document_of: str | None = None
    document_format: str | None = None
    lang: str = "nb"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityTask(_Task):
    """The description of an entity. ``path`` is its address below the base, ``root`` leads from its page to ``/``.

    Where there is no such entity, that of ``document_of`` in ``document_format``, if there is one. Where the address is
    that of nothing ``possible``, only what is similar to the entity is looked for. ``lang_chosen``: the address names
    the language. ``parameters`` are its others, names and values in turn, ``settings`` those of the site in order.
    """

    entity: str
    path: str
    root: str
    lang: str
    format: str | None
    document_of: str | None = None
    document_format: str | None = None
    possible: bool = True
    lang_chosen: bool = False
    parameters: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTask(_Task):
    """A page that is made of the store. ``page`` says which (see ``workers.pages``), ``format`` in which format.

    ``path`` is its own below ``/``, ``root`` leads from it to ``/``; the rest is as in ``EntityTask``.
    """

    page: str
    path: str
    root: str
    lang: str
    format: str = "html"
    lang_chosen: bool = False
    parameters: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()

    def value(self, name: str) -> str:
        """Return the first value of a parameter without white space around it; an empty text where it has none."""
        return first_value(self.parameters, name)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconciliationTask(_Task):
    """A request to the reconciliation service: ``match``, ``extend``, ``suggest`` or ``preview``.

    ``text`` is what it is about: the JSON of a batch or of what to fetch, the beginning of a name, an id. ``cursor`` is
    how many suggestions to skip, and a ``type`` among the parameters is theirs; the rest is as in ``PageTask``.
    """

    operation: str
    text: str
    path: str
    root: str
    lang: str
    cursor: int = 0
    lang_chosen: bool = False
    parameters: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordsTask(_Task):
    """Rows of registers for the interactive page: those of entities, by number or by id."""

    numbers: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A worker has opened its store; whether the system holds it to what it has given up."""

    network_dropped: bool
    memory_limited: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The head of an answer, or of an error with its ``message``.

    ``not_acceptable`` is the kind of answer that the client accepts in no format. ``truncated`` is the limit (``rows``
    or ``bytes``) that cut the answer to its first ``rows``, or None. ``policy`` is the content security policy of a
    page, ``describes`` the entity that an answer is about, ``tag`` a digest of the answer before compression.
    ``moved_to`` is the path below ``/`` at which what was meant stands, for ever (308) or for now (302). ``recycle``:
    the worker has little memory left.
    """

    status: int
    message: str | None = None
    not_acceptable: str | None = None
    media_type: str | None = None
    truncated: str | None = None
    rows: int = 0
    policy: str | None = None
    describes: str | None = None
    moved_to: str | None = None
    tag: str = ""
    gzip: bool = False
    recycle: bool = False
    size: int = 0


Task = QueryTask | GraphTask | EntityTask | PageTask | ReconciliationTask | RecordsTask
Message = Task | Ready | Reply
_KINDS: dict[str, type[Message]] = {
    "query": QueryTask,
    "graph": GraphTask,
    "entity": EntityTask,
    "page": PageTask,
    "reconciliation": ReconciliationTask,
    "records": RecordsTask,
    "ready": Ready,
    "reply": Reply,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}


def encode(message: Message) -> bytes:
    """Return a message as bytes: its length (four bytes, the most significant first) and its JSON."""
    record = {"kind": _NAMES[type(message)]} | {name: getattr(message, name) for name in _TYPES[type(message)]}
    data = json.dumps(record, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return LENGTH.pack(len(data)) + data


def decode(data: bytes) -> Message:
    """Return the message whose JSON this is. Raise MessageError where it is none."""
    try:
        record = json.loads(data.decode("utf-8", "surrogatepass"))
        kind = _KINDS[record.pop("kind")]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise MessageError("this is no message of a worker or the front") from error
    types = _TYPES[kind]
    if record.keys() != types.keys():
        raise MessageError(f"{kind.__name__} has other fields: {sorted(record.keys() ^ types.keys())}")
    for name, value in record.items():
        if not isinstance(value, types[name]) or (isinstance(value, bool) and bool not in types[name]):
            raise MessageError(f"{kind.__name__}.{name} is of another type")
        if isinstance(value, list):
            if not all(isinstance(each, str) for each in value):
                raise MessageError(f"{kind.__name__}.{name} is of another type")
            record[name] = tuple(value)
    return kind(**record)


def _types_of(kind: type[Message]) -> dict[str, tuple[type, ...]]:
    """Return the types that a field may have in JSON, by its name: tuples of strings are lists there."""
    hints = get_type_hints(kind)
    return {field.name: tuple(_json_types(hints[field.name])) for field in fields(kind)}


def _json_types(hint: Any) -> list[type]:
    if hint is float:
        return [float, int]
    if hint in (str, int, bool, NoneType):
        return [hint]
    if get_origin(hint) is tuple:
        return [list]
    return [kind for part in get_args(hint) for kind in _json_types(part)]


_TYPES = {kind: _types_of(kind) for kind in _NAMES}


def read(stream: BinaryIO) -> Message | None:
    """Return the next message, or None where the other side has closed the stream."""
    length = stream.read(LENGTH.size)
    return decode(stream.read(LENGTH.unpack(length)[0])) if len(length) == LENGTH.size else None


async def read_async(stream: "StreamReader") -> Message:
    """Return the next message. Raise IncompleteReadError where the other side ends before it is whole."""
    length = await stream.readexactly(LENGTH.size)
    return decode(await stream.readexactly(LENGTH.unpack(length)[0]))
