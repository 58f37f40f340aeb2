"""The kinds of file: what each may hold, as pydantic checks it and as its JSON Schema says it to editors."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from gapcheck.core.shapes import NAME
from gapcheck.files import catalogs, yamldoc
from gapcheck.files.formats import KINDS, adapter, json_schema, kind_of, read_as, type_of
from gapcheck.problems import InputError
from tests.files.conftest import SHOP
from tests.files.reading import refused
from tests.files.test_examples import BAD, EXAMPLES, GOOD, name_of

if TYPE_CHECKING:
    from pathlib import Path

SHIPPED = catalogs.shipped()
SCHEMAS = SHIPPED / "schema"
WRITTEN = sorted([*SHIPPED.rglob("*.yaml"), *SHOP.rglob("*.yaml"), *GOOD])
HEADER = "gapcheck: sheet/1\nperson: ada\ndate: 2027-01-04\n"


def schema_accepts(kind: str, data: object) -> bool:
    checked = Draft202012Validator(json_schema(kind), format_checker=Draft202012Validator.FORMAT_CHECKER)
    return bool(checked.is_valid(data))


def reader_accepts(kind: str, data: object) -> bool:
    try:
        read_as(yamldoc.Doc("f", data, {}), kind, type_of(kind))
    except InputError:
        return False
    return True


def faults(text: str, kind: str = "sheet") -> list[str]:
    return refused(lambda: read_as(yamldoc.parse(text.encode(), "f"), kind, type_of(kind)))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_valid_schema_that_begins_with_its_header(kind: str) -> None:
    schema = json_schema(kind)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert next(iter(schema["properties"])) == "gapcheck"
    assert not schema_accepts(kind, {})
    assert not schema_accepts(kind, {"gapcheck": f"{kind}/1", "no such key": 1})


@pytest.mark.parametrize("kind", KINDS)
def test_stored_schemas_are_fresh(kind: str) -> None:
    """If this fails: gapcheck catalog schema KIND > skills/schema/KIND.json, for every KIND."""
    if "description" not in adapter("sheet").json_schema()["$defs"]["CatalogRef"]:
        pytest.skip("this version of pydantic leaves descriptions out")
    stored = (SCHEMAS / f"{kind}.json").read_text(encoding="utf-8")
    assert stored == json.dumps(json_schema(kind), indent=2) + "\n"


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_what_is_written_fits_its_schema_and_names_it_in_the_first_line(path: Path) -> None:
    text = path.read_text(encoding="utf-8-sig")
    doc = yamldoc.parse(path.read_bytes(), str(path))
    kind = kind_of(doc)
    assert kind is not None
    assert list(Draft202012Validator(json_schema(kind)).iter_errors(doc.data)) == []
    named = text.splitlines()[0].partition("$schema=")[2]
    if named or path.parent != EXAMPLES / "good":
        assert (path.parent / named).resolve() == (SCHEMAS / f"{kind}.json").resolve()


def is_data(path: Path) -> bool:
    try:
        yamldoc.parse(path.read_bytes(), "f")
    except InputError:
        return False
    return True


@pytest.mark.parametrize("path", [path for path in BAD if is_data(path)], ids=name_of)
def test_the_schema_refuses_what_is_wrong_in_one_value(path: Path) -> None:
    """What it cannot know: other files and other keys, and that 1.0 is not 1."""
    data = yamldoc.parse(path.read_bytes(), "f").data
    assert schema_accepts("sheet", data) == (path.stem == "decimal-level" or reader_accepts("sheet", data))


SHEET = yamldoc.parse((EXAMPLES / "good" / "every-key.yaml").read_bytes(), "f").data
PLACES: list[tuple[Any, ...]] = [
    *((key,) for key in SHEET),
    *((key, inner) for key, part in SHEET.items() if isinstance(part, dict) for inner in [*part, "New", "new"]),
    *(("checks", "paid-social", key) for key in "125"),
    *((key, 0) for key in ("interest",)),
]
VALUES: list[Any] = [None, True, 0, 1, 4, 6, -1, 2.5, 80, 81, [], ["a"], ["A", 1], {}, {"a": "b"}, {"2": "a"}]
VALUES += ["", "a", "3", "unknown", "n/a", "none", "self", "Big", "x" * 65, "y" * 401]
VALUES += ["2027-02-28", "2027-02-30", "2027-1-1"]


@settings(max_examples=400)
@given(st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(VALUES)), min_size=1, max_size=2))
def test_schema_and_reader_agree_on_every_change_to_a_sheet(changes: list[tuple[tuple[Any, ...], Any]]) -> None:
    data = copy.deepcopy(SHEET)
    for place, value in changes:
        part = data
        for key in place[:-1]:
            part = part[key] if isinstance(part, dict) and key in part else {}
        if isinstance(part, dict) or (part and isinstance(part, list) and place[-1] == 0):
            part[place[-1]] = copy.deepcopy(value)
    assert schema_accepts("sheet", data) == reader_accepts("sheet", data)


SKILL = "name: A\nskills: {a: {name: A, importance: 3, @}}\n"
MESSAGES = {
    "a near miss": (
        "stage",
        SKILL.replace("@", "levls: {}"),
        "3:38: skills.a.levls: unknown key; did you mean levels?",
    ),
    "a number too large": (
        "stage",
        SKILL.replace("3, @", "6"),
        "3:23: skills.a.importance: must be an importance from 1 to 5",
    ),
    "a key that is none of a few": (
        "stage",
        SKILL.replace("@", "levels: {6: x}"),
        "3:47: skills.a.levels.6: must be 0, 1, 2, 3, 4 or 5",
    ),
    "a fraction in a list": (
        "stage",
        SKILL.replace("@", "learn: [{to: 3, hours: 0.5, do: x}]"),
        "3:54: skills.a.learn.0.hours: must be whole hours from 1 to 500",
    ),
    "a target nobody has": (
        "role",
        "name: A\ntargets: [{to: 1, why: x, skills: []}]\n",
        "3:12: targets.0.to: must be 0, 2, 3 or 4",
    ),
    "a version that is a number": (
        "catalog",
        "name: a\nversion: 1.0\nstages: []\n",
        f"3:1: version: must be {NAME.expected}; put it in quotes",
    ),
    "yes": (
        "policy",
        "rules: [{id: a, when: {urgent: yes}, then: leave}]\n",
        "2:24: rules.0.when.urgent: must be true or false",
    ),
    "a word that is none of a few": (
        "policy",
        "rules: [{id: a, when: {}, then: do, meanwhile: wait}]\ncover: {carry: 1.5}\n",
        "3:9: cover.carry: must be a whole number from 0 to 10000",
    ),
    "a number in quotes": (
        "people",
        "people: {ada: {name: Ada, mentors: '2'}}\n",
        "2:27: people.ada.mentors: must be a whole number from 0 to 10000; without quotes",
    ),
    "an unknown key in a list": (
        "config",
        "check: {rules: [{measure: hold, minimum: 1}]}\n",
        "2:33: check.rules.0.minimum: unknown key; did you mean min?",
    ),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_says_where_and_what_is_allowed_and_what_was_meant(name: str) -> None:
    kind, text, message = MESSAGES[name]
    assert faults(f"gapcheck: {kind}/1\n{text}", kind)[-1:] == [message]


def test_only_faults_that_are_shown_get_advice_the_first_of_the_file_among_them() -> None:
    levels = "".join(f"  s{n}: '3'\n" for n in range(200))
    told = faults(f"{HEADER}levls: {{}}\nlevels:\n{levels}")
    assert told[0] == "4:1: levls: unknown key; did you mean levels?"
    assert all(fault.endswith("; without quotes") for fault in told[1:100])
    assert all(fault.endswith("unknown") for fault in told[100:])


MARK = "zyzzyva-9"
FIELDS = ["person", "role", "by", "date", "catalog", "hours_per_week", "levels", "checks", "settled", "terms"]
FIELDS += ["gapcheck", "rater", "hands", "hands_for", "interest", "dates", "notes", "evidence"]


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("shape", ["@!", "[[@!]]", "{paid-social: [[@!]]}", "{paid-social: {2: [@!]}}"])
def test_no_message_repeats_a_value(field: str, shape: str) -> None:
    """What is in a sheet is personal, and messages end up in the logs of a build server."""
    header = "".join(line + "\n" for line in HEADER.splitlines() if not line.startswith(f"{field}:"))
    told = faults(f"{header}{field}: {shape.replace('@', MARK)}\n")
    assert f": {field}" in told[-1]
    assert MARK not in "".join(told)


@pytest.mark.parametrize("text", ["0", "1735948800"])
def test_a_date_is_year_month_and_day(text: str) -> None:
    assert faults(f"gapcheck: sheet/1\nperson: ada\ndate: '{text}'\n") == ["3:1: date: must be a date like 2027-01-04"]


def test_the_kind_is_what_the_header_says() -> None:
    assert kind_of(yamldoc.parse(b"gapcheck: sheet/1\n", "f")) == "sheet"
    assert kind_of(yamldoc.parse(b"person: ada\n", "f")) is None
    assert kind_of(yamldoc.parse(b"- gapcheck: sheet/1\n", "f")) is None
