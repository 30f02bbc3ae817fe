"""The command line: ``motegraf``, also ``python -m graph``. Exit codes: 0 done, 1 findings, 2 wrong use, 130 Ctrl-C."""

import contextlib
import gc
import io
import os
import sys

try:
    import click

    from graph.cli.main import motegraf
except KeyboardInterrupt:  # there is nothing to put right yet
    sys.exit(130)


def main() -> None:
    """The entry point. What is printed is UTF-8 whatever the console's code page: names have æ, ø and å."""
    _open_streams()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    # Nearly all that a command makes lives as long as the command: searching it for garbage every 700 objects, and once
    # more at the end, would be a fifth of a build of one page. As seldom as this, memory is what it would be otherwise.
    gc.set_threshold(200_000)
    try:
        motegraf()
    except OSError as error:  # of what was to be shown: a full disk, a stream that is closed
        with contextlib.suppress(OSError):
            click.echo(f"Error: the output cannot be written: {error.strerror or error}", err=True)
        sys.exit(1)
    finally:
        gc.freeze()
        _let_go_of_what_cannot_be_written()


def _open_streams() -> None:
    """Streams that whoever started the program has closed are there: nothing comes in, what is shown has no reader.

    Were they left closed, the next file that is opened would be taken for one of them.
    """
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        if getattr(sys, name) is None:
            # Nobody misses messages, but an answer that goes nowhere is a failure: this cannot be written to.
            handle = os.open(os.devnull, os.O_WRONLY if number == 2 else os.O_RDONLY)
            if handle != number:
                os.dup2(handle, number)
                os.close(handle)
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115


def _let_go_of_what_cannot_be_written() -> None:
    """Python tries once more at its end, and would complain."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


if __name__ == "__main__":
    main()
