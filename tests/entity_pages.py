"""Pages of entities without a server: what a worker answers for an address, as markup and as the words in it."""

import html
import re
from functools import cached_property
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, Store

from graph.model.iris import BASE
from graph.server.urls import path_of, resolve
from graph.server.workers.entities import describe_in
from graph.server.workers.ipc import EntityTask
from graph.server.workers.published import published_store

_LEFT_OUT = ("graph/", "ontology")


_SHARED = re.compile('<section class="share">.*?</section>', re.DOTALL)


class EntityPages:
    """The pages of the entities of a build."""

    def __init__(self, build: Path, store: Store | None = None) -> None:
        self.build = build
        self._store = store
        # Several tests of a file read all pages.
        self._made: dict[tuple[str, ...], str] = {}

    @cached_property
    def store(self) -> Store:
        """Return the dataset of the build."""
        if self._store is not None:
            return self._store
        store = Store()
        store.bulk_load(path=self.build / "motegraf.nq", format=RdfFormat.N_QUADS)
        return store

    def markup(self, path: str, lang: str = "nb", **parameters: str) -> str:
        """Return the page at this path below the base, in a language, made once; there is one."""
        key = (path, lang, *(word for pair in parameters.items() for word in pair))
        if key not in self._made:
            self._made[key] = self._make(path, lang, key[2:])
        return self._made[key]

    def _make(self, path: str, lang: str, parameters: tuple[str, ...]) -> str:
        address = resolve(path, BASE)
        assert address, path
        assert address.entity, path
        task = EntityTask(
            base=BASE,
            max_rows=10_000,
            max_bytes=10_000_000,
            gzip=False,
            entity=address.entity.value,
            path=path,
            root="../" * (path.count("/") + 1),
            lang=lang,
            format="html",
            lang_chosen=True,
            parameters=parameters,
        )
        answer = describe_in(task, (self.store, published_store(self.build, BASE)), self.build)
        assert answer is not None
        reply, body = answer
        assert reply.status == 200, (path, reply)
        return body.decode()

    def words(self, path: str, lang: str = "nb", **parameters: str) -> str:
        """Return the words of the content of a page, with single spaces between them."""
        return words_of(self.markup(path, lang, **parameters))

    def own_words(self, path: str, lang: str = "nb") -> str:
        """Return the words of a page without what all pages have: how to cite it, and its formats."""
        return words_of(_SHARED.sub("", self.markup(path, lang)))

    def title(self, path: str, lang: str = "nb") -> str:
        """Return the title of a page."""
        match = re.search("<title>(.*?)</title>", self.markup(path, lang), re.DOTALL)
        assert match is not None
        return html.unescape(match[1])


def words_of(markup: str) -> str:
    """Return the words of the content of a page, with single spaces between them.

    How it is cited and downloaded is no part of them: all pages say that alike.
    """
    content = re.search("<main.*</main>", markup, re.DOTALL)
    assert content is not None
    own = re.sub('<section class="share">.*?</section>', " ", content[0], flags=re.DOTALL)
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", own)).split())


def entity_paths(store: Store) -> list[str]:
    """Return the paths of all entities of which something is stated; graphs and terms of the ontology have none."""
    subjects = {quad.subject for quad in store if isinstance(quad.subject, NamedNode)}
    paths = {path_of(subject, BASE) for subject in subjects}
    return sorted(path for path in paths if path and not path.startswith(_LEFT_OUT))
