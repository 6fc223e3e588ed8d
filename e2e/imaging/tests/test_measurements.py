from __future__ import annotations

import sys
import unittest
from pathlib import Path

from imaging.bench import rehearsal_bench, runner_bench, wait_bench
from imaging.bench.measurements import (
    Measurement,
    measure,
    median,
    memory,
    percentile,
    processor,
    ratio,
    wall,
)
from imaging.bench.migration_forms import write_files, write_forms, write_rows, write_rows_file
from imaging.bench.operator_bench import memory_limit
from imaging.programs import Failure
from imaging.settings import REPOSITORY
from imaging.tests.fixtures import WithRepository


def walls(*milliseconds: float) -> list[Measurement]:
    return [Measurement(value, 2 * value, 64) for value in milliseconds]


class FiguresTest(unittest.TestCase):
    def test_read_what_the_meter_writes(self) -> None:
        self.assertEqual(Measurement(12.5, 7.0, 2.0), Measurement.parse("12.5 7.0 2048\n"))

    def test_the_median_is_the_middle_or_between_the_two_in_the_middle(self) -> None:
        self.assertEqual(20, median(wall, walls(30, 10, 20)))
        self.assertEqual(25, median(wall, walls(40, 10, 20, 30)))
        self.assertEqual((40, 64), (median(processor, walls(30, 10, 20)), median(memory, walls(1))))

    def test_a_percentile_is_a_value_that_was_measured(self) -> None:
        hundred = walls(*range(1, 101))
        self.assertEqual([1, 50, 99, 100], [percentile(share, wall, hundred) for share in (0, 0.5, 0.99, 1)])
        self.assertEqual([2, 3, 3], [percentile(share, wall, walls(3, 1, 2)) for share in (0.5, 0.99, 1)])

    def test_a_ratio_compares_medians(self) -> None:
        self.assertEqual(1.5, ratio(walls(150, 1000, 140), walls(100, 90, 5000)))


class TablesTest(unittest.TestCase):
    def test_the_rehearsals_has_what_it_adds_and_its_goal(self) -> None:
        measurements = {"Never": [Measurement(200, 150, 60)], "Enforce": [Measurement(500, 450, 70)]}
        self.assertEqual(
            [
                "5 from empty     Never        200 ms    150 ms    60 MB",
                "5 from empty     Enforce      500 ms    450 ms    70 MB   0.30 s   2.50  0.6 s more",
            ],
            rehearsal_bench.table(rehearsal_bench.CASES[0], measurements),
        )

    def test_the_runners_has_medians_and_ratios_of_wall_times(self) -> None:
        measurements = {
            "drizzle-kit": [Measurement(200, 150, 90), Measurement(400, 150, 90), Measurement(300, 150, 90)],
            "drizzle-orm": [Measurement(150, 100, 80)],
            "runner-drizzle": [Measurement(600, 700, 110)],
        }
        self.assertEqual(
            [
                "nothing pending        drizzle-kit          300 ms    150 ms    90 MB          1.00          2.00       0.50",
                "nothing pending        drizzle-orm          150 ms    100 ms    80 MB          0.50          1.00       0.25",
                "nothing pending        runner-drizzle       600 ms    700 ms   110 MB          2.00          4.00       1.00",
            ],
            runner_bench.table("nothing pending", measurements),
        )

    def test_the_init_containers_has_percentiles_and_the_largest_memory(self) -> None:
        lines = wait_bench.table({"wait-image": [Measurement(n, 2 * n, 30 + n) for n in range(1, 101)]})
        self.assertEqual("already applied            median            p99      processor     memory", lines[0])
        self.assertEqual("wait-image                  50 ms          99 ms         100 ms     130 MB", lines[1])


class MeasureTest(WithRepository):
    def test_takes_what_a_command_took(self) -> None:
        measured = measure("busy", [sys.executable, "-S", "-c", "import time; time.sleep(0.05)"], self.repository)
        self.assertGreaterEqual(measured.wall, 50)
        self.assertGreater(measured.memory, 1)

    def test_fails_with_the_end_of_what_the_command_printed(self) -> None:
        with self.assertRaisesRegex(Failure, "^liquibase failed:\nno such table$"):
            measure("liquibase", ["sh", "-c", "echo no such table; exit 3"], self.repository)


class BenchInputsTest(WithRepository):
    def test_each_form_has_the_same_migrations(self) -> None:
        write_forms(self.repository / "100", 100)
        names = write_files(self.repository / "files", 100)
        self.assertEqual(sorted(names), names)
        self.assertEqual(100, (self.repository / "100/changelog/root.sql").read_text().count("--changeset bench:"))
        for pattern in ("100/flyway/V*__item.sql", "100/drizzle/*_item.sql", "files/*_item.sql"):
            self.assertEqual(100, len(list(self.repository.glob(pattern))))
        for file in ("100/flyway/V7__item.sql", "100/drizzle/0007_item.sql", "files/0007_item.sql"):
            text = Path(self.repository, file).read_text()
            self.assertEqual((1, 1), (text.count("create table item7 ("), text.count("create index item7_name ")))

    def test_each_form_has_the_same_rows(self) -> None:
        write_rows(self.repository / "rows", 1000)
        names = write_rows_file(self.repository / "files", 1000)
        for file in ("rows/flyway/V1__rows.sql", "rows/drizzle/0001_rows.sql", f"files/{names[0]}"):
            text = Path(self.repository, file).read_text()
            self.assertEqual(1000, text.count("insert into filled values ("))
            self.assertAlmostEqual(100_000, len(text), delta=1_000)

    def test_the_operators_memory_is_the_charts_limit(self) -> None:
        self.assertEqual(
            "384m",
            memory_limit(
                "image:\n  memory: 1Mi\nresources:\n  requests:\n    memory: 192Mi\n  limits:\n    memory: 384Mi\n"
            ),
        )
        self.assertRegex(memory_limit((REPOSITORY / "deploy/chart/sluice/values.yaml").read_text()), "^[0-9]+m$")
