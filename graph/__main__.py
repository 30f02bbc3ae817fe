"""The command line: ``motegraf``, also ``python -m graph``. Exit codes: 0 done, 1 findings, 2 wrong use, 130 Ctrl-C."""

import contextlib
import gc
import io
import os
import sys

try:
    from graph import NOT_FROM_A_ZIP

    if not os.path.isfile(__file__):  # noqa: PTH113 - pathlib takes longer to import
        sys.exit(f"Error: {NOT_FROM_A_ZIP}")
    import click

    from graph.cli.main import motegraf
except KeyboardInterrupt:  # nothing needs to be cleaned up yet
    sys.exit(130)


def main() -> None:
    """Run the program. Output is UTF-8 whatever the console's code page is: names have æ, ø and å."""
    _open_streams()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    # Nearly all objects of a command live as long as the command: collecting garbage every 700 objects, and once more
    # at the end, takes a fifth of the time of a build of one page. This threshold does not change the peak of memory.
    gc.set_threshold(200_000)
    # What forms hold is decided by this program and the libraries that it names, and by no plugin for pydantic that is
    # installed for something else. To look for them takes 5 ms.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        motegraf()
    except OSError as error:  # of the output: a full disk, a closed stream
        with contextlib.suppress(OSError):
            click.echo(f"Error: the output cannot be written: {error.strerror or error}", err=True)
        sys.exit(1)
    finally:
        gc.freeze()
        _discard_unwritable_output()


def _open_streams() -> None:
    """Open the standard streams that the parent process has closed: no input comes, output has no reader.

    Else the next file that is opened would take the number of one of them.
    """
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        if getattr(sys, name) is None:
            # Lost messages do no harm, but a lost answer is a failure: writing to this stream fails.
            handle = os.open(os.devnull, os.O_WRONLY if number == 2 else os.O_RDONLY)
            if handle != number:
                os.dup2(handle, number)
                os.close(handle)
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115 - stays open


def _discard_unwritable_output() -> None:
    """Point streams that cannot be flushed to the null device: Python would flush them again at exit, and complain."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


if __name__ == "__main__":
    main()
