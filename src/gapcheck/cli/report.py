"""gapcheck report: one person's sheet, judged."""

from __future__ import annotations

from gapcheck.cli import options


def report(
    sheets: options.SheetPaths = None,
    person: options.Person = None,
    role: options.RoleId = None,
    urgent: options.Urgent = None,
    basis: options.Basis = None,
    formats: options.Format = None,
    output: options.Output = None,
    catalog: options.CatalogDir = None,
    as_of: options.AsOf = None,
    no_color: options.NoColor = False,
    quiet: options.Quiet = False,
) -> None:
    """Where you stand against 80%, skill by skill, and what to do about each gap."""
    from gapcheck.cli import inputs
    from gapcheck.cli import output as out
    from gapcheck.cli.messages import say

    out.check(formats, output)
    home = inputs.open_project(catalog, as_of)
    hurts = inputs.known_skills(home, "--urgent", urgent or ())
    said = inputs.sheets_at(home, sheets or (), person, history=True)
    if not quiet:
        for message in said.left_out:
            say(message)
    out.deliver(inputs.judge(home, said, role, hurts, basis), formats, output, no_color=no_color, quiet=quiet)
    if not sheets and not quiet and said.sheet.terms:
        from gapcheck.core.report.believed import over_claimed

        say(over_claimed(home.catalog, said.sheet))  # for the person alone: in no report that could be handed on
