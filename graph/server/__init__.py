"""The server: a build over HTTP, read-only: SPARQL, graphs, a page for every entity, the files.

Engines decide how it is made. A query that is nested deeply enough ends the process that parses it; none can be
cancelled; SERVICE calls other servers and cannot be switched off. So there are two kinds of processes:

- **The front** (Starlette on uvicorn) speaks HTTP. No query of a client runs in it. ``http`` limits connections and
  requests and gives clients their turns, ``views`` turn a request into a task and an answer into a response. A slow
  reader holds no worker: a long answer waits in a file. What is asked for again and again is kept, and needs none.
- **Workers** are warm processes of their own, each with the same data in memory or, where they are large, the same
  index open read-only. They are spawned; where there is memory for a large graph, they are forks of a process that
  has it there and does nothing else (``fork_server``; ``forked`` is what the front sees of them), and never of the
  front. ``workers.main`` runs in them and does one task (``tasks``) at a time;
  ``guard`` refuses queries that no engine should parse; ``sandbox`` takes away the network, other programs and memory
  beyond a limit before the first task. From the front, ``pool`` keeps one more worker than may be busy, ``scheduler``
  shares them among clients, ``process`` starts and kills them: at the limit of time, and where the client has
  disconnected. ``ipc`` holds the messages between both. A query that takes long continues at the lowest priority.

An answer is whole in its worker before its first byte is sent: its status is true, and where rows were left out its
header says so. What a limit ended is answered with 408, 413, 429 or 503 and a message that names the limit.

The front serves a snapshot of the build (``snapshot``: links, verified against the manifest). When the build has
changed, it takes another, starts workers on it, and lets the old ones finish. ``entity`` makes the pages of entities.
``operation`` is for those who run the server: log, metrics, trusted proxies, the service manager.
"""
