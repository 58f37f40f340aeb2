"""Traceability: every O*NET task of the two marketing occupations is covered by skills or has a reason not to be."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from gapcheck.files import yamldoc
from tests.skills.test_content import CATALOG

DOCS = Path(__file__).resolve().parents[2] / "docs" / "onet"
LINE = re.compile(
    r"O\*NET (?:11-2011\.00 tasks \d+(?:, \d+)*(?:; 11-2021\.00 tasks \d+(?:, \d+)*)?|11-2021\.00 tasks \d+(?:, \d+)*)"
)


def tasks() -> dict[str, str]:
    """Occupation code of every task id."""
    with (DOCS / "task-statements.csv").open(encoding="utf-8", newline="") as file:
        return {row["Task ID"]: row["O*NET-SOC Code"] for row in csv.DictReader(file)}


def named() -> dict[str, set[str]]:
    """Task ids that each skill names, each under the right occupation."""
    known, found = tasks(), {}
    for key, skill in CATALOG.skills.items():
        lines = [line for line in skill.references if "O*NET" in line]
        assert len(lines) <= 1, key
        for line in lines:
            assert LINE.fullmatch(line), f"{key}: {line}"
            for occupation, ids in re.findall(r"(11-\d{4}\.00) tasks ([\d, ]+)", line):
                assert {known.get(task) for task in ids.split(", ")} == {occupation}, f"{key}: {line}"
        found[key] = set(re.findall(r"(?<=[ ,])\d+(?=[,;]|$)", " ".join(lines)))
    return found


def test_every_task_is_covered_or_outside_with_a_reason_and_never_both() -> None:
    outside = yamldoc.parse((DOCS / "outside.yaml").read_bytes(), "outside.yaml").data
    covered = set().union(*named().values())
    assert covered | set(outside) == set(tasks())
    assert covered & set(outside) == set()
    assert all(len(reason.split()) >= 5 for reason in outside.values())
