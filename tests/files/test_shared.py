"""Shared copies: what is in them and what is not, and a fast reader that never differs from the full one."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gapcheck.core.answers import NOT_APPLICABLE, UNKNOWN, CatalogRef, Sheet
from gapcheck.core.team import IS_NOT_APPLICABLE, IS_OPEN, IS_UNKNOWN, row_of
from gapcheck.files import shared, sheets, yamldoc
from gapcheck.problems import InputError
from tests.files.test_sheets import CATALOG, SKILLS, whole_sheets

WHOLE = Sheet(
    person="ada",
    role="manager",
    group="Growth & more",
    date=dt.date(2027, 1, 4),
    catalog=CatalogRef(name="corner-shop", version="1.0.0", digest="3f9a1c0b7d42"),
    hours_per_week=4.5,
    hands="supplier",
    check_budget=12,
    again_since=dt.date(2026, 12, 1),
    levels={"paid-social": 3, "landing-pages": UNKNOWN, "copywriting": NOT_APPLICABLE, "budgeting": 5},
    dates={"paid-social": dt.date(2026, 5, 11)},
    first={"budgeting": 4},
    checks={"landing-pages": {"2": "c", "3": "unknown"}, "budgeting": {}},
    settled={"paid-social": 2},
    model="levels/1",
    hands_for={"budgeting": "none"},
    interest=("landing-pages",),
    evidence={"budgeting": "The plan for spring"},
    terms={"attract": ("quality score", "scroll weight"), "lead": ()},
    notes={"paid-social": "Shadowed the agency: it works."},
)
"""A sheet with something in every part."""

TEXT = sheets.dump(WHOLE, CATALOG).decode()


def full(raw: bytes) -> Sheet | None:
    """What the full reader says; None where it refuses."""
    try:
        return sheets.parse(yamldoc.parse(raw, "f"), CATALOG)
    except InputError:
        return None


def agrees(raw: bytes) -> bool:
    """Whether the fast reader read the text; fails where it read what the full one does not."""
    fast = shared.read(raw, CATALOG)
    if fast is not None:
        assert fast == full(raw)
        assert repr(fast) == repr(full(raw))  # 4 equals 4.0, and is written otherwise
    return fast is not None


def test_every_part_that_the_program_writes_is_read_fast() -> None:
    assert shared.read(TEXT.encode(), CATALOG) == WHOLE


def test_what_a_team_shares_is_read_fast() -> None:
    copy = shared.copy_of(WHOLE, WHOLE.levels)
    text = shared.dump(copy, CATALOG, "../skills/schema/sheet.json")
    assert shared.read(text.encode(), CATALOG) == full(text.encode())
    assert shared.read(text.encode(), CATALOG) is not None


@given(whole_sheets())
def test_whatever_is_written_without_escapes_is_read_fast_and_the_same(sheet: Sheet) -> None:
    raw = sheets.dump(sheet, CATALOG)
    plain = b"\\" not in raw and len(raw) < shared.MOST_BYTES and not re.search(rb"\nhours_per_week: .*e", raw)
    assert agrees(raw) or not plain


LINES = TEXT.splitlines(keepends=True)
SPARE = [
    *LINES,
    "  paid-social: 4\n",
    "  social-ads: 3\n",
    "  unheard-of: 3\n",
    "  budgeting: 6\n",
    "  budgeting: 03\n",
    "  budgeting: 3 \n",
    "  budgeting: ~\n",
    "  # note\n",
    "\n",
    "rater: self\n",
    'rater: peer\nby: "ben"\n',
    "levels: {}\n",
    "settled:\n",
    "  team-building: 1\n",
]
"""Lines to mix into a sheet: its own again, and others that are nearly right."""


@settings(max_examples=300)
@given(st.lists(st.tuples(st.sampled_from("idr"), st.integers(0, len(LINES)), st.sampled_from(SPARE)), max_size=3))
def test_no_mix_of_lines_is_read_differently(edits: list[tuple[str, int, str]]) -> None:
    lines = list(LINES)
    for what, at, line in edits:
        lines[at : at + (what != "i")] = [] if what == "d" else [line]
    agrees("".join(lines).encode())


BITS = [
    *'"\\#:,-~!&*[]{}0123456789abné \n\r\t',
    "\x85",
    "\u2028",
    "\u202e",
    "\ufeff",
    "\x00",
    "n/a",
    "null",
    ": ",
    " #",
]


@settings(max_examples=500)
@given(st.lists(st.tuples(st.integers(0, len(TEXT)), st.integers(0, 2), st.sampled_from(BITS)), min_size=1, max_size=2))
def test_no_slip_of_the_keyboard_is_read_differently(slips: list[tuple[int, int, str]]) -> None:
    text = TEXT
    for at, drop, bit in slips:
        text = text[:at] + bit + text[at + drop :]
    agrees(text.encode())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('person: "ada"', 'person: "con"'),
        ('person: "ada"', 'person: "Ada"'),
        ('role: "manager"', 'role: "manger"'),
        ('group: "Growth & more"', 'group: "  "'),
        ('group: "Growth & more"', f'group: "{"x" * 401}"'),
        ("date: 2027-01-04", "date: 2027-02-30"),
        ('version: "1.0.0"', 'version: ""'),
        ('name: "corner-shop"', 'name: "Corner Shop"'),
        ("hours_per_week: 4.5", "hours_per_week: 81"),
        ("check_budget: 12", "check_budget: 10001"),
        ("again_since: 2026-12-01", "again_since: 2026-12-32"),
        ("  paid-social: 3\n", "  paid-social: 3\n  paid-social: 3\n"),
        ("  paid-social: 3\n", "  paid-socail: 3\n"),
        ("  paid-social: 3\n", "  paid-social: 6\n"),
        ("settled:\n  paid-social: 2", "settled:\n  copywriting: 2"),
        ("settled:\n  paid-social: 2", "settled:\n  team-building: 2"),
        ('{"2": "c", "3": "unknown"}', '{"2": "c", "2": "c"}'),
        ('"2026-05-11"', '"2026-13-11"'),
        ('interest: ["landing-pages"]', 'interest: ["landing-page"]'),
        ('"The plan for spring"', '"\x1b[31m"'),
        ("# attract", "# \x01"),
        ("gapcheck: sheet/1", "gapcheck: sheet/2"),
    ],
)
def test_what_the_full_reader_refuses_is_not_read(old: str, new: str) -> None:
    assert TEXT.count(old) >= 1
    raw = TEXT.replace(old, new).encode()
    assert full(raw) is None
    assert shared.read(raw, CATALOG) is None


@pytest.mark.parametrize(
    "raw",
    [
        TEXT.encode("utf-16"),
        TEXT.encode() + b"\xff",
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.replace("paid-social", "social-ads").encode(),
        TEXT.replace("Growth & more", "\u202eGrowth").encode(),
        TEXT.replace("Growth & more", "Growth\tmore").encode(),
        b"",
    ],
    ids=["utf-16", "not utf-8", "byte order mark", "former id", "override", "tab", "empty"],
)
def test_what_only_the_full_reader_can_judge_is_left_to_it(raw: bytes) -> None:
    assert shared.read(raw, CATALOG) is None


def test_more_values_than_a_file_may_hold_are_refused_in_any_form() -> None:
    listed = ", ".join(['"budgeting"'] * 60_000)
    raw = TEXT.replace('interest: ["landing-pages"]', f"interest: [{listed}]").encode()
    assert full(raw) is None
    assert shared.read(raw, CATALOG) is None


def test_whole_hours_stay_whole() -> None:
    assert agrees(TEXT.replace("hours_per_week: 4.5", "hours_per_week: 4").encode())


def test_line_endings_of_windows_are_read_fast_too() -> None:
    assert shared.read(TEXT.replace("\n", "\r\n").encode(), CATALOG) == WHOLE


def test_a_shared_copy_holds_header_settled_levels_and_dates_of_the_chosen_skills_only() -> None:
    copy = shared.copy_of(WHOLE, {"paid-social", "landing-pages", "copywriting"})
    assert shared.dump(copy, CATALOG, "../skills/schema/sheet.json").splitlines() == [
        "# yaml-language-server: $schema=../skills/schema/sheet.json",
        "gapcheck: sheet/1",
        'person: "ada"',
        'role: "manager"',
        'group: "Growth & more"',
        "date: 2027-01-04",
        'catalog: {name: "corner-shop", version: "1.0.0"}',
        "levels:",
        "  # attract",
        "  paid-social: 2",
        "  landing-pages: unknown",
        "  copywriting: n/a",
        "dates:",
        '  paid-social: "2026-05-11"',
    ]


@given(whole_sheets(), st.sets(st.sampled_from(SKILLS)))
def test_a_team_reads_from_the_copy_what_the_sheet_says_of_the_chosen_skills(sheet: Sheet, chosen: set[str]) -> None:
    again = full(shared.dump(shared.copy_of(sheet, chosen), CATALOG).encode())
    assert again is not None
    whole = dict(zip(SKILLS, row_of(sheet, SKILLS), strict=True))
    assert dict(zip(SKILLS, row_of(again, SKILLS), strict=True)) == {
        skill: byte if skill in chosen else IS_OPEN for skill, byte in whole.items()
    }
    assert again.dates == {s: day for s, day in sheet.dates.items() if s in chosen and s in sheet.levels}
    assert (again.notes, again.checks, again.terms, again.evidence, again.settled, again.first) == ({},) * 6


def test_unknown_and_not_applicable_are_still_told_apart() -> None:
    copy = shared.copy_of(WHOLE, WHOLE.levels)
    assert list(row_of(copy, SKILLS)) == [2, IS_UNKNOWN, IS_NOT_APPLICABLE, IS_OPEN, 5]


def test_what_stays_private_is_counted() -> None:
    assert shared.left_out(WHOLE, shared.copy_of(WHOLE, {"paid-social", "copywriting"})) == (
        "skills not chosen (2)",
        "levels claimed where another was settled (1)",
        "first answers (1)",
        "answers to checks (2)",
        "ticked terms (2)",
        "evidence (1)",
        "notes (1)",
        "hours and hands (3)",
        "interest (1)",
    )
    copy = shared.copy_of(WHOLE, WHOLE.levels)
    assert shared.left_out(copy, shared.copy_of(copy, copy.levels)) == ()
