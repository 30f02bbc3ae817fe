"""Every benchmark with a bound, one after another, and at the end each ratio with its bound in one table.

    python benchmarks/all.py           the sizes of README.md; hours
    python benchmarks/all.py --small   sizes at which ratios mean little, but all programs run; minutes
    python benchmarks/all.py --only cold_ask,pages

The tables of the programs are on stderr as they come, the one of all on stdout. Ends with 1 where a bound is missed.
"""

import argparse
import subprocess
import sys
from pathlib import Path

# Program, and its options: small, and as README.md has them.
PROGRAMS: dict[str, tuple[str, str]] = {
    "cold_ask": ("--rounds 3", "--rounds 15"),
    "cold_build": ("--rounds 3", "--rounds 9"),
    "pages": ("--pages 20 --rounds 3", "--pages 1000"),
    "rebuild": ("--pages 10", "--pages 1000"),
    "statements": ("--pages 10", "--pages 1000"),
    "registers": ("--rows 500", "--many 200000"),
    "network": ("--pages 10 --large 500", "--pages 100"),
    "identity": ("--names 1000", ""),
    "proposals": ("--pages 10 --megabytes 1", "--pages 400 --megabytes 10"),
    "server": ("--seconds 0.5", "--seconds 8"),
    "explorer_served": ("--rows 1500 --rounds 1", "--rows 85000"),
    "explorer": ("--pages 3 --statements 0 --rounds 1 --limit 5", "--rounds 3 --limit 60"),
}
FOLDER = Path(__file__).parent


def bounded_rows(printed: str) -> list[str]:
    """The rows of a table that have a bound: they end with what came of it."""
    return [row.strip() for row in printed.splitlines() if row.rstrip().endswith((" ok", " NOT"))]


def run(program: str, options: str) -> tuple[list[str], int]:
    """The rows of a program that have a bound, and its exit code; what it prints goes to stderr too."""
    command = [sys.executable, str(FOLDER / f"{program}.py"), *options.split()]
    done = subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8", check=False)
    print(f"\n$ {program}.py {options}\n{done.stdout}", file=sys.stderr, flush=True)
    return bounded_rows(done.stdout), done.returncode


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Every benchmark that has a bound.")
    parser.add_argument("--small", action="store_true", help="at sizes at which ratios mean little")
    parser.add_argument("--only", metavar="NAMES", help=f"some of {', '.join(PROGRAMS)}, with commas between")
    options = parser.parse_args()
    names = options.only.split(",") if options.only else [*PROGRAMS]
    if unknown := [name for name in names if name not in PROGRAMS]:
        parser.error(f"no such program: {', '.join(unknown)}")
    worst = 0
    for name in names:
        rows, code = run(name, PROGRAMS[name][0 if options.small else 1])
        for row in rows:
            print(f"{name:<16}{row}", flush=True)
        if code not in (0, 1):
            print(f"{name:<16}ended with {code} NOT", flush=True)
        worst = max(worst, min(code, 1) if code >= 0 else 1)
    return worst


if __name__ == "__main__":
    sys.exit(main())
