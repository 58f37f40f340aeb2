"""Deliveries that were judged, a file each: `deliveries/2027-02-03-landing-pages.yaml`, so that none ever conflict."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gapcheck.core.deliveries import Delivery
from gapcheck.files import atomic, yamldoc
from gapcheck.files.formats import HEADER, read_as
from gapcheck.files.yamldoc import Doc
from gapcheck.problems import InputError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gapcheck.core.catalog import Catalog

FOLDER = Path("deliveries")


def load() -> tuple[Delivery, ...]:
    """Every delivery in the current folder, the earliest first. Raises InputError with every fault.

    None without the folder.
    """
    found: list[Delivery] = []
    problems: list[Problem] = []
    for path in sorted(FOLDER.glob("*.yaml"), key=_by_number):
        try:
            found.append(parse(yamldoc.parse(atomic.read(path), str(path))))
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    return tuple(sorted(found, key=lambda delivery: delivery.date))


def of_skill(catalog: Catalog, skill: str) -> tuple[Delivery, ...]:
    """Those of one skill, under its present id or a former one. Raises InputError with every fault of every file."""
    return tuple(each for each in load() if catalog.renamed.get(each.skill, each.skill) == skill)


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


def _odd(doc: Doc) -> Iterator[Problem]:
    """What is right in itself and wrong together."""
    if doc.data.get("criteria") == []:
        yield _fault(doc, "must name at least one criterion", "criteria")
    if doc.data.get("supplier") is not None and doc.data.get("by") is not None:
        yield _fault(doc, "a supplier delivered it or a colleague, not both; keep supplier or by", "by")


def _fault(doc: Doc, message: str, *path: str) -> Problem:
    return Problem(doc.file, doc.span(*path), ".".join(path), message, "delivery")


def answered(doc: Doc, usual: Mapping[str, Any], given: Mapping[str, Any], criteria: Sequence[str]) -> Delivery:
    """A delivery from answers: what they leave out is as usual, what was given on the command line wins over them.

    A criterion without its text is the one at its place among `criteria`. Raises InputError with every fault.
    """
    if not isinstance(doc.data, dict):
        message = "must be a mapping with criteria:, a list of  - {judged: met}"
        raise InputError([Problem(doc.file, doc.span(), "", message, "delivery")])
    problems = [*_too_few_or_many(doc, criteria), *_of_another(doc, given["skill"])]
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
