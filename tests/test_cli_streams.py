"""However the program is started and stopped, it ends with a one-line message or silently, never with a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="shells of POSIX")]
ANSWER = ("ask", "which_series", "-f", "csv")
CLOSED_OUTPUT = "Error: the output cannot be written: Bad file descriptor\n"


def ended(redirected: str, *words: str, home: Path) -> tuple[int, str, str]:
    """How the program ends, and what it shows, when a shell starts it like this."""
    options = ("--home", str(home)) if words[0] == "ask" else ()
    shell = ["sh", "-c", f'exec "$@" {redirected}', "sh", sys.executable, "-m", "graph", *words, *options]
    done = subprocess.run(shell, capture_output=True, encoding="utf-8", input="")
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("words", [ANSWER, ("ask",), ("--help",), ("ask", "--help")], ids=" ".join)
def test_closed_stdout_is_a_failure(words: tuple[str, ...], question_home: Path) -> None:
    assert ended(">&-", *words, home=question_home) == (1, "", CLOSED_OUTPUT)
    assert ended("<&- >&- 2>&-", *words, home=question_home) == (1, "", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.parametrize("words", [ANSWER, ("--help",)], ids=" ".join)
def test_full_disk_is_a_one_line_error(words: tuple[str, ...], question_home: Path) -> None:
    message = "Error: the output cannot be written: No space left on device\n"
    assert ended(">/dev/full", *words, home=question_home) == (1, "", message)
    assert ended(">/dev/full 2>&1", *words, home=question_home) == (1, "", "")


def test_closed_stderr_is_not_a_failure(question_home: Path) -> None:
    code, answer, _ = ended("", *ANSWER, home=question_home)
    assert (code, answer[:6]) == (0, "series")
    assert ended("2>&-", *ANSWER, home=question_home) == (0, answer, "")
    assert ended("2>&-", "ask", "nothing_of_the_kind", home=question_home) == (2, "", "")
    assert ended("2>&-", *ANSWER, "-o", "/dev/stdout", home=question_home) == (0, answer, "")


def test_closed_stdin_is_an_empty_query(question_home: Path) -> None:
    assert ended("<&-", *ANSWER, home=question_home) == ended("", *ANSWER, home=question_home)
    assert ended("<&-", "ask", "--query", "-", home=question_home) == (2, "", "Error: there is no query\n")


def test_ctrl_c_during_start_is_silent(tmp_path: Path) -> None:
    """It may come while the program is still being imported: it is played, by a library in which it comes."""
    (tmp_path / "click.py").write_text("raise KeyboardInterrupt\n", encoding="utf-8")
    start = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); from graph.__main__ import main"
    done = subprocess.run([sys.executable, "-c", start], capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")
