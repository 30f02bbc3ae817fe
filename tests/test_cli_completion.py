"""What a shell does with a completion, typed at its prompt: no space follows ``actor=``, one follows a whole word."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="shells of POSIX")]

SHELLS = {
    "bash": (["--norc", "--noprofile", "-i"], 'eval "$(_MOTEGRAF_COMPLETE=bash_source motegraf)"'),
    "zsh": (["-f", "-i"], 'autoload -U compinit; compinit -u -D; eval "$(_MOTEGRAF_COMPLETE=zsh_source motegraf)"'),
}


def completed_line(shell: str, typed: str, folder: Path) -> str:
    """Return the line at the prompt of a shell after Tab, with @ where the cursor is."""
    import pty

    # The program under its name, of this environment.
    program = folder / "motegraf"
    program.write_text(f"#!{sys.executable}\nfrom graph.__main__ import main\nmain()\n", encoding="utf-8")
    program.chmod(0o755)
    options, setup = SHELLS[shell]
    path, here = f"{folder}{os.pathsep}{os.environ['PATH']}", str(Path(__file__).parent.parent)
    terminal, tty = pty.openpty()
    environment = {**os.environ, "PATH": path, "TERM": "dumb", "PYTHONPATH": here}
    running = subprocess.Popen(
        [shell, *options], stdin=tty, stdout=tty, stderr=tty, env=environment, start_new_session=True
    )
    os.close(tty)
    try:
        _type(terminal, f"{setup}; bindkey -e 2> /dev/null; echo re''ady\n", "ready\r\n")
        # Letters that are typed after Tab are read when the completion stands there.
        shown = _type(terminal, f"{typed}\t@\x01echo '[\x05]'\n", "@]\r\n")
    finally:
        running.kill()
        running.wait()
        os.close(terminal)
    return shown.rpartition("@]\r\n")[0].rpartition("[")[2] + "@"


def _type(terminal: int, keys: str, until: str) -> str:
    """Type at a terminal, and return what it shows until then. What is typed is shown too, but not ``until``."""
    os.write(terminal, keys.encode())
    shown = b""
    while until.encode() not in shown:
        shown += os.read(terminal, 65536)
    return shown.decode()


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(
    ("typed", "line"),
    [("-p act", "-p actor=@"), ("-p actor=jor", "-p actor=joran-kallmyr @"), ("--form", "--format @")],
)
def test_no_space_follows_an_equals_sign(
    tmp_path: Path, question_home: Path, shell: str, typed: str, line: str
) -> None:
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    words = f"motegraf ask --home {question_home} who_was_where"
    assert completed_line(shell, f"{words} {typed}", tmp_path) == f"{words} {line}"
