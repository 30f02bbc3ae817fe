"""The fork server: ``python -m graph.server.workers.fork_server STORE MEGABYTES``, which the front starts and asks.

It reads a large graph into memory, once, and becomes a worker as often as the front asks it to: a fork of it has all of
the graph at once, and shares the memory of what nobody has touched. No query runs in the fork server itself.
"""

import gc
import os
import socket
import sys
from pathlib import Path

from pyoxigraph import Store

from graph.builds.manifest import DATASET
from graph.builds.parts import open_in_turn, part_files
from graph.query.stores import PIECE_BYTES, load_pieces
from graph.server.workers.main import serve
from graph.server.workers.sandbox import drop_network

# What the front sends with the files of a worker, and what is sent when there can be workers.
FORK, READY = b"f", b"ready"
# The two files of a worker: a socket for tasks and replies, and a pipe for what else it writes.
FILES = 2


def main(store_path: str, megabytes: int) -> None:
    """Read the graph, and fork a worker for each request on stdin, which is a socket, until that is closed."""
    folder = Path(store_path).parent
    store = read_graph(folder)
    # What is there now stays there: to look at it again would copy it in every worker.
    gc.collect()
    gc.freeze()
    with socket.socket(fileno=os.dup(0)) as front:
        front.sendall(READY)
        while True:
            request, files, _, _ = socket.recv_fds(front, len(FORK), FILES)
            if not request:
                return
            worker = os.fork()
            if worker == 0:
                front.close()
                _become_worker(store, folder, megabytes, files)
            for file in files:
                os.close(file)
            handle = os.pidfd_open(worker)
            socket.send_fds(front, [str(worker).encode()], [handle])
            os.close(handle)
            _forget_ended()


def read_graph(folder: Path) -> Store:
    """Return the statements of a build in memory. Raise OSError where a file cannot be read."""
    store = Store()
    with open_in_turn([folder / DATASET, *part_files(folder)]) as stream:
        load_pieces(store, iter(lambda: b"".join(stream.readlines(PIECE_BYTES)), b""))
    return store


def _become_worker(store: Store, folder: Path, megabytes: int, files: list[int]) -> None:
    """Do tasks in this process until it ends."""
    try:
        tasks, errors = files
        for place, file in ((0, tasks), (1, tasks), (2, errors)):
            os.dup2(file, place)
        for file in files:
            os.close(file)
        os.setsid()
        serve(store, folder, megabytes, drop_network())
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        # Nothing that the fork server has yet to do is done here.
        os._exit(0)


def _forget_ended() -> None:
    """Let the system forget workers that have ended; the front knows of it by their handles."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
