"""Sheets out and in again: nothing is lost, whatever stands in them, and a blank one can be filled in by hand."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from gapcheck.core.answers import NOT_APPLICABLE, UNKNOWN, CatalogRef, Sheet
from gapcheck.core.catalog import Catalog, Skill, Stage
from gapcheck.core.shapes import ID, NAME, PERSON
from gapcheck.files import atomic, catalogs, sheets, yamldoc
from tests.files.conftest import SHOP
from tests.files.reading import refused

if TYPE_CHECKING:
    from pathlib import Path

    from gapcheck.core.answers import Rater, Rating
    from gapcheck.core.policy import Hands

CATALOG = catalogs.load(SHOP).catalog
SKILLS = list(CATALOG.skills)

HOSTILE = [
    *(
        "",
        " ",
        "\n",
        "- x",
        "# no comment",
        "a: b",
        "&a",
        "*a",
        "!!python/object:os.system",
        "{",
        "]",
        "%TAG",
        "---",
        "...",
    ),
    *(
        "null",
        "true",
        "12",
        "2027-01-04",
        "'",
        '"',
        "\\",
        "\\u0041",
        "'''",
        "a\nb",
        "a\r\nb",
        "a\tb",
        "\x00",
        "\x1b[31m",
    ),
    *("\u202e", "\u2028", "\x85", "\x7f", "\ufeff", "\ufffe", "\ud800", "😀", "שלום", "=cmd|' /C calc'!A0", "x" * 5000),
]
TEXTS = st.sampled_from(HOSTILE) | st.text(st.characters(), max_size=30)
NAMES = (TEXTS | st.just("growth")).filter(lambda text: NAME.allows(yamldoc.clean(text)) and NAME.allows(text))
IDS = st.from_regex(ID.pattern, fullmatch=True)
PEOPLE = (IDS | st.sampled_from(["ada", "no", "12", "0x1f", "null", "1e3"])).filter(PERSON.allows)
RATINGS: st.SearchStrategy[Rating] = st.integers(0, 5) | st.sampled_from([NOT_APPLICABLE, UNKNOWN])
HANDS: st.SearchStrategy[Hands] = st.sampled_from(["colleague", "supplier", "none"])
CHOSEN = st.dictionaries(st.sampled_from("234"), st.sampled_from(["a", "b", "c", "d", "unknown"]))


def by_skill(values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(st.sampled_from(SKILLS), values)


@st.composite
def whole_sheets(draw: st.DrawFn) -> Sheet:
    """Sheets with anything in every field that a sheet may hold."""
    rater = draw(st.sampled_from(["self", "peer", "manager"]))
    levels = draw(by_skill(RATINGS))
    settled = draw(by_skill(st.integers(0, 5)))
    ref = st.builds(CatalogRef, name=IDS, version=NAMES, digest=TEXTS)
    return Sheet(
        person=draw(PEOPLE),
        role=draw(st.none() | st.sampled_from(list(CATALOG.roles))),
        group=draw(st.none() | NAMES),
        rater=rater,  # type: ignore[arg-type]
        by=None if rater == "self" else draw(PEOPLE),
        date=draw(st.dates()),
        catalog=draw(st.none() | ref),
        hours_per_week=draw(st.none() | st.integers(0, 80) | st.floats(0, 80)),
        hands=draw(HANDS),
        levels=levels,
        check_budget=draw(st.none() | st.integers(0, 10_000)),
        again_since=draw(st.none() | st.dates()),
        dates=draw(by_skill(st.dates())),
        first=draw(by_skill(RATINGS)),
        checks=draw(by_skill(CHOSEN)),
        settled={skill: level for skill, level in settled.items() if levels.get(skill, "n/a") != NOT_APPLICABLE},
        model=draw(st.none() | TEXTS),
        hands_for=draw(by_skill(HANDS)),
        interest=tuple(draw(st.lists(st.sampled_from(SKILLS), max_size=3))),
        evidence=draw(by_skill(TEXTS)),
        terms=draw(st.dictionaries(IDS, st.lists(TEXTS, max_size=3).map(tuple), max_size=3)),
        notes=draw(by_skill(TEXTS)),
    )


def cleaned(value: Any) -> Any:
    """The same with every text as the door lets it in."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.replace(
            value, **{f.name: cleaned(getattr(value, f.name)) for f in dataclasses.fields(value)}
        )
    if isinstance(value, dict):
        return {key: cleaned(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        return tuple(cleaned(inner) for inner in value)
    return yamldoc.clean(value) if isinstance(value, str) else value


def read(raw: bytes, catalog: Catalog = CATALOG) -> Sheet:
    return sheets.parse(yamldoc.parse(raw, "f"), catalog)


@given(whole_sheets())
def test_what_is_written_reads_the_same_whatever_the_texts_say(sheet: Sheet) -> None:
    again = read(sheets.dump(sheet, CATALOG))
    assert again == cleaned(sheet)
    assert read(sheets.dump(again, CATALOG)) == again


def test_a_sheet_is_written_header_first_and_levels_in_catalog_order() -> None:
    sheet = Sheet(
        person="ada",
        role="manager",
        rater="peer",
        by="ben",
        date=dt.date(2027, 1, 4),
        catalog=CatalogRef(name="corner-shop", version="1.0.0", digest="3f9a1c0b7d42"),
        hours_per_week=4.0,
        levels={"budgeting": 3, "paid-social": "n/a", "landing-pages": "unknown"},
        checks={"landing-pages": {"2": "c"}},
        interest=("budgeting",),
        notes={"budgeting": 'A "quote"\nand a line.'},
    )
    assert sheets.dump(sheet, CATALOG).decode().splitlines() == [
        "gapcheck: sheet/1",
        'person: "ada"',
        'role: "manager"',
        "rater: peer",
        'by: "ben"',
        "date: 2027-01-04",
        'catalog: {name: "corner-shop", version: "1.0.0", digest: "3f9a1c0b7d42"}',
        "hours_per_week: 4",
        "hands: none",
        "levels:",
        "  # attract",
        "  paid-social: n/a",
        "  landing-pages: unknown",
        "  # lead",
        "  budgeting: 3",
        "checks:",
        '  landing-pages: {"2": "c"}',
        "notes:",
        r'  budgeting: "A \"quote\"\nand a line."',
        'interest: ["budgeting"]',
    ]


def blank(catalog: Catalog, role: str = "manager", rater: Rater = "self", by: str | None = None) -> str:
    sheet = Sheet(person="ada", role=role, rater=rater, by=by, date=dt.date(2027, 1, 4))
    return sheets.blank(catalog, CATALOG.roles["manager"], sheet)


def test_a_blank_sheet_about_somebody_else_says_by_whom_and_asks_no_hours(shop: Catalog) -> None:
    text = blank(shop, rater="manager", by="cleo")
    sheet = read(text.encode(), shop)
    assert (sheet.rater, sheet.by, sheet.hours_per_week) == ("manager", "cleo", None)
    assert "hands" not in text


def test_a_blank_sheet_loads_with_everything_open_and_shows_every_level_of_what_the_role_asks(shop: Catalog) -> None:
    text = blank(shop)
    sheet = read(text.encode())
    asked = ["paid-social", "landing-pages", "team-building", "budgeting"]
    assert (sheet.person, sheet.role, sheet.levels) == ("ada", "manager", {})
    assert sheets.unanswered(sheet, asked) == tuple(asked)
    assert re.findall(r"^  ([a-z-]+):$", text, re.MULTILINE) == asked
    for skill in asked:
        levels = [f"  #   {level}  {shop.skills[skill].anchor(level)}" for level in range(6)]
        assert "\n".join(levels) in text


def test_a_blank_sheet_filled_in_is_a_sheet(shop: Catalog) -> None:
    text = blank(shop).replace("  paid-social:\n", "  paid-social: 3\n").replace("  budgeting:\n", "  budgeting: n/a\n")
    sheet = read(text.encode())
    assert sheet.levels == {"paid-social": 3, "budgeting": "n/a"}
    assert sheets.unanswered(sheet, ["paid-social", "landing-pages"]) == ("landing-pages",)


@given(NAMES.map(yamldoc.clean), TEXTS.map(yamldoc.clean))
def test_no_text_of_a_catalog_breaks_out_of_a_comment_in_a_blank_sheet(name: str, what: str) -> None:
    skill = Skill(name=name, what=what, importance=3, levels={"0": name, "5": name})
    catalog = Catalog(CATALOG.contents, {"s": Stage(name=name, skills={"new": skill})}, CATALOG.roles, "")
    assert read(blank(catalog).encode(), catalog).levels == {}
    assert len(blank(catalog).splitlines()) == len(blank(catalog).split("\n")) - 1


def test_a_blank_sheet_for_a_catalog_without_roles_names_none(shop: Catalog) -> None:
    roleless = dataclasses.replace(shop, roles={})
    assert read(blank(roleless, "every-skill").encode(), roleless).role is None


def test_levels_left_blank_are_open() -> None:
    raw = b"gapcheck: sheet/1\nperson: ada\ndate: 2027-01-04\nlevels: {paid-social: , budgeting: ~, copywriting: 0}\n"
    assert read(raw).levels == {"copywriting": 0}


def test_former_ids_are_read_as_the_present_ones_everywhere() -> None:
    parts = {"levels": "3", "dates": "2026-01-01", "checks": "{2: a}", "settled": "2", "hands_for": "none"}
    parts |= {"evidence": "x", "notes": "x"}
    text = "".join(f"{part}: {{social-ads: {value}}}\n" for part, value in parts.items())
    sheet = read(f"gapcheck: sheet/1\nperson: ada\ndate: 2027-01-04\n{text}interest: [social-ads]\n".encode())
    assert [list(getattr(sheet, part)) for part in parts] == [["paid-social"]] * len(parts)
    assert sheet.interest == ("paid-social",)
    assert b"social-ads" not in sheets.dump(sheet, CATALOG)


def test_a_claim_under_a_former_id_may_be_settled_under_the_present_one() -> None:
    text = "gapcheck: sheet/1\nperson: ada\ndate: 2027-01-04\nlevels: {@}\nsettled: {paid-social: 2}\n"
    assert read(text.replace("@", "social-ads: 3").encode()).settled_level("paid-social") == 2
    assert len(refused(lambda: read(text.replace("@", "budgeting: 3").encode()))) == 1


def test_only_unknown_skills_that_are_shown_get_a_suggestion() -> None:
    """Looking for near misses takes longest, and a file can hold thousands."""
    levels = "".join(f"  paid-socia{n}: 1\n" for n in range(300))
    text = f"gapcheck: sheet/1\nperson: ada\ndate: 2027-01-04\ninterest: [budgetin]\nlevels:\n{levels}"
    told = refused(lambda: read(text.encode()))
    assert told[0] == "4:12: interest.0: unknown skill; did you mean budgeting?"
    assert all(fault.endswith("did you mean paid-social?") for fault in told[1:100])
    assert all(fault.endswith("unknown skill") for fault in told[100:])


def test_a_sheet_on_disk_is_the_same_again(tmp_path: Path, shop: Catalog) -> None:
    sheet = Sheet(person="ada", date=dt.date(2027, 1, 4), levels={"budgeting": 2}, notes={"budgeting": "Gut so, ja."})
    atomic.write(tmp_path / "ada.yaml", sheets.dump(sheet, shop), private=True)
    assert sheets.load(tmp_path / "ada.yaml", shop) == sheet
