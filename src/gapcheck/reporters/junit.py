"""The ruling as JUnit XML, which most build servers read: a test case per rule."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from gapcheck.core.report.gate import sentence, told, verdict
from gapcheck.reporters.look import OBEYED

if TYPE_CHECKING:
    from gapcheck.core.gate import Result, Ruling
    from gapcheck.problems import Problem
    from gapcheck.reporters.look import Look

SUITE = "gapcheck check"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(ruling: Ruling, look: Look) -> str:
    """One suite; a rule that does not hold is a failure, what cannot be judged an error."""
    cases = [*map(_fault, ruling.faults), *(_case(result, ruling) for result in ruling.results)]
    counts = {
        "tests": len(cases),
        "failures": sum(case.find("failure") is not None for case in cases),
        "errors": sum(case.find("error") is not None for case in cases),
    }
    suite = ET.Element("testsuite", {"name": SUITE, **{key: str(number) for key, number in counts.items()}})
    suite.extend(cases)
    ET.SubElement(suite, "system-out").text = text_of(verdict(ruling))
    suites = ET.Element("testsuites", dict(suite.attrib))
    suites.append(suite)
    ET.indent(suites)
    written = ET.tostring(suites, encoding="unicode")
    written = OBEYED.sub("#&#35;", written)  # a build server obeys it wherever it stands
    if look.ascii:
        written = written.encode("ascii", "xmlcharrefreplace").decode()
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{written}\n'


def text_of(text: str) -> str:
    """Text on one line, without what XML 1.0 cannot hold even escaped."""
    return " ".join(_NOT_XML.sub("\ufffd", text).split())


def _case(result: Result, ruling: Ruling) -> ET.Element:
    case = ET.Element("testcase", {"classname": f"gapcheck.{result.measure}", "name": text_of(told(result))})
    if result.span.line:
        case.attrib |= {"file": text_of(ruling.file), "line": str(result.span.line)}
    if result.outcome == "pass":
        return case
    kind = "failure" if result.outcome == "fail" else "error"
    until = f"a warning until {ruling.warn_until}: " if ruling.warns and kind == "failure" else ""
    said = text_of(until + sentence(result))
    ET.SubElement(case, kind, {"type": result.measure, "message": said}).text = said
    return case


def _fault(fault: Problem) -> ET.Element:
    case = ET.Element("testcase", {"classname": "gapcheck.input", "name": text_of(fault.file or "input")})
    ET.SubElement(case, "error", {"type": fault.rule, "message": text_of(str(fault))})
    return case
