"""Proposals of pages: how many pages a second, against reading them, and whether time and memory grow with the text.

    python benchmarks/proposals.py [--pages N] [--megabytes N]

A page is a hundred words of the first page. Reading it cuts it into sentences and finds its names, times and words for
roles, as ``motegraf check`` does; proposing does that too. The long text is the first page again and again. Ends with 1
where twice the text takes more than 2.3 times the work, or where the long text takes 500 MB or more.
"""

import argparse
import resource
import sys
import time
from datetime import date

from graph import HOME
from graph.model.edtf import Bounds
from graph.sources.pages.context import Background, page_context, read_background
from graph.sources.proposals.propose import propose

PAGE = HOME / "corpus/dialogmoter-hosten-2014/page.txt"
DAY = Bounds(date(2015, 1, 1), date(2015, 1, 1))
WORDS = 100
MOST_GROWTH = 2.3
MOST_MEMORY = 500
# Memory is told in bytes by macOS, in kilobytes by others.
MEGABYTE = 1024 * 1024 if sys.platform == "darwin" else 1024


def seconds_to_read(text: str, background: Background, times: int) -> float:
    """Return the seconds of the processor for reading a text so many times."""
    language = background.language("nb")
    begin = time.process_time()
    for _ in range(times):
        page_context(language.passages(text), "nb", background)
    return time.process_time() - begin


def seconds_to_propose(text: str, background: Background, times: int = 1) -> float:
    """Return the seconds of the processor for proposals of a text so many times."""
    begin = time.process_time()
    for _ in range(times):
        propose(text, "nb", DAY, None, background)
    return time.process_time() - begin


def short_page(text: str) -> str:
    """Return the lines at the head of a text that hold a hundred words, or a few more."""
    lines: list[str] = []
    for line in text.splitlines(keepends=True):
        lines.append(line)
        if len("".join(lines).split()) >= WORDS:
            break
    return "".join(lines)


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--pages", type=int, default=200, help="so many short pages")
    parser.add_argument("--megabytes", type=float, default=10, help="size of the long text")
    options = parser.parse_args()
    background = read_background(HOME)
    text = PAGE.read_text(encoding="utf-8")
    page = short_page(text)
    seconds_to_propose(page, background)
    reading = seconds_to_read(page, background, options.pages)
    proposing = seconds_to_propose(page, background, options.pages)
    print(f"{'short pages a second':<34}{options.pages / proposing:>10.0f}")
    print(f"{'time of proposing, to reading':<34}{proposing / reading:>10.2f}")
    copies = max(1, int(options.megabytes * 1_000_000 / 2 / len(text.encode())))
    half = seconds_to_propose(text * copies, background)
    whole = seconds_to_propose(text * copies * 2, background)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
    print(f"{'seconds for the long text':<34}{whole:>10.1f}")
    print(f"{'time of twice the text':<34}{whole / half:>10.2f}")
    print(f"{'most memory, MB':<34}{memory:>10.0f}")
    return int(whole / half > MOST_GROWTH or memory >= MOST_MEMORY)


if __name__ == "__main__":
    sys.exit(main())
