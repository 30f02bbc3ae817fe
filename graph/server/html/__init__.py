"""Pages: a frozen view model and a template become bytes.

To add a page: write ``graph/server/site/NAME.py`` with ``answer(task, store, folder) -> Answer``. It reads the store by
``.rq`` look-ups into a frozen dataclass and ends with ``page = page_of(task, title, section="event/", ...)`` and
``return html_answer(render_page("NAME.html", model, page, texts=_TEXTS))``. Add ``"NAME"`` to ``PAGES`` in
``workers/pages.py`` and ``page_route("/NAME", "NAME")`` to ``page_routes`` in ``views/pages.py``. Write
``templates/NAME.html`` (``{% extends "base.html" %}``, ``{% block main %}``) and ``templates/css/NAME.css``.

To add a kind of entity: write ``graph/server/entity/KIND.py`` with ``view(entity, reader) -> EntityView | None``, and
add its type to ``KINDS`` in ``entity/kinds.py``. Where it returns None the generic page stands in.
"""
