"""Several raters side by side: what each said, how far the others are from self, and what agreement there is."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gapcheck.core.agreement import alpha, icc, interval
from gapcheck.core.answers import NOT_APPLICABLE, UNKNOWN, Rater, Rating, Sheet
from gapcheck.core.report import raters
from gapcheck.core.report.blocks import Block, Heading, Note, Table, Text
from gapcheck.core.report.raters import SEED, side_by_side
from tests.core import small

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from gapcheck.core.agreement import Ratings

NAMES = {
    "paid-search": "Paid search",
    "paid-social": "Paid social",
    "email": "Email",
    "events": "Events",
    "pricing": "Pricing",
}
CATALOG = small.catalog_of({key: small.skill(name) for key, name in NAMES.items()})
SKILLS = tuple(NAMES)
LOW_IS_NORMAL = "Low figures are normal: each rater sees another part of the work."
NOT_COMBINED = "Alpha is below 0.667: no combined figure should be used."
DAY = dt.date(2027, 1, 4)


def said(rater: Rater, by: str | None = None, **levels: Rating) -> Sheet:
    named = {key.replace("_", "-"): level for key, level in levels.items()}
    return Sheet(person="ada", date=DAY, rater=rater, by=by, levels=named)


def own(*levels: Rating) -> Sheet:
    """Self's rating of the first skills, in catalog order."""
    return Sheet(person="ada", date=DAY, levels=dict(zip(SKILLS, levels, strict=False)))


def ben(*levels: Rating) -> Sheet:
    return replace(own(*levels), rater="peer", by="ben")


def cleo(*levels: Rating) -> Sheet:
    return replace(own(*levels), rater="manager", by="cleo")


def compared(*sheets: Sheet, skills: Sequence[str] = SKILLS) -> Table:
    """The table of skills."""
    return next(block for block in side_by_side(CATALOG, sheets, skills) if isinstance(block, Table))


def names(*sheets: Sheet, skills: Sequence[str] = SKILLS) -> list[str]:
    """The skills in the order they are shown."""
    return [row[0] for row in compared(*sheets, skills=skills).rows]


def cells(*sheets: Sheet) -> dict[str, tuple[str, ...]]:
    """The table's cells by the skill's name."""
    return {row[0]: row[1:] for row in compared(*sheets).rows}


def texts(blocks: Iterable[Block]) -> list[str]:
    """Every text that is shown."""
    found: list[str] = []
    for block in blocks:
        match block:
            case Heading():
                found += [block.text, block.aside]
            case Text() | Note():
                found.append(block.text)
            case Table():
                found += [*block.columns, *(cell for row in block.rows for cell in row)]
    return found


def figures(*sheets: Sheet) -> dict[str, str]:
    """The measures of agreement; empty where there are none."""
    tables = [block for block in side_by_side(CATALOG, sheets, SKILLS) if isinstance(block, Table)]
    return {row[0]: row[1] for table in tables[1:] for row in table.rows}


def told(*sheets: Sheet) -> str:
    """Everything that is shown, in one text."""
    return "\n".join(texts(side_by_side(CATALOG, sheets, SKILLS)))


SELF, BEN, CLEO = own(3, 4, 2), ben(4, 4, 2), cleo(3, 2, 3)


def test_one_column_per_rater_and_one_of_differences() -> None:
    assert compared(SELF, BEN, CLEO) == Table(
        ("Skill", "self", "peer ben", "manager cleo", "Others from self"),
        (
            ("Paid social", "4", "4", "2", "ben the same, cleo -2"),
            ("Paid search", "3", "4", "3", "ben +1, cleo the same"),
            ("Email", "2", "2", "3", "ben the same, cleo +1"),
        ),
    )


def test_self_comes_first_then_peers_by_id_then_managers() -> None:
    ann, abe = said("peer", "ann", email=2), said("manager", "abe", email=2)
    columns = compared(CLEO, abe, BEN, SELF, ann).columns[1:-1]
    assert columns == ("self", "peer ann", "peer ben", "manager abe", "manager cleo")
    assert side_by_side(CATALOG, (CLEO, BEN, SELF), SKILLS) == side_by_side(CATALOG, (SELF, BEN, CLEO), SKILLS)


def test_a_rater_without_a_name_goes_by_what_they_are() -> None:
    manager = said("manager", paid_search=4)
    assert compared(SELF, manager).columns == ("Skill", "self", "manager", "Others from self")
    assert cells(SELF, manager)["Paid search"] == ("3", "4", "manager +1")


def test_without_self_there_is_no_difference_from_self() -> None:
    assert compared(BEN, CLEO).columns == ("Skill", "peer ben", "manager cleo")
    assert cells(BEN, CLEO)["Email"] == ("2", "3")


def test_far_apart_comes_first_and_otherwise_the_catalog_orders() -> None:
    """Far apart are any two raters, not self and another alone: of pricing ben says 1 and cleo 3."""
    sheets = own(3, 3, 3, 3, 2), ben(4, 3, 3, 5, 1), cleo(3, 3, 2, 4, 3)
    assert names(*sheets, skills=SKILLS[::-1]) == ["Events", "Pricing", "Paid search", "Paid social", "Email"]


@pytest.mark.parametrize(
    ("other", "counted"),
    [
        (ben(4, 3), ""),
        (ben(3, 5), " 1 skill with 2 levels or more between raters comes first."),
        (ben(5, 1), " 2 skills with 2 levels or more between raters come first."),
    ],
)
def test_the_number_of_skills_far_apart_is_told(other: Sheet, counted: str) -> None:
    assert f"a difference is worth a talk.{counted}\n" in told(own(3, 3), other)


@pytest.mark.parametrize("other", [ben, cleo])
def test_unknown_to_another_is_not_seen_and_never_0(other: Callable[..., Sheet]) -> None:
    """Counted as 0 it would be three levels from self, and first."""
    sheets = own(3, 3), other(3, UNKNOWN)
    assert cells(*sheets)["Paid social"] == ("3", "not seen", "")
    assert names(*sheets) == ["Paid search", "Paid social"]


def test_not_seen_is_explained_where_it_stands() -> None:
    assert '"Not seen" is no level' in told(own(3), ben(3), cleo(UNKNOWN))
    assert "ot seen" not in told(own(UNKNOWN), ben(3), cleo(NOT_APPLICABLE))


def test_unknown_to_oneself_counts_as_0_as_everywhere() -> None:
    assert cells(own(UNKNOWN), ben(2))["Paid search"] == ("unknown, counts as 0", "2", "ben +2")


def test_not_applicable_and_open_are_shown_and_not_compared() -> None:
    sheets = (
        said("self", paid_search=NOT_APPLICABLE, email=3),
        said("peer", "ben", paid_search=4, paid_social=2),
        said("manager", "cleo", email=NOT_APPLICABLE),
    )
    assert cells(*sheets) == {
        "Paid search": ("n/a", "4", "open", ""),
        "Paid social": ("open", "2", "open", ""),
        "Email": ("3", "open", "n/a", ""),
    }


def test_the_claim_is_shown_not_the_settled_level() -> None:
    claimed = replace(said("self", email=4), settled={"email": 2})
    assert cells(claimed, said("peer", "ben", email=3))["Email"] == ("4", "3", "ben -1")


def test_skills_that_nobody_rated_or_nobody_asked_for_are_left_out() -> None:
    sheets = said("self", paid_search=3, email=3), said("peer", "ben", paid_social=UNKNOWN, email=3)
    assert names(*sheets) == ["Paid search", "Email"]
    assert names(*sheets, skills=("email", "unheard-of")) == ["Email"]


@pytest.mark.parametrize(
    "sheets",
    [(), (SELF,), (own(), ben()), (own(), ben(UNKNOWN))],
    ids=["nobody", "one rater", "no ratings", "not seen alone"],
)
def test_with_nothing_to_compare_there_is_nothing_to_show(sheets: tuple[Sheet, ...]) -> None:
    assert side_by_side(CATALOG, sheets, SKILLS) == ()


def test_two_raters_get_no_figures_of_agreement() -> None:
    assert figures(SELF, BEN) == {}
    assert LOW_IS_NORMAL not in told(SELF, BEN)


def test_three_raters_get_both_figures_with_their_intervals() -> None:
    """Levels as rated, another's unknown as not observed: what the statistics themselves say of that table."""
    found = figures(own(3, 4, 2, UNKNOWN, 5), ben(3, 3, 2, 1, UNKNOWN), cleo(2, 4, NOT_APPLICABLE, 0, 4))
    rated: Ratings = [[3, 4, 2, 0, 5], [3, 3, 2, 1, None], [2, 4, None, 0, 4]]
    for name, statistic in (("Krippendorff's alpha", alpha), ("ICC(A,1)", icc)):
        low, high = interval(statistic, rated, seed=SEED, draws=1000, mass=0.80) or pytest.fail("undefined")
        assert found[name] == f"{statistic(rated):.2f} (80% interval {low:.2f} to {high:.2f})"


def test_alpha_by_hand() -> None:
    """Nine levels, three each of 2, 3 and 4, have the mean ranks 2, 5 and 8. Squared differences of pairs are 18, 72
    and 18 within the skills, halved 54, and 9 x 9 + 9 x 9 + 9 x 36 = 486 among all. 1 - 8 x 54 / 486 = 1/9."""
    assert figures(SELF, BEN, CLEO)["Krippendorff's alpha"].startswith("0.11 (80% interval ")


def test_low_is_said_to_be_normal() -> None:
    assert LOW_IS_NORMAL in told(SELF, BEN, CLEO)


def test_below_the_bound_no_combined_figure_should_be_used() -> None:
    """Alpha is 1/9 by hand as above; of three who differ by one level once it is near 1."""
    assert NOT_COMBINED in told(SELF, BEN, CLEO)
    assert NOT_COMBINED not in told(own(0, 1, 3, 4, 5), ben(0, 1, 3, 4, 5), cleo(0, 2, 3, 4, 5))


@pytest.mark.parametrize(("bound", "warned"), [(1 / 9, False), (0.12, True)])
def test_at_the_bound_itself_nothing_is_said(bound: float, warned: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raters, "COMBINABLE", bound)
    assert ("no combined figure" in told(SELF, BEN, CLEO)) == warned


def test_where_agreement_is_undefined_that_is_said_and_nothing_is_concluded() -> None:
    cannot = "cannot be told: too few skills rated in common, or all rated alike"
    alike = own(3, 3), ben(3, 3), cleo(3, 3)
    assert figures(*alike) == {"Krippendorff's alpha": cannot, "ICC(A,1)": cannot}
    assert "no combined figure" not in told(*alike)


def test_a_figure_without_an_interval_says_why() -> None:
    """Two of four skills have a pair, and without both nothing varies: 1 - 2 x (3/4)^4 + (1/2)^4 = .43 of draws do."""
    sheets = own(2, 3, 1, 1), ben(UNKNOWN, 3), cleo(2)
    assert figures(*sheets)["Krippendorff's alpha"] == "1.00 (too few skills for an interval)"


def test_a_negative_figure_that_rounds_to_zero_has_no_sign() -> None:
    assert f"{alpha([[2, 3, 3, 4, 3], [2, 3, 3, None, 2], [4, 3, 3, None, 2]]):.2f}" == "-0.00"
    found = figures(own(2, 3, 3, 4, 3), ben(2, 3, 3, UNKNOWN, 2), cleo(4, 3, 3, UNKNOWN, 2))
    assert found["Krippendorff's alpha"].startswith("0.00 (80% interval ")


RATINGS: tuple[Rating, ...] = (0, 1, 2, 3, 4, 5, NOT_APPLICABLE, UNKNOWN)


@st.composite
def anyone(draw: st.DrawFn) -> Sheet:
    rater = draw(st.sampled_from(get_args(Rater)))
    levels = draw(st.dictionaries(st.sampled_from(SKILLS), st.sampled_from(RATINGS)))
    return Sheet(person="ada", date=DAY, rater=rater, by=draw(st.sampled_from(["ben", "cleo", None])), levels=levels)


@settings(max_examples=40)
@given(st.lists(anyone(), max_size=4))
def test_nobody_is_blamed_and_nothing_is_averaged(sheets: list[Sheet]) -> None:
    """Whole levels alone stand beside a skill, and none of the words that this project does not use."""
    shown = told(*sheets).lower()
    assert not re.search(r"liar|inflat|true level|certif|percentile|overrat|wrong", shown)
    for block in side_by_side(CATALOG, sheets, SKILLS)[:3]:
        if isinstance(block, Table):
            assert all(not re.search(r"\d\.\d", cell) for row in block.rows for cell in row)
