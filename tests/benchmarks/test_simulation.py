"""The simulation's posterior, written apart, and the product's are the same; its page is about these parameters."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from benchmarks.simulation.__main__ import PEOPLE
from benchmarks.simulation.measures import measure, weighted_kappa
from benchmarks.simulation.model import LEVELS, MODEL, NO_RATING
from benchmarks.simulation.page import digest
from benchmarks.simulation.people import KINDS, Drawn, draw, published
from benchmarks.simulation.posterior import People, cells_of, credible, settle, states_of
from benchmarks.simulation.strategies import Outcome, asked_on

from gapcheck.core import calibration
from gapcheck.core.calibration import Estimate, Shown

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "simulation.md"
SKILLS = 20
COUNT = 30


class Both:
    """Thirty people with random ratings, some of them missing, and random checks, seen by both implementations."""

    def __init__(self) -> None:
        lot = np.random.default_rng(7)
        self.ratings: Ints = lot.integers(0, LEVELS + 1, (COUNT, SKILLS))
        answered = lot.random((COUNT, SKILLS, 3)) < lot.choice([0.0, 0.3, 0.6, 1.0], (COUNT, 1, 1))
        self.states: Ints = answered * lot.integers(1, 3, (COUNT, SKILLS, 3))
        self.importance: Ints = lot.integers(1, 6, SKILLS)
        self.ours = People.of(cells_of(self.ratings, self.states))
        self.theirs = [Estimate.of(self.shown(person)) for person in range(COUNT)]

    def shown(self, person: int) -> dict[str, Shown]:
        return {
            f"s{skill:02}": Shown(
                None if self.ratings[person, skill] == NO_RATING else int(self.ratings[person, skill]),
                tuple((j + 2, bool(state == 1)) for j, state in enumerate(self.states[person, skill]) if state),
            )
            for skill in range(SKILLS)
        }

    def left(self, person: int) -> dict[str, list[int]]:
        left: dict[str, list[int]] = defaultdict(list)
        for skill, j in np.argwhere(self.states[person] == 0).tolist():
            left[f"s{skill:02}"].append(j + 2)
        return left


@pytest.fixture(scope="module")
def both() -> Both:
    return Both()


def test_levels_are_those_of_the_product(both: Both) -> None:
    theirs = [[estimate.levels(skill) for skill in estimate.shown] for estimate in both.theirs]
    assert np.abs(both.ours.levels - np.array(theirs)).max() < 1e-9


def test_levels_after_one_more_check_are_those_of_the_product(both: Both) -> None:
    open_ = np.array([person for person in range(COUNT) if (both.states[person] == 0).any()])
    first = np.array([np.argwhere(both.states[person] == 0)[0] for person in open_])
    right = np.arange(len(open_)) % 2 == 0
    ours = both.ours.only(open_).after(first[:, 0], first[:, 1], right)
    for n, person in enumerate(open_):
        skill, j = first[n].tolist()
        after = both.theirs[person].after(f"s{skill:02}", j + 2, right=bool(right[n]))
        assert np.abs(ours.levels[n] - np.array([after.levels(each) for each in after.shown])).max() < 1e-9


def test_the_next_check_is_that_of_the_product(both: Both) -> None:
    importance = {f"s{skill:02}": int(both.importance[skill]) for skill in range(SKILLS)}
    skill, check, score = both.ours.next_check(both.importance)
    picked = 0
    for person, estimate in enumerate(both.theirs):
        pick = calibration.next_check(estimate, both.left(person), importance)
        ours = (f"s{skill[person]:02}", check[person] + 2) if score[person] >= MODEL.least_score else None
        assert (pick and (pick.skill, pick.level)) == ours
        picked += pick is not None
    assert picked >= COUNT // 3


def test_a_sitting_asks_and_stops_as_the_product_does() -> None:
    """Somebody among these four is asked fewer than 36 checks, since none left is worth it."""
    drawn = draw(KINDS["mixed"], 4)
    importance: Ints = np.arange(52) % 4 + 2
    rated = People.of(cells_of(drawn.ratings, np.zeros_like(drawn.right, dtype=np.int64)))
    *_, (stopped, gone_on) = asked_on(drawn, rated, importance, 36)
    asked = states_of(stopped.cells) > 0
    for person in range(4):
        assert np.argwhere(asked[person]).tolist() == sorted(sitting(drawn, person, importance, 36))
    assert asked.sum(axis=(1, 2)).min() < 36
    assert ((states_of(gone_on.cells) > 0).sum(axis=(1, 2)) == 36).all()


def sitting(drawn: Drawn, person: int, importance: Ints, most: int) -> list[list[int]]:
    """The checks that the product asks a person (skill, 0-2), one after another."""
    estimate = Estimate.of({f"s{skill:02}": Shown(int(rating)) for skill, rating in enumerate(drawn.ratings[person])})
    left = {skill: {2, 3, 4} for skill in estimate.shown}
    weights = {skill: int(importance[n]) for n, skill in enumerate(estimate.shown)}
    asked: list[list[int]] = []
    while len(asked) < most and (pick := calibration.next_check(estimate, left, weights, len(asked))):
        skill, check = int(pick.skill[1:]), pick.level - 2
        estimate = estimate.after(pick.skill, pick.level, right=bool(drawn.right[person, skill, check]))
        left[pick.skill].remove(pick.level)
        asked.append([skill, check])
    return asked


def test_settled_levels_are_those_of_the_product(both: Both) -> None:
    claims = np.where(both.ratings == NO_RATING, 0, both.ratings)
    answered = (both.states > 0).sum(axis=(1, 2))
    ours = settle(both.ours.levels, claims, answered)
    moved = 0
    for person, estimate in enumerate(both.theirs):
        said = {f"s{skill:02}": int(claims[person, skill]) for skill in range(SKILLS)}
        settled = calibration.settled(estimate, said, int(answered[person]))
        assert [settled.get(name, claim) for name, claim in said.items()] == ours[person].tolist()
        moved += len(settled)
    assert moved > COUNT


def test_ranges_are_those_of_the_product(both: Both) -> None:
    low, high, mass = credible(both.ours.levels)
    for person, estimate in enumerate(both.theirs):
        ranges = [estimate.credible(skill) for skill in estimate.shown]
        assert [(each.low, each.high) for each in ranges] == list(zip(low[person], high[person], strict=True))
        assert mass[person] == pytest.approx([each.mass for each in ranges], abs=1e-9)


def test_the_rules_numbers_are_those_of_the_product() -> None:
    rule = (calibration.LEAST_CHECKS, calibration.KEPT, calibration.LEAST_MASS, calibration.LEAST_SCORE)
    assert (MODEL.least_checks, MODEL.kept, MODEL.least_mass, MODEL.least_score) == rule


def test_people_are_drawn_from_the_model() -> None:
    """Raw ratings of the mixed kind are in the right one of three classes for .508: summed by hand over the tables."""
    mixed = draw(KINDS["mixed"], 5000)
    found = measure(Outcome(mixed.levels, mixed.ratings, np.zeros(5000, dtype=np.int64)))
    assert found.three == pytest.approx(0.508, abs=0.01)
    assert np.bincount(mixed.levels.ravel()) / mixed.levels.size == pytest.approx(np.array(MODEL.shares), abs=0.01)


def test_harder_checks_are_answered_right_less_often_and_looked_up_ones_nearly_always() -> None:
    right = {name: draw(KINDS[name], 500).right.mean() for name in KINDS}
    assert right["careless"] < right["harder-checks"] < right["mixed"] < right["easier-checks"] < right["looked-up"]
    assert right["looked-up"] == pytest.approx(0.93, abs=0.01)
    assert right["knows-but-cannot"] > right["mixed"] > right["novices"]


def test_the_lowest_quarter_overestimates_by_37_points_and_the_top_quarter_underestimates_by_20() -> None:
    """The middles of the quarters, the 12.5th and the 87.5th percentile, see themselves at 49.5 and 67.5."""
    seen = published(np.array([-1.1503493803760079, 1.1503493803760079]))
    assert seen == pytest.approx([-0.012533469508069276, 0.4537621901945247])


def test_kappa_of_a_table_by_hand() -> None:
    """Six pairs, one of them four levels apart: observed distance 16/6, expected 2 x (35/12) + 0, by the moments."""
    true = np.array([[0, 1, 2, 3, 4, 5]])
    decided = np.array([[4, 1, 2, 3, 4, 5]])
    expected = true.var() + decided.var() + (true.mean() - decided.mean()) ** 2
    assert weighted_kappa(true, decided) == pytest.approx(1 - (16 / 6) / expected)
    assert weighted_kappa(true, true) == pytest.approx(1)


def test_wrong_and_missed_do() -> None:
    found = measure(Outcome(np.array([[4, 5, 3, 1]]), np.array([[4, 3, 5, 4]]), np.array([0])))
    assert (found.wrong_do, found.missed_do) == pytest.approx((2 / 3, 1 / 2))


def page_of(*arguments: str) -> str:
    """Standard output of a run of its own; it has one thread, as the page's run had."""
    command = [sys.executable, "-m", "benchmarks.simulation", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode("utf-8")


def test_a_run_is_the_same_again_and_a_kind_the_same_whatever_others_are_played() -> None:
    first = page_of("--people", "40", "--kinds", "humble", "careless")
    assert page_of("--people", "40", "--kinds", "humble", "careless") == first
    alone = page_of("--people", "40", "--kinds", "careless")
    assert alone.split("### careless")[1] == first.split("### careless")[1]


def test_the_page_is_about_these_parameters() -> None:
    """If this fails: python -m benchmarks.simulation --to docs/simulation.md (a quarter of an hour)"""
    text = PAGE.read_text(encoding="utf-8")
    assert re.findall(r"^Parameters: `(\w+)`$", text, re.MULTILINE) == [digest(PEOPLE)]
    assert re.findall(r"^### (.+)$", text, re.MULTILINE) == list(KINDS)


def test_figures_told_elsewhere_stand_on_the_page() -> None:
    """Three decimals and percentages in the part of docs/calibration.md about the simulation, its aims apart."""
    page = PAGE.read_text(encoding="utf-8")
    told = PAGE.with_name("calibration.md").read_text(encoding="utf-8").split("## What the simulation found")[1]
    figures = re.findall(r"\.\d{3}\b|\b\d+%", told.split("\n## ")[0])
    assert len(figures) > 20
    assert [figure for figure in figures if figure not in page] == []


def test_the_digest_follows_the_parameters(monkeypatch: pytest.MonkeyPatch) -> None:
    before = digest(PEOPLE)
    assert digest(PEOPLE - 1) != before
    monkeypatch.setattr("benchmarks.simulation.page.MODEL", replace(MODEL, rho=0.36))
    assert digest(PEOPLE) != before
