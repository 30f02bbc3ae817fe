"""A probe for container engines: ``python -m graph.server.probe [PATH]`` ends with 0 where the server is ready, else 1.

It asks the server on this machine, at the port that MOTEGRAF_SERVE_PORT names, in HTTP/1.0 without a host name: so it
needs to know none that the server answers to.
"""

import os
import socket
import sys

_PORT = "8077"
_SECONDS = 5.0


def main(path: str = "/ready") -> int:
    """Return 0 where the answer has status 200, else 1."""
    address = ("127.0.0.1", int(os.environ.get("MOTEGRAF_SERVE_PORT") or _PORT))
    try:
        with socket.create_connection(address, _SECONDS) as connection:
            connection.sendall(f"GET {path} HTTP/1.0\r\n\r\n".encode())
            status = connection.makefile("rb").readline().split(b" ")
    except OSError as error:
        print(f"the server does not answer at port {address[1]}: {error}", file=sys.stderr)
        return 1
    return 0 if status[1:2] == [b"200"] else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
