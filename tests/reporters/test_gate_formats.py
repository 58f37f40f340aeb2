"""The ruling in every format: valid where there is a schema, of the right size, and obeyed by nothing on its way."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapcheck.core.gate import Result, Ruling
from gapcheck.core.report.gate import LABELS, number, sentence, verdict
from gapcheck.files.yamldoc import clean
from gapcheck.problems import Problem, Span
from gapcheck.reporters import Look
from gapcheck.reporters.badge import COLOURS
from gapcheck.reporters.gate import CUT, GATE_EXTENSIONS, GATE_REPORTERS, MOST_BYTES, shortened
from tests.reporters.hostile import NAMES, OBEYED
from tests.reporters.test_hostile import commands, controls, ragged, squashed, structure, texts

if TYPE_CHECKING:
    from collections.abc import Callable

SCHEMA = Path(__file__).parent.parent / "data" / "sarif-2.1.0.schema.json"
DAY = dt.date(2027, 1, 11)
ANY = Result("carry", "min", Fraction(1), "people", "pass", Fraction(1), "Ads", "Ads: 1 carries it", span=Span(8, 7))
FAILS = replace(
    ANY, outcome="fail", value=Fraction(0), words="Ads: nobody carries it", subject="ads", short=("ads", "b")
)
CANNOT = replace(
    ANY, outcome="cannot-judge", value=None, words="no sheet has an applicable answer here", span=Span(9, 7)
)
MIXED = Ruling((ANY, FAILS, CANNOT), as_of=DAY)
BROKEN = Ruling(faults=(Problem("sheets/ada.yaml", Span(3, 2), "levels.ads", "must be a level", "sheet"),))


def rendered(ruling: Ruling, name: str, *, ascii_only: bool = False) -> str:
    return GATE_REPORTERS[name](ruling, Look(ascii=ascii_only))


@cache
def sarif_schema() -> jsonschema.Draft4Validator:
    return jsonschema.Draft4Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def named(name: str) -> Ruling:
    """A ruling in which everything that comes from files has a name."""
    parts = {"about": name, "words": name, "skill": name, "stage": name, "group": name, "short": (name, name)}
    results = tuple(replace(each, **parts) for each in (ANY, FAILS, CANNOT))  # type: ignore[arg-type]
    return Ruling(results, as_of=DAY, left_out=(name,), notes=(name,))


def faulty(name: str) -> Ruling:
    return Ruling(faults=(Problem(name, Span(1, 1), name, name, "sheet"),))


BUILDS = (named, faulty)


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    """As it gets through the door."""
    return clean(NAMES[request.param])


def test_no_name_starts_a_command_or_controls_a_terminal(name: str) -> None:
    for kind, build, ascii_only in product(sorted(set(GATE_REPORTERS) - {"github"}), BUILDS, (False, True)):
        text = rendered(build(name), kind, ascii_only=ascii_only)
        assert commands(text) == []
        assert controls(text) <= {"\n"}
        assert text.isascii() >= ascii_only


@pytest.mark.parametrize("build", BUILDS)
def test_github_gets_our_commands_and_no_other(build: Callable[[str], Ruling], name: str) -> None:
    """Each is read as GitHub's runner reads it, and says what was said."""
    ruling = build(name)
    lines = [line for line in rendered(ruling, "github").split("\n") if line.strip().startswith("::")]
    assert not OBEYED.search(rendered(ruling, "github"))
    assert len(lines) == len(ruling.of("fail")) + len(ruling.of("cannot-judge")) + len(ruling.faults)
    for line in lines:
        level, properties, message = re.fullmatch(r"::(error|warning) (.*?)::(.*)", line).groups()  # type: ignore[union-attr]
        assert level == "error"
        keys = [each.split("=", 1)[0] for each in properties.split(",")]
        assert keys == ["file", "line", "col", "title"]
        said = message.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")
        assert squashed(OBEYED.sub("## ", name)) in squashed(said)


def test_a_name_takes_the_same_place_in_the_markdown_as_a_plain_one(name: str) -> None:
    for build in BUILDS:
        mine = rendered(build(name), "markdown")
        assert structure(mine) == structure(rendered(build("Plain"), "markdown"))
        assert ragged(mine) == []
        assert squashed(name) in squashed("".join(texts(mine)))


@pytest.mark.parametrize("raw", [False, True])
def test_junit_is_xml_with_a_case_per_rule_and_the_name_in_it(
    name: str, raw: bool, request: pytest.FixtureRequest
) -> None:
    """Even a name that never went through the door breaks nothing."""
    given = NAMES[request.node.callspec.params["name"]] if raw else name
    root = ET.fromstring(rendered(named(given), "junit"))  # noqa: S314 (our own)
    cases = root.findall("testsuite/testcase")
    assert [[child.tag for child in case] for case in cases] == [[], ["failure"], ["error"]]
    assert root.attrib == {"name": "gapcheck check", "tests": "3", "failures": "1", "errors": "1"}
    if not raw:
        assert squashed(name) in squashed(cases[1].attrib["name"])
        assert squashed(name) in squashed(cases[1].find("failure").text)  # type: ignore[union-attr,arg-type]


@pytest.mark.parametrize("build", BUILDS)
def test_sarif_holds_to_its_schema_whatever_the_name(build: Callable[[str], Ruling], name: str) -> None:
    for ascii_only in (False, True):
        sarif_schema().validate(json.loads(rendered(build(name), "sarif", ascii_only=ascii_only)))


@given(st.text())
def test_any_text_at_all_leaves_every_format_whole(text: str) -> None:
    ruling = named(text)
    ET.fromstring(rendered(ruling, "junit"))  # noqa: S314 (our own)
    json.loads(rendered(ruling, "sarif"))
    json.loads(rendered(ruling, "json"))
    lines = rendered(ruling, "github").splitlines()
    assert sum(line.startswith("::") for line in lines) == 2


# what each says


OUTCOMES = ["pass", "fail", "cannot-judge"]


@pytest.mark.parametrize(("outcome", "warns"), [*product(OUTCOMES, [False, True]), ("faults", False)])
def test_sarif_holds_to_its_schema_and_lists_what_does_not_pass(outcome: str, warns: bool) -> None:
    result = {"pass": ANY, "fail": FAILS, "cannot-judge": CANNOT}.get(outcome)
    until = DAY + dt.timedelta(days=1) if warns else None
    ruling = Ruling((result,), as_of=DAY, warn_until=until) if result else BROKEN
    log = json.loads(rendered(ruling, "sarif"))
    sarif_schema().validate(log)
    (run,) = log["runs"]
    known = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert {each["ruleId"] for each in run["results"]} <= known
    assert [each["level"] for each in run["results"]] == {
        "pass": [],
        "fail": ["warning" if warns else "error"],
        "cannot-judge": ["error"],
        "faults": ["error"],
    }[outcome]
    assert run["invocations"][0]["executionSuccessful"] == (outcome in ("pass", "fail"))
    assert ("toolExecutionNotifications" in run["invocations"][0]) == (outcome not in ("pass", "fail"))


def test_the_schema_can_tell_what_is_no_sarif() -> None:
    log = json.loads(rendered(MIXED, "sarif"))
    log["runs"][0]["results"][0]["level"] = "fatal"
    with pytest.raises(jsonschema.ValidationError):
        sarif_schema().validate(log)


def test_sarif_points_at_the_rules_line_and_names_no_person() -> None:
    log = json.loads(rendered(replace(MIXED, folder="team marketing"), "sarif"))
    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place == {
        "artifactLocation": {"uri": "team%20marketing/gapcheck.yaml"},
        "region": {"startLine": 8, "startColumn": 7},
    }
    assert "ada" not in rendered(BROKEN, "sarif")
    shipped = Ruling((replace(FAILS, span=Span()),), as_of=DAY)
    place = json.loads(rendered(shipped, "sarif"))["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "gapcheck.yaml"}}


def test_annotations_point_at_the_rules_line_what_cannot_be_judged_first() -> None:
    lines = rendered(replace(MIXED, folder="marketing"), "github").splitlines()
    assert lines[0].startswith("::error file=marketing/gapcheck.yaml,line=9,col=7,title=gapcheck cannot judge::")
    assert lines[1].startswith("::error file=marketing/gapcheck.yaml,line=8,col=7,title=gapcheck carry::0 measured")
    assert lines[2] == verdict(MIXED)
    assert rendered(BROKEN, "github").startswith(
        "::error file=sheets/ada.yaml,line=3,col=2,title=gapcheck cannot judge::"
    )


@pytest.mark.parametrize(
    ("failing", "shown", "more"), [(1, 1, ""), (10, 10, ""), (11, 10, "and 1 more"), (99, 10, "and 89 more")]
)
def test_at_most_ten_annotations_then_how_many_more(failing: int, shown: int, more: str) -> None:
    lines = rendered(Ruling((FAILS,) * failing, as_of=DAY), "github").splitlines()
    assert sum(line.startswith("::error ") for line in lines) == shown
    assert "".join(line for line in lines if line.startswith("and ")) == more


def test_a_shipped_rule_is_annotated_without_a_place() -> None:
    assert rendered(Ruling((replace(FAILS, span=Span()),), as_of=DAY), "github").startswith(
        "::error title=gapcheck carry::"
    )


def test_until_the_day_failures_are_warnings_everywhere_and_loudly() -> None:
    ruling = Ruling((FAILS, ANY), as_of=DAY, warn_until=dt.date(2027, 3, 1))
    assert "::warning file=gapcheck.yaml" in rendered(ruling, "github")
    assert "::error" not in rendered(ruling, "github")
    for kind in ("terminal", "markdown"):
        assert "WARNING ONLY" in rendered(ruling, kind)
        assert "1 Mar 2027" in rendered(ruling, kind)
    assert 'message="a warning until 2027-03-01: ' in rendered(ruling, "junit")
    assert json.loads(rendered(ruling, "json"))["warning_until"] == "2027-03-01"
    cannot = replace(ruling, results=(CANNOT,))
    assert "::error" in rendered(cannot, "github")
    assert "CANNOT JUDGE" in rendered(cannot, "terminal")


def test_json_has_the_exact_number_and_the_place() -> None:
    exact = replace(FAILS, value=Fraction("79.96"), limit=Fraction(80))
    data = json.loads(rendered(Ruling((exact,), as_of=DAY), "json"))
    (rule,) = data["rules"]
    assert (data["format"], data["outcome"]) == ("gapcheck-check/1", "fail")
    assert (rule["value"], rule["exactly"], rule["min"]) == (79.96, "1999/25", 80.0)
    assert (rule["file"], rule["line"], rule["column"]) == ("gapcheck.yaml", 8, 7)
    assert (rule["worst"], rule["short"]) == ("ads", ["ads", "b"])


@given(st.fractions(0, 100), st.integers(0, 100))
def test_no_number_is_shown_as_if_it_met_a_bound_that_it_misses(value: Fraction, limit: int) -> None:
    for bound in ("min", "max"):
        of = replace(ANY, bound=bound, unit="%", limit=Fraction(limit))
        shown = Fraction(number(value, of).rstrip("%"))
        met, looks_met = (value >= limit, shown >= limit) if bound == "min" else (value <= limit, shown <= limit)
        assert looks_met <= met
        assert abs(shown - value) < Fraction(1, 100)


@pytest.mark.parametrize(
    ("value", "bound", "shown"),
    [("79.9999", "min", "79.99%"), ("50.0001", "max", "50.01%"), ("80", "min", "80%"), ("79.96", "min", "79.96%")],
)
def test_numbers_as_they_are_shown(value: str, bound: str, shown: str) -> None:
    assert number(Fraction(value), replace(ANY, unit="%", bound=bound)) == shown  # type: ignore[arg-type]


def test_a_gate_without_a_rule_that_applies_has_judged_nothing() -> None:
    assert verdict(Ruling(as_of=DAY, left_out=("ratchet",))) == "CANNOT JUDGE: no rule is about this."


def test_every_measure_has_words() -> None:
    from gapcheck.core.gate import MEASURES

    assert set(LABELS) == {*MEASURES, "ratchet", "together"}


@pytest.mark.parametrize(
    ("ruling", "said", "colour"),
    [
        (Ruling((ANY,), as_of=DAY), "pass", "green"),
        (Ruling((ANY, FAILS), as_of=DAY), "1 of 2 fail", "red"),
        (Ruling((FAILS,), as_of=DAY, warn_until=dt.date(2027, 3, 1)), "warning: 1 of 1 fail", "orange"),
        (MIXED, "cannot judge", "grey"),
        (BROKEN, "cannot judge", "grey"),
        (Ruling(), "cannot judge", "grey"),
    ],
)
def test_badges(ruling: Ruling, said: str, colour: str) -> None:
    svg = ET.fromstring(rendered(ruling, "badge-svg"))  # noqa: S314 (our own)
    assert svg.attrib["aria-label"] == f"gapcheck: {said}"
    assert COLOURS[colour] in rendered(ruling, "badge-svg")
    endpoint = json.loads(rendered(ruling, "badge-json"))
    assert (endpoint["schemaVersion"], endpoint["label"], endpoint["message"]) == (1, "gapcheck", said)
    assert endpoint["color"] == COLOURS[colour]
    assert endpoint.get("isError", False) == (said == "cannot judge")


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colour", [*COLOURS.values(), "#444444"])
def test_white_on_every_colour_of_the_badge_can_be_read(colour: str) -> None:
    assert 1.05 / (luminance(colour) + 0.05) >= 4.5


def test_markdown_stays_under_a_mebibyte_and_says_where_it_was_cut() -> None:
    long = replace(FAILS, words="語" * 399, about="x" * 399)
    text = rendered(Ruling((long,) * 2_000, as_of=DAY), "markdown")
    assert len(text.encode()) <= MOST_BYTES < 1 << 20
    assert text.endswith(CUT)
    assert text[: -len(CUT)].endswith(" |\n"), "at the end of a row"


@given(st.text("語a\n", max_size=300), st.integers(0, 400))
def test_what_is_cut_fits_and_keeps_whole_lines(text: str, room: int) -> None:
    kept = shortened(text, room)
    assert len(kept.encode()) <= max(room, 0)
    if kept not in (text, ""):
        assert kept.endswith(CUT)
        assert text.startswith(kept.removesuffix(CUT))


TOLD_AS_ONE = Result("together", "min", None, "", "fail", None, "", "not all of them hold", span=Span(7, 3))
FOR_EVERYBODY = replace(FAILS, value=None, words="3 of 36 skills short of 2 people", subject="", short=())


@pytest.mark.parametrize("kind", GATE_REPORTERS)
def test_no_format_makes_up_a_number_or_a_bound_that_is_not_for_everybody(kind: str) -> None:
    text = rendered(Ruling((FOR_EVERYBODY, TOLD_AS_ONE), as_of=DAY), kind)
    assert "nothing" not in text
    assert "cannot be judged" not in text
    if kind == "json":
        counted, as_one = json.loads(text)["rules"]
        assert (counted["min"], counted["value"], counted["exactly"]) == (1.0, None, None)
        assert {"min", "max"} & {*as_one} == set()
    elif not kind.startswith("badge"):
        assert "3 of 36 skills short" in text
        assert "rules told as one; at" not in text
    if kind == "sarif":
        sarif_schema().validate(json.loads(text))


def test_a_result_without_a_number_in_one_line() -> None:
    assert sentence(FOR_EVERYBODY) == (
        "does not hold: carry: people who carry (4 or more), Ads; at least 1: 3 of 36 skills short of 2 people"
    )
    assert sentence(replace(TOLD_AS_ONE, outcome="pass", words="all of them hold")) == (
        "holds: together: rules told as one: all of them hold"
    )


def test_every_extension_leads_to_a_format() -> None:
    assert set(GATE_EXTENSIONS.values()) <= set(GATE_REPORTERS)
    assert sorted(GATE_EXTENSIONS) == [".html", ".json", ".md", ".sarif", ".svg", ".xml"]


def test_a_result_in_one_line() -> None:
    assert sentence(FAILS) == (
        "0 measured, carry: people who carry (4 or more), Ads; at least 1: Ads: nobody carries it"
    )
    assert sentence(CANNOT).startswith("cannot be judged: carry")
