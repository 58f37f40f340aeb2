"""The ruling as SARIF 2.1.0 for code scanning. Aggregates only: no person, and no file that is named after one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from gapcheck.core.report import words
from gapcheck.core.report.gate import LABELS, sentence, verdict
from gapcheck.reporters.junit import text_of
from gapcheck.reporters.look import OBEYED
from gapcheck.version import VERSION

if TYPE_CHECKING:
    from gapcheck.core.gate import Result, Ruling
    from gapcheck.problems import Span
    from gapcheck.reporters.look import Look

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
INPUT = "input"
"""What kept the gate from judging at all."""


def render(ruling: Ruling, look: Look) -> str:
    """One run. Rules that hold are no results: code scanning would show them as alerts."""
    results = [_result(each, ruling) for each in ruling.results if each.outcome != "pass"]
    results += [_input(ruling)] if ruling.faults else []
    driver = {
        "name": "gapcheck",
        "semanticVersion": VERSION,
        "rules": [*map(_rule, {**LABELS, INPUT: "faults of input"}.items())],
    }
    done: dict[str, Any] = {"executionSuccessful": ruling.outcome != "cannot-judge"}
    if not done["executionSuccessful"]:
        done["toolExecutionNotifications"] = [{"level": "error", "message": {"text": text_of(verdict(ruling))}}]
    run = {"tool": {"driver": driver}, "invocations": [done], "columnKind": "unicodeCodePoints", "results": results}
    text = json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=look.ascii)
    return OBEYED.sub(r"#\\u0023", text) + "\n"


def _rule(named: tuple[str, str]) -> dict[str, Any]:
    return {"id": named[0], "shortDescription": {"text": named[1]}}


def _result(result: Result, ruling: Ruling) -> dict[str, Any]:
    level = "warning" if ruling.warns and result.outcome == "fail" else "error"
    where = ":".join(part or "" for part in (result.measure, result.skill, result.stage, result.group))
    return {
        "ruleId": result.measure,
        "level": level,
        "message": {"text": text_of(sentence(result))},
        "locations": [_location(ruling, result.span)],
        "partialFingerprints": {"gapcheckRule/v1": text_of(where)},
    }


def _input(ruling: Ruling) -> dict[str, Any]:
    """Faults as a number: their files can be named after people."""
    number = words.counted(len(ruling.faults), "fault")
    message = f"{number} in what the gate reads: nothing was judged; gapcheck check lists them"
    return {
        "ruleId": INPUT,
        "level": "error",
        "message": {"text": message},
        "locations": [_location(ruling, None)],
        "partialFingerprints": {"gapcheckRule/v1": INPUT},
    }


def _location(ruling: Ruling, span: Span | None) -> dict[str, Any]:
    """The rule's line in gapcheck.yaml; the file as a whole for a rule that nobody wrote."""
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(text_of(ruling.file))}}
    if span is not None and span.line:
        place["region"] = {"startLine": span.line, "startColumn": max(1, span.column)}
    return {"physicalLocation": place}
