"""Serving: the build over HTTP, read-only: SPARQL, graphs, a page for every thing, the files.

Engines decide how this is made. A query nested deeply enough ends the process that reads it; none can be cancelled;
SERVICE calls other servers and cannot be switched off. Hence two kinds of processes:

- **The front** (Starlette on uvicorn) speaks HTTP. No query from outside runs in it. It decides what is asked
  (``protocol``), says whose turn it is (``turns``), hands the query to a worker (``pool``) and its answer on, by way
  of a file where it is long (``replies``): a slow reader holds no worker.
- **Workers** (``worker``; seen from the front, ``workers``) are warm processes of their own, spawned and never forked,
  each with the same data in memory, or, where they are large, the same index open read-only, one task at a time
  (``tasks``). A worker refuses what no engine should see (``doors``). It gives up the network, other programs and
  memory beyond a limit before its first task (``confined``); these hold whatever is let through. The front kills it
  at the limit of time, and where nobody waits for the answer any more. One more worker than may be busy is kept warm,
  so that the next query has one at once; a query that takes long continues at the lowest priority.

An answer is whole in its worker before its first byte is sent: its status is true, and where rows were left out its
header says so. What a limit stopped is answered with 408, 413, 429 or 503 and words that name the limit.

The front serves a copy of the build (``served``: links, verified against its manifest). When a build has changed, it
copies again, starts workers on the new one, and lets the old ones finish.
"""
