"""The baseline as a file: counts only, the same bytes every time, and no fault of it passed over."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapcheck.core.answers import CatalogRef
from gapcheck.core.gate import Baseline, Counts, baseline_of
from gapcheck.files import baseline
from tests.core.gates import team
from tests.files.reading import refused

if TYPE_CHECKING:
    from pathlib import Path

REF = CatalogRef(name="small", version="1", digest="0" * 12)
TEXT = """{
  "catalog": {"digest": "000000000000", "name": "small", "version": "1"},
  "gapcheck": "baseline/1",
  "skills": {
    "a": {"carry": 1, "hold": 2},
    "b": {"carry": 0, "hold": 0},
    "c": {"carry": 1, "hold": 1}
  }
}
"""


def test_it_is_written_sorted_with_counts_only() -> None:
    """Every skill of the catalog is in it, and nobody: neither ids nor how many people there are."""
    counts = baseline_of(team({"ada": "404", "ben": "320"}))
    assert baseline.dump(counts).decode() == TEXT
    backwards = Baseline(counts.catalog, dict(reversed([*counts.skills.items()])))
    assert baseline.dump(backwards) == baseline.dump(counts)


def test_it_does_not_depend_on_who_is_who() -> None:
    assert baseline.dump(baseline_of(team({"zoe": "404", "yan": "320"}))).decode() == TEXT


COUNT = st.integers(0, 50)


@given(
    st.dictionaries(
        st.from_regex(r"[a-z0-9][a-z0-9._-]{0,20}", fullmatch=True),
        st.builds(lambda carry, more: Counts(carry, carry + more), COUNT, COUNT),
    ),
    st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20),
)
def test_what_is_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, skills: dict[str, Counts], version: str
) -> None:
    path = tmp_path_factory.mktemp("baseline") / "b.json"
    before = Baseline(CatalogRef(name="small", version=version, digest="f" * 12), skills)
    path.write_bytes(baseline.dump(before))
    assert baseline.load(path) == before
    assert json.loads(path.read_bytes())["skills"].keys() == skills.keys()


def changed(old: str, new: str) -> str:
    assert old in TEXT
    return TEXT.replace(old, new, 1)


WHOLE = "5:11: skills.a.carry: must be a whole number from 0 to 10000"

BAD = {
    "empty": ("", "the file is empty"),
    "no JSON": ("{", '2:1: a "," or a closing bracket is missing here or before'),
    "a list": ("[]", '1:1: must be a mapping that begins with "gapcheck: baseline/1"'),
    "another kind": (changed("baseline/1", "baseline/2"), '3:3: gapcheck: must say "gapcheck: baseline/1"'),
    "unknown key": (
        changed('"catalog"', '"people": 3,\n  "catalog"'),
        "2:3: people: unknown key; known are catalog, skills",
    ),
    "a number for a text": (
        changed('"version": "1"', '"version": 1'),
        "2:58: catalog.version: must be a text of 1 to 400 characters; put it in quotes",
    ),
    "no skills": (
        '{"gapcheck": "baseline/1", "catalog": {"digest": "0", "name": "s", "version": "1"}}',
        "1:1: skills: is missing",
    ),
    "twice": (changed('"b"', '"a"'), "6:5: skills.a: this key stands here already, on line 5"),
    "no id": (
        changed('"a"', '"A b"'),
        "5:5: skills.A b: must be small letters, digits, dots, dashes (at most 64)",
    ),
    "true": (changed('"carry": 1', '"carry": true'), WHOLE),
    "a half": (changed('"carry": 1', '"carry": 0.5'), WHOLE),
    "less than nobody": (changed('"carry": 1', '"carry": -1'), WHOLE),
    "only one of both": (changed('"carry": 1, ', ""), "5:5: skills.a.carry: is missing"),
    "names in it": (
        changed('"carry": 1', '"who": "ada", "carry": 1'),
        "5:11: skills.a.who: unknown key; known are carry, hold",
    ),
    "more carry than hold": (
        changed('"hold": 2', '"hold": 0'),
        "5:5: skills.a: more people carry it than hold it; who carries a skill holds it",
    ),
}


@pytest.mark.parametrize(("text", "expected"), BAD.values(), ids=BAD)
def test_a_bad_baseline_is_refused_with_its_place(tmp_path: Path, text: str, expected: str) -> None:
    path = tmp_path / "b.json"
    path.write_text(text, encoding="utf-8")
    assert refused(lambda: baseline.load(path)) == [expected]


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "b.json"
    path.write_text(changed('"hold": 2', '"hold": -1').replace('"b": {', '"b": 3, "B c": {'), encoding="utf-8")
    assert len(refused(lambda: baseline.load(path))) == 3


def test_a_missing_one_says_how_to_make_it(tmp_path: Path) -> None:
    (told,) = refused(lambda: baseline.load(tmp_path / "b.json"))
    assert told.endswith("there is no such baseline; gapcheck check --write-baseline makes one")
