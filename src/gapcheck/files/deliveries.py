"""Deliveries that were judged, a file each: `deliveries/2027-02-03-landing-pages.yaml`, so that none ever conflict."""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gapcheck.core.deliveries import Delivery
from gapcheck.core.shapes import DAY, ID
from gapcheck.files import atomic, yamldoc
from gapcheck.files.formats import HEADER, read_as
from gapcheck.files.yamldoc import Doc
from gapcheck.problems import InputError, Problem, key_path, what_is_known

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from gapcheck.core.catalog import Catalog

FOLDER = Path("deliveries")


@dataclass(frozen=True, slots=True)
class Past:
    """A skill's deliveries, the earliest first; faults of files of that skill; and what else was left out, and why."""

    deliveries: tuple[Delivery, ...]
    faults: tuple[Problem, ...]
    left_out: tuple[Problem, ...]


def past(catalog: Catalog, skill: str, today: dt.date) -> Past:
    """What was delivered of one skill, under its present id or a former one, up to a day; nothing without the folder.

    A file of another skill that is no good is none of this skill's business. Raises InputError where the folder
    cannot be read.
    """
    names = {skill, *(old for old, now in catalog.renamed.items() if now == skill)}
    found: list[Delivery] = []
    faults: list[Problem] = []
    left: list[Problem] = []
    for path in _paths():
        says: object = None
        try:
            doc = yamldoc.parse(atomic.read(path), str(path))
            says = doc.data.get("skill") if isinstance(doc.data, dict) else None
            delivery = parse(doc)
        except InputError as error:
            (faults if _is_about(names, says, path.stem) else left).extend(error.problems)
            continue
        if delivery.skill not in names:
            continue
        if delivery.date > today:
            left.append(_fault(doc, f"is of a day to come, {delivery.date}; left out", "date"))
        else:
            found.append(delivery)
    return Past(tuple(sorted(found, key=lambda delivery: delivery.date)), tuple(faults), tuple(left))


def _paths() -> list[Path]:
    """The files there are. Raises InputError where that cannot be said: a folder out of reach is not an empty one."""
    try:
        return sorted((path for path in FOLDER.iterdir() if path.suffix == ".yaml"), key=_by_number)
    except FileNotFoundError:
        if FOLDER.is_symlink():
            raise InputError.of("is a symbolic link that leads nowhere", file=str(FOLDER), rule="read") from None
        return []
    except OSError as error:
        raise InputError.of(f"cannot be read: {atomic.reason(error)}", file=str(FOLDER), rule="read") from None


def _is_about(names: Collection[str], says: object, stem: str) -> bool:
    """Whether a file that is no good is of a skill: by what it says, else by its name."""
    if ID.allows(says):
        return says in names
    return any(re.fullmatch(rf"\d{{4}}-\d\d-\d\d-{re.escape(name)}(-\d+)?", stem) for name in names)


def _by_number(path: Path) -> tuple[int, str]:
    """Names in order, `-10` after `-2`: what is longer was written later."""
    return len(path.stem), path.stem


def parse(doc: Doc) -> Delivery:
    """A delivery from a document. Raises InputError with every fault."""
    problems = list(_odd(doc)) if isinstance(doc.data, dict) else []
    try:
        delivery = read_as(doc, "delivery", Delivery)
    except InputError as error:
        raise InputError([*error.problems, *problems]) from None
    if problems:
        raise InputError(problems)
    return delivery


def linted(doc: Doc, catalog: Catalog) -> Delivery:
    """A delivery of a skill that there is. Raises InputError with every fault.

    Nothing else asks for that: what was delivered stays true where a skill is gone.
    """
    said = doc.data.get("skill") if isinstance(doc.data, dict) else None
    unknown = ID.allows(said) and said not in {**catalog.skills, **catalog.renamed}
    problems = [_fault(doc, f"unknown skill{catalog.like(str(said))}", "skill")] if unknown else []
    try:
        delivery = parse(doc)
    except InputError as error:
        raise InputError([*error.problems, *problems]) from None
    if problems:
        raise InputError(problems)
    return delivery


def _odd(doc: Doc) -> Iterator[Problem]:
    """What is right in itself and wrong together."""
    if doc.data.get("criteria") == []:
        yield _fault(doc, "must name at least one criterion", "criteria")
    if doc.data.get("supplier") is not None and doc.data.get("by") is not None:
        yield _fault(doc, "a supplier delivered it or a colleague, not both; keep supplier or by", "by")


def _fault(doc: Doc, message: str, *path: str | int) -> Problem:
    return Problem(doc.file, doc.span(*path), key_path(path), message, "delivery")


def answered(
    doc: Doc,
    usual: Mapping[str, Any],
    given: Mapping[str, Any],
    criteria: Sequence[str],
    known: Mapping[str, Collection[str]],
) -> Delivery:
    """A delivery from answers: what they leave out is as usual, what was given on the command line wins over them.

    A criterion without its text is the one at its place among `criteria`. `usual` has the day of today; `known` are
    the ids that `by` and `supplier` can name, any where there are none. Raises InputError with every fault.
    """
    if not isinstance(doc.data, dict):
        message = "must be a mapping with criteria:, a list of  - {judged: met}"
        raise InputError([Problem(doc.file, doc.span(), "", message, "delivery")])
    problems = [
        *_too_few_or_many(doc, criteria),
        *_of_another(doc, given["skill"]),
        *_without_words(doc),
        *_to_come(doc, usual["date"]),
        *_unknown(doc, {who: ids for who, ids in known.items() if who not in given}),
    ]
    said = {HEADER: "delivery/1", **usual, **doc.data, **given}
    if isinstance(said.get("criteria"), list):
        said["criteria"] = [_worded(item, *criteria[n : n + 1]) for n, item in enumerate(said["criteria"])]
    try:
        delivery = parse(Doc(doc.file, said, doc.spans))
    except InputError as error:
        raise InputError([*error.problems, *problems]) from None
    if problems:
        raise InputError(problems)
    return delivery


def _worded(item: Any, criterion: str = "") -> Any:
    return {"criterion": criterion, **item} if isinstance(item, dict) else item


def _too_few_or_many(doc: Doc, criteria: Sequence[str]) -> Iterator[Problem]:
    """Answers by their place only: there have to be as many as there are criteria."""
    said = doc.data.get("criteria")
    if not isinstance(said, list) or all(isinstance(item, dict) and "criterion" in item for item in said):
        return
    if len(said) != len(criteria):
        message = f"{len(said)} answers to {len(criteria)} criteria; one each, in the order in which they stand"
        yield _fault(doc, message, "criteria")


def _of_another(doc: Doc, skill: str) -> Iterator[Problem]:
    said = doc.data.get("skill")
    if said is not None and said != skill:
        yield _fault(doc, f"another skill than the one under review, {skill}", "skill")


def _without_words(doc: Doc) -> Iterator[Problem]:
    """A criterion that says nothing; and what is not met without a reason, which is all that a review teaches."""
    said = doc.data.get("criteria")
    for n, item in enumerate(said if isinstance(said, list) else ()):
        if not isinstance(item, dict):
            continue
        if not str(item.get("criterion", "as it stands")).strip():
            yield _fault(doc, "must say what was judged, or be left out", "criteria", n, "criterion")
        if item.get("judged") in ("partly", "not-met") and not str(item.get("note") or "").strip():
            yield _fault(doc, "what is not met wants a reason: add  note: WHY", "criteria", n, "note")


def _to_come(doc: Doc, today: str) -> Iterator[Problem]:
    said = doc.data.get("date")
    if isinstance(said, str) and DAY.allows(said) and said > today:
        yield _fault(doc, f"is of a day to come; today is {today}", "date")


def _unknown(doc: Doc, known: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    """Who delivered it, where the team's file lists people or suppliers and not this one."""
    for who, ids in known.items():
        said = doc.data.get(who)
        if ids and ID.allows(said) and said not in ids:
            yield _fault(doc, f"people.yaml has no such id{what_is_known(str(said), ids)}", who)


def save(delivery: Delivery) -> Path:
    """Write a delivery to a file of its own, never over another, and say where it is. Raises InputError."""
    path = _claimed(f"{delivery.date.isoformat()}-{delivery.skill}")
    try:
        atomic.write(path, dump(delivery))
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path


def _claimed(stem: str) -> Path:
    """A name that nobody has, taken at once by an empty file: `STEM.yaml`, `STEM-2.yaml` and so on."""
    try:
        FOLDER.mkdir(parents=True, exist_ok=True)
        for path in (FOLDER / f"{stem}{end}.yaml" for end in itertools.chain([""], map("-{}".format, range(2, 1000)))):
            if _taken(path):
                return path
    except OSError as error:
        raise InputError.of(f"cannot be written: {atomic.reason(error)}", file=str(FOLDER), rule="write") from None
    raise InputError.of(f"a thousand reviews of this day stand there already ({stem})", file=str(FOLDER), rule="write")


def _taken(path: Path) -> bool:
    try:
        path.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def dump(delivery: Delivery) -> bytes:
    """A delivery as YAML, a line for each thing said."""
    lines = [f"{HEADER}: delivery/1", f"skill: {_plain(delivery.skill)}", f"date: {delivery.date.isoformat()}"]
    lines.append(f"judge: {_plain(delivery.judge)}")
    lines += [f"{part}: {_plain(who)}" for part in ("supplier", "by") if (who := getattr(delivery, part)) is not None]
    lines.append("criteria:")
    for finding in delivery.criteria:
        lines += [f"  - criterion: {_plain(finding.criterion)}", f"    judged: {finding.judged}"]
        lines += [f"    note: {_plain(finding.note)}"] if finding.note else []
    lines += [f"learned: {_plain(delivery.learned)}"] if delivery.learned else []
    lines += [f"cost: {_plain(delivery.cost).removesuffix('.0')}"] if delivery.cost is not None else []
    lines += [f"days_late: {delivery.days_late}"] if delivery.days_late is not None else []
    return ("\n".join(lines) + "\n").encode()


def _plain(value: object) -> str:
    """A value on one line: JSON is YAML, and quotes make every text safe that YAML can hold."""
    return yamldoc.clean(json.dumps(value, ensure_ascii=False))
