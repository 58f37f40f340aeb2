"""gapcheck review: a delivery held against its criteria, and remembered."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gapcheck.cli import options

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from gapcheck.cli.inputs import Project
    from gapcheck.core.deliveries import Delivery

STOPPED = "Stopped; nothing was written."


def review(
    skill: Annotated[str, typer.Argument(metavar="SKILL", help="The skill's id, as gapcheck catalog show lists it.")],
    answers: options.ReviewAnswers = None,
    person: options.Judge = None,
    supplier: options.SupplierId = None,
    by: options.DeliveredBy = None,
    listed: options.Listed = False,
    plain: options.Plain = False,
    formats: options.BlockFormat = None,
    catalog: options.CatalogDir = None,
    as_of: options.AsOf = None,
    no_color: options.NoColor = False,
    quiet: options.Quiet = False,
) -> None:
    """Judge what was delivered against good work, in deliveries/ for the team; no sheet is changed.

    Criterion by criterion: met, partly or not met, and why; then what you learned, cost and days late.
    """
    from gapcheck.cli import inputs
    from gapcheck.cli import output as out
    from gapcheck.cli.messages import say, tell
    from gapcheck.core.deliveries import suggested
    from gapcheck.core.report import delivery as told
    from gapcheck.files import deliveries
    from gapcheck.problems import InputError
    from gapcheck.reporters import BLOCKS

    out.check(formats, (), BLOCKS)
    home = inputs.open_project(catalog, as_of)
    (wanted,) = inputs.known_skills(home, "SKILL", (skill,))
    given = _given(home, wanted, person, supplier, by)
    if listed:
        _check_nothing_judged({"--answers": answers, "--supplier": supplier, "--by": by})
    past = deliveries.past(home.catalog, wanted, home.today)
    name = home.catalog.skills[wanted].name
    if listed and past.faults:
        raise InputError([*past.faults, *past.left_out])
    if not quiet:
        tell(InputError([*past.faults, *past.left_out]))
    if listed:
        hint = told.evidence(wanted, suggested(past.deliveries, inputs.person_id(person)))
        out.show((*told.listed(name, past.deliveries, home.people), *hint), formats, no_color=no_color)
        return
    try:
        judged = _scripted(home, given, answers) if answers is not None else _asked(home, given, plain=plain)
    except (KeyboardInterrupt, SystemExit):
        say(STOPPED)
        raise
    if judged is None:
        if not quiet:
            say(STOPPED)
        return
    path = deliveries.save(judged)
    if not quiet:
        say(f"wrote {path}")
        hint = told.evidence(wanted, suggested((*past.deliveries, judged), judged.judge))
        if past.faults:
            say(f"not said: what your reviews of {wanted} are evidence for, since the files above cannot be read")
        out.show((*told.judged(name, judged), *(() if past.faults else hint)), formats, no_color=no_color)


def _check_nothing_judged(said: Mapping[str, str | None]) -> None:
    """--list shows, and judges nothing. Raises InputError for every option that would be for nothing."""
    from gapcheck.problems import InputError, Problem, Span

    odd = [option for option, value in said.items() if value is not None]
    if odd:
        raise InputError(
            Problem("", Span(), "", f"{option}: not with --list, which judges nothing; leave one out", "usage")
            for option in odd
        )


def _given(home: Project, skill: str, person: str | None, supplier: str | None, by: str | None) -> dict[str, Any]:
    """What the command line says of a delivery. Raises InputError with everything that is wrong with it."""
    from gapcheck.core.shapes import ID, PERSON
    from gapcheck.problems import InputError, Problem, Span, what_is_known

    wrong = []
    if person is not None and not PERSON.allows(person):
        wrong.append(f"--person: must be {PERSON.expected}")
    if supplier is not None and by is not None:
        wrong.append("--by: a supplier delivered it or a colleague, not both")
    who = (
        ("--by", by, PERSON, "person", home.people.people),
        ("--supplier", supplier, ID, "supplier", home.people.suppliers),
    )
    for option, said, shape, what, known in who:
        if said is not None and not shape.allows(said):
            wrong.append(f"{option}: must be {shape.expected}")
        elif said is not None and known and said not in known:
            wrong.append(f"{option}: people.yaml has no {what} {said}{what_is_known(said, known)}")
    if wrong:
        raise InputError(Problem("", Span(), "", message, "usage") for message in wrong)
    given = {"skill": skill, "judge": person, "supplier": supplier, "by": by}
    return {key: value for key, value in given.items() if value is not None}


def _scripted(home: Project, given: dict[str, Any], source: str) -> Delivery:
    """A delivery from a file of answers, or standard input."""
    from gapcheck.cli import inputs
    from gapcheck.core.deliveries import criteria_of
    from gapcheck.files import atomic, deliveries, yamldoc
    from gapcheck.files.yamldoc import MOST_BYTES

    if source == "-":
        doc = yamldoc.parse(sys.stdin.buffer.read(MOST_BYTES + 1), "standard input")
    else:
        doc = yamldoc.parse(atomic.read(Path(source)), source)
    usual = {"judge": inputs.person_id(None), "date": home.today.isoformat()}
    known: dict[str, Collection[str]] = {"by": home.people.people, "supplier": home.people.suppliers}
    return deliveries.answered(doc, usual, given, criteria_of(home.catalog.skills[given["skill"]]), known)


def _asked(home: Project, given: dict[str, Any], *, plain: bool) -> Delivery | None:
    """A delivery from answers at the terminal; None where the person stopped. Raises InputError without a terminal."""
    from gapcheck.cli import inputs
    from gapcheck.cli.judging import asked
    from gapcheck.cli.sitting import prompter_for
    from gapcheck.core.deliveries import Delivery, criteria_of
    from gapcheck.problems import InputError

    if not plain and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise InputError.of("no terminal to ask in: use --answers FILE, or --plain to read the answers as lines")
    skill = home.catalog.skills[given["skill"]]
    said = {"judge": inputs.person_id(None), **given}
    known = {} if "supplier" in given or "by" in given else home.people.suppliers
    hired_first = sorted(known, key=lambda key: given["skill"] not in known[key].skills)
    names = {key: known[key].name for key in hired_first}
    criteria = criteria_of(skill)
    draft = asked(prompter_for(plain=plain), skill.name, criteria, names)
    if draft is None:
        return None
    return Delivery(
        date=home.today,
        criteria=tuple(draft.judged[n] for n in range(len(criteria))),
        learned=draft.learned,
        cost=draft.paid,
        days_late=draft.days_late,
        **{"supplier": draft.supplier, **said},
    )
