"""The kinds of file there are: the type each holds, its JSON Schema, and the validation of what the door gave."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from gapcheck.core.answers import Sheet
from gapcheck.core.catalog import Contents, Role, Stage
from gapcheck.core.people import Config, People
from gapcheck.core.policy import Policy
from gapcheck.problems import SHOWN, InputError, Problem, did_you_mean

if TYPE_CHECKING:
    from gapcheck.files.yamldoc import Doc

KINDS: dict[str, type] = {
    "sheet": Sheet,
    "catalog": Contents,
    "stage": Stage,
    "role": Role,
    "policy": Policy,
    "config": Config,
    "people": People,
}
"""What `gapcheck: KIND/1` on a file's first lines can say, and the type behind it."""

HEADER = "gapcheck"
T = TypeVar("T")


@cache
def adapter(kind: str) -> TypeAdapter[Any]:
    """The validator of one kind, built when it is first needed."""
    return TypeAdapter(KINDS[kind])


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
    """Pydantic's errors in our words; suggestions only for those that will be shown."""
    found = error.errors(include_url=False, include_context=True, include_input=False)
    problems = []
    for number, fault in enumerate(found):
        loc = tuple(part for part in fault["loc"] if part != "[key]")
        known = _known(kind, loc) if fault["type"] == "unexpected_keyword_argument" and number < SHOWN else ()
        message = _message(fault["type"], fault.get("ctx", {}), str(loc[-1]) if loc else "", known)
        path = ".".join(_shown(part) for part in loc)
        problems.append(Problem(doc.file, doc.span(*loc), path, message, "value"))
    return problems


def _shown(part: object) -> str:
    """A path segment; what is no plain key of ours is cut short."""
    text = str(part)
    return text if len(text) <= 64 else text[:61] + "..."


_MESSAGES = (
    ("shape", "must be {expected}"),
    ("literal_error", "must be {expected}"),
    ("missing", "is missing"),
    ("date", "must be a date like 2027-01-04"),
    ("string", "must be a text; put it in quotes if it looks like a number or true/false"),
    ("tuple_type", "must be a list"),
    ("dict_type", "must be a mapping (key: value)"),
    ("dataclass", "must be a mapping (key: value)"),
    ("bool", "must be true or false"),
    ("int", "must be a number"),
    ("float", "must be a number"),
)
"""What we say for the kinds of error that pydantic knows, by how their names begin."""


def _message(kind: str, context: dict[str, Any], key: str, known: tuple[str, ...]) -> str:
    """One plain sentence: what is wrong, what is allowed."""
    if kind == "unexpected_keyword_argument":
        return "unknown key" + (did_you_mean(key, known) or (f"; known are {', '.join(known)}" if known else ""))
    words = next((words for name, words in _MESSAGES if kind.startswith(name)), "is not allowed here")
    return words.format(expected=str(context.get("expected", "")).replace("'", ""))


def _known(kind: str, loc: tuple[object, ...]) -> tuple[str, ...]:
    """The keys that are allowed where an unknown one stands, from the JSON Schema."""
    schema = json_schema(kind)
    here: dict[str, Any] = schema
    for part in loc[:-1]:
        here = _resolve(schema, here)
        properties = here.get("properties", {})
        if str(part) in properties:
            here = properties[str(part)]
        elif isinstance(here.get("additionalProperties"), dict):
            here = here["additionalProperties"]
        else:
            here = here.get("items", {})
    return tuple(key for key in _resolve(schema, here).get("properties", {}) if key != HEADER)


def _resolve(schema: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    for option in (part, *part.get("anyOf", ())):
        if "$ref" in option:
            found: dict[str, Any] = schema["$defs"][option["$ref"].rsplit("/", 1)[1]]
            return found
    return part


@cache
def json_schema(kind: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one kind, for editors, with its header line."""
    schema = adapter(kind).json_schema()
    header = {"const": f"{kind}/1", "description": "what kind of file this is"}
    schema["properties"] = {HEADER: header, **schema["properties"]}
    schema["required"] = [HEADER, *schema.get("required", [])]
    said = re.sub(r"\s+", " ", KINDS[kind].__doc__ or "").strip()
    ours = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"gapcheck {kind}",
        "description": said,
    }
    return {**ours, **_untitled(schema), **ours}


def _untitled(part: Any) -> Any:
    """A schema without the titles that repeat each key."""
    if isinstance(part, dict):
        return {key: _untitled(value) for key, value in part.items() if not (key == "title" and isinstance(value, str))}
    return [_untitled(each) for each in part] if isinstance(part, list) else part
