"""The kinds of file there are: the type each holds, its JSON Schema, and the validation of what the door gave."""

from __future__ import annotations

import importlib
import json
import os
import re
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # none may see ratings, and looking for them takes time

from pydantic import TypeAdapter, ValidationError

from gapcheck.problems import SHOWN, InputError, Problem, key_path, what_is_known

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from gapcheck.files.yamldoc import Doc

KINDS = {
    "sheet": "answers.Sheet",
    "catalog": "catalog.Contents",
    "stage": "catalog.Stage",
    "role": "catalog.Role",
    "policy": "policy.Policy",
    "config": "people.Config",
    "people": "people.People",
    "map": "survey.model.SurveyMap",
    "journey": "journey.map.JourneyMap",
    "jam": "jams.Jam",
    "plan": "plans.PlanFile",
    "delivery": "deliveries.Delivery",
    "baseline": "gate.Baseline",
    "snapshot": "journey.found.Snapshot",
}
"""What `gapcheck: KIND/1` on a file's first lines can say, and the type in core behind it, imported when it is read."""

HEADER = "gapcheck"
T = TypeVar("T")


def type_of(kind: str) -> type:
    """The type that files of a kind hold."""
    module, _, name = KINDS[kind].rpartition(".")
    found: type = getattr(importlib.import_module(f"gapcheck.core.{module}"), name)
    return found


@cache
def adapter(kind: str) -> TypeAdapter[Any]:
    """The validator of one kind, built when it is first needed."""
    return TypeAdapter(type_of(kind))


def read_as(doc: Doc, kind: str, of: type[T]) -> T:
    """The typed content of a document. Raises InputError with every fault, placed in the file."""
    body = _body(doc, kind)
    try:
        value = adapter(kind).validate_json(json.dumps(body), strict=True)
    except ValidationError as error:
        raise InputError(_problems(doc, error, kind)) from None
    if not isinstance(value, of):
        raise TypeError(f"{kind} files hold {of.__name__}")
    return value


def kind_of(doc: Doc) -> str | None:
    """The kind a document says it is."""
    header = doc.data.get(HEADER) if isinstance(doc.data, dict) else None
    return header.split("/")[0] if isinstance(header, str) else None


def _body(doc: Doc, kind: str) -> dict[str, Any]:
    wanted = f"{HEADER}: {kind}/1"
    if not isinstance(doc.data, dict):
        raise InputError([Problem(doc.file, doc.span(), "", f'must be a mapping that begins with "{wanted}"', "kind")])
    found = doc.data.get(HEADER)
    if found != f"{kind}/1":
        message = f'must say "{wanted}"' if found is not None else f'"{wanted}" is missing'
        raise InputError([Problem(doc.file, doc.span(HEADER), HEADER, message, "kind")])
    return {key: value for key, value in doc.data.items() if key != HEADER}


def _problems(doc: Doc, error: ValidationError, kind: str) -> list[Problem]:
    """Pydantic's errors in our words, in the order of the file; advice only for those that will be shown."""
    placed = []
    for fault in error.errors(include_url=False, include_context=True, include_input=False):
        loc = fault["loc"][:-1] if _is_of_key(fault) else fault["loc"]
        placed.append((doc.span(*loc), loc, fault))
    placed.sort(key=lambda each: (each[0].line, each[0].column))
    problems = []
    for number, (span, loc, fault) in enumerate(placed):
        message = _message(fault["type"], fault.get("ctx", {}).get("expected", ""))
        if number < SHOWN and not _is_of_key(fault):
            message += _advice(doc, kind, fault["type"], loc)
        problems.append(Problem(doc.file, span, key_path(loc), message, "value"))
    return problems


def _is_of_key(fault: ErrorDetails) -> bool:
    """Whether a key is at fault and not what stands under it; pydantic ends its place with `[key]`."""
    return len(fault["loc"]) > 1 and fault["loc"][-1] == "[key]"


_MESSAGES = (
    ("shape", "must be {expected}"),
    ("literal_error", "must be {expected}"),
    ("missing", "is missing"),
    ("unexpected_keyword", "unknown key"),
    ("string", "must be a text"),
    ("tuple_type", "must be a list"),
    ("dict_type", "must be a mapping (key: value)"),
    ("dataclass", "must be a mapping (key: value)"),
    ("bool", "must be true or false"),
    ("int", "must be a number"),
    ("float", "must be a number"),
)
"""What we say for the kinds of error that pydantic knows, by how their names begin."""


@cache
def _message(kind: str, expected: str) -> str:
    """One plain sentence: what is wrong, what is allowed."""
    words = next((words for name, words in _MESSAGES if kind.startswith(name)), "is not allowed here")
    return words.format(expected=expected.replace("'", ""))


def _advice(doc: Doc, kind: str, fault: str, loc: tuple[object, ...]) -> str:
    """What was probably meant: the key that an unknown one is near to, or quotes too many or too few."""
    if fault == "unexpected_keyword_argument":
        properties = _schema_at(kind, loc[:-1]).get("properties", {})
        return what_is_known(str(loc[-1]), [key for key in properties if key != HEADER])
    value, allowed = _value_at(doc.data, loc), _schema_at(kind, loc)
    text = allowed.get("type") == "string" and "format" not in allowed and fault in ("shape", "string_type")
    if text and isinstance(value, (int, float)):
        return "; put it in quotes"
    numbers = allowed.get("type") in ("integer", "number") or 1 in allowed.get("enum", ())
    return "; without quotes" if numbers and isinstance(value, str) and value.strip().isdecimal() else ""


def _value_at(data: Any, loc: tuple[object, ...]) -> Any:
    """What stands at a key path; None where nothing does."""
    for part in loc:
        if isinstance(data, dict):
            data = data.get(part)
        else:
            data = data[part] if isinstance(data, list) and isinstance(part, int) else None
    return data


def _schema_at(kind: str, loc: tuple[object, ...]) -> dict[str, Any]:
    """What is allowed at a key path, from the JSON Schema."""
    schema = json_schema(kind)
    here = schema
    for part in loc:
        inside = here.get("properties", {}).get(part) or next(iter(here.get("patternProperties", {}).values()), None)
        here = _resolve(schema, inside or here.get("additionalProperties") or here.get("items") or {})
    return here


def _resolve(schema: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    """The schema itself where it is one of several, or stands under `$defs`."""
    for option in part.get("anyOf", (part,)):
        if "$ref" in option:
            found: dict[str, Any] = schema["$defs"][option["$ref"].rsplit("/", 1)[1]]
            return found
        if option.get("type") != "null":
            return dict(option)
    return part


@cache
def json_schema(kind: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one kind, for editors, with its header line."""
    schema = adapter(kind).json_schema()
    header = {"const": f"{kind}/1", "description": "what kind of file this is"}
    schema["properties"] = {HEADER: header, **schema["properties"]}
    schema["required"] = [HEADER, *schema.get("required", [])]
    said = re.sub(r"\s+", " ", type_of(kind).__doc__ or "").strip()
    ours = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"gapcheck {kind}",
        "description": said,
    }
    return {**ours, **_tidy(schema), **ours}


def _tidy(part: Any) -> Any:
    """A schema without the titles that repeat each key; a key that matches no pattern is refused."""
    if isinstance(part, list):
        return [_tidy(each) for each in part]
    if not isinstance(part, dict):
        return part
    kept = {key: _tidy(value) for key, value in part.items() if not (key == "title" and isinstance(value, str))}
    if "patternProperties" in kept:
        kept.pop("propertyNames", None)  # says the same again, and only in newer versions of pydantic
        kept["additionalProperties"] = False
    return kept
