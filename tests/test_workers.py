"""Processes that make parts of a build: they are as ready as the build itself."""

import gc
import operator

import pytest

from graph.common.collector import MANY
from graph.pipeline.workers import in_parallel

pytestmark = pytest.mark.slow


def test_processes_collect_cycles_as_rarely_as_the_build() -> None:
    with in_parallel(2) as workers:
        assert [*workers.map(operator.call, [gc.get_threshold, gc.get_threshold])] == [MANY, MANY]
    assert gc.get_threshold() != MANY
