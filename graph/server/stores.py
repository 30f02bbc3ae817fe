"""Ask a store that is open in this process."""

from pyoxigraph import Store

from graph.query.results import QueryFn, QueryResult, read_result


def query_fn(store: Store) -> QueryFn:
    """Return the function that asks all graphs of a store as one."""

    def run(query: str) -> QueryResult:
        return read_result(store.query(query, use_default_graph_as_union=True))

    return run
