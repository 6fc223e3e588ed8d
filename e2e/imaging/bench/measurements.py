"""What a process took, and figures of several that took it."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from imaging.programs import Failure, last_lines

METER = Path(__file__).with_name("meter.py")


@dataclass(frozen=True)
class Measurement:
    wall: float
    """Milliseconds."""
    processor: float
    """Milliseconds, of all processes."""
    memory: float
    """MiB at the peak, of the largest process."""

    @classmethod
    def parse(cls, line: str) -> Measurement:
        """Reads what the meter writes."""
        wall, processor, kibibytes = (float(number) for number in line.split())
        return cls(wall, processor, kibibytes / 1024)


Value = Callable[[Measurement], float]


def wall(measurement: Measurement) -> float:
    return measurement.wall


def processor(measurement: Measurement) -> float:
    return measurement.processor


def memory(measurement: Measurement) -> float:
    return measurement.memory


def measure(name: str, command: Sequence[str | Path], folder: Path) -> Measurement:
    """Runs a command; its output and what it took are put into a folder."""
    taken, log = folder / "measured", folder / "output"
    with log.open("wb") as output:
        metered = [sys.executable, METER, taken, *command]
        done = subprocess.run(metered, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, check=False)
    if done.returncode:
        raise Failure(f"{name} failed:\n{last_lines(log.read_text(errors='replace'))}")
    return Measurement.parse(taken.read_text())


def median(of: Value, measurements: Sequence[Measurement]) -> float:
    return statistics.median(map(of, measurements))


def percentile(share: float, of: Value, measurements: Sequence[Measurement]) -> float:
    """The smallest value that this share of all values doesn't exceed."""
    values = sorted(map(of, measurements))
    rank = int(len(values) * share + 0.999999)
    return values[max(rank, 1) - 1]


def ratio(measurements: Sequence[Measurement], others: Sequence[Measurement]) -> float:
    """How many times as long the one took as the other, by their medians."""
    return rounded(median(wall, measurements)) / rounded(median(wall, others))


def rounded(milliseconds: float) -> int:
    return int(f"{milliseconds:.0f}")


def load() -> str:
    averages = Path("/proc/loadavg").read_text().split()[:3]
    return f"load of this machine: {' '.join(averages)} on {os.cpu_count()} cores"
