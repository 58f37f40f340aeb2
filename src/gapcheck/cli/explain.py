"""gapcheck explain: why one verdict is what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from gapcheck.cli import options

if TYPE_CHECKING:
    from gapcheck.core.make_or_buy import Cost


def explain(
    skill: Annotated[str, typer.Argument(metavar="SKILL", help="The skill's id, as gapcheck catalog show lists it.")],
    sheet: options.SheetPath = None,
    person: options.Person = None,
    role: options.RoleId = None,
    urgent: options.Urgent = None,
    basis: options.Basis = None,
    needed: options.Needed = None,
    their_rate: options.TheirRate = None,
    own_rate: options.OwnRate = None,
    formats: options.BlockFormat = None,
    catalog: options.CatalogDir = None,
    as_of: options.AsOf = None,
    no_color: options.NoColor = False,
) -> None:
    """The rule behind a verdict, what it read, what would flip it, and the arithmetic."""
    from gapcheck.cli import inputs
    from gapcheck.cli import output as out
    from gapcheck.core.report.explain import explain as told

    cost = _cost(needed, their_rate, own_rate)
    home = inputs.open_project(catalog, as_of)
    (wanted,) = inputs.known_skills(home, "SKILL", (skill,))
    hurts = inputs.known_skills(home, "--urgent", urgent or ())
    said = inputs.sheets_at(home, (sheet,) if sheet else (), person)
    out.show(told(inputs.judge(home, said, role, hurts, basis), wanted, cost), formats, no_color=no_color)


def _cost(needed: float | None, theirs: float | None, own: float | None) -> Cost | None:
    """What make or buy compares; None where nothing of it was given. Raises InputError with every fault."""
    from gapcheck.core.make_or_buy import Cost
    from gapcheck.core.shapes import AMOUNT
    from gapcheck.problems import InputError, Problem, Span

    given = {"--needed": needed, "--their-rate": theirs, "--own-rate": own}
    if needed is None and theirs is None and own is None:
        return None
    missing = [name for name, value in given.items() if value is None]
    faulty = [name for name, value in given.items() if value is not None and not AMOUNT.allows(value)]
    wrong = [f"{name}: must be {AMOUNT.expected}" for name in faulty]
    wrong += [f"make or buy needs all three; add {' and '.join(missing)}"] if missing else []
    if wrong:
        raise InputError(Problem("", Span(), "", message, "usage") for message in wrong)
    return Cost(needed or 0, theirs or 0, own or 0)
