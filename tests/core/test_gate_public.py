"""What everybody may see: never of few people more than an outcome, and nothing to work one person's level out of."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from fractions import Fraction
from itertools import combinations_with_replacement, product
from typing import TYPE_CHECKING

import pytest

from gapcheck.core.catalog import Catalog, Contents, Role, Stage
from gapcheck.core.gate import Baseline, Counts, Evidence, Placed, Result, baseline_of, rule_on
from gapcheck.core.report.gate import verdict
from gapcheck.problems import Span
from tests.core.gates import TODAY, rule, team
from tests.core.small import skill

if TYPE_CHECKING:
    from gapcheck.core.people import GateRule
    from gapcheck.core.team import Team

PASS, FAIL, CANNOT = "pass", "fail", "cannot-judge"
RULES = Span(4, 3)


def public(of: Team, *rules: GateRule, baseline: Baseline | None = None, snapshot: bool = False) -> tuple[Result, ...]:
    """Rules on the lines from 5 on, as everybody may see what they come to."""
    placed = [Placed(each, Span(n, 7)) for n, each in enumerate(rules, 5)]
    seen = Evidence(of, TODAY, TODAY if snapshot else None)
    return rule_on(placed, seen, (baseline, Span(99, 3)) if baseline else None, public=True, place=RULES).results


def people(*rows: str, groups: str = "") -> Team:
    """People by their rows, and the group of each, a letter."""
    named = {f"p{n}": row for n, row in enumerate(rows)}
    return team(named, groups={f"p{n}": letter for n, letter in enumerate(groups)}, listed=tuple(named))


# few people

EVERY = (
    rule("carry", least=1),
    rule("hold", least=2, skill="a"),
    rule("stand-ins", most=0),
    rule("stale", most=5),
    rule("participation", least=99),
    rule("figure", least=99),
)


@pytest.mark.parametrize("held", EVERY, ids=lambda held: held.measure)
def test_of_fewer_than_five_people_only_the_outcome_is_shown(held: GateRule) -> None:
    (told,) = public(people("444", "440", "410", "321"), held)
    assert (told.measure, told.value, told.limit, told.subject, told.short) == ("together", None, None, "", ())
    assert not any(c.isdecimal() for c in told.words)
    plain = rule_on([Placed(held)], Evidence(people("444", "440", "410", "321"), TODAY)).outcome
    assert told.outcome == plain


def test_the_verdict_counts_rules_that_are_told_as_one() -> None:
    rules = [Placed(rule("carry", least=1, skill=key)) for key in "abc"]

    def said(*rows: str) -> str:
        return verdict(rule_on(rules, Evidence(people(*rows), TODAY), public=True))

    assert said("444", "444") == "Pass: 3 rules hold."
    assert said("000", "000") == said("440", "440") == "FAIL: at least 1 of 3 rules does not hold."
    assert said("---", "---") == "CANNOT JUDGE: at least 1 of 3 rules could not be judged."


def test_of_several_rules_on_few_people_nobody_can_tell_which_holds() -> None:
    """Of two people each rule on one skill would say what they carry."""
    rules = [rule("carry", least=2, skill="a"), rule("carry", least=2, skill="b")]
    assert public(people("440", "400"), *rules) == public(people("440", "040"), *rules)


def test_the_ratchet_of_few_shows_its_outcome_and_the_age_of_figures_is_about_nobody() -> None:
    few = people("440", "140", "110")
    ratchet = public(few, baseline=baseline_of(people("444", "444", "444")))[0]
    assert (ratchet.measure, ratchet.outcome, ratchet.value, ratchet.short) == ("together", FAIL, None, ())
    (age,) = public(few, rule("map-age-days", most=1), snapshot=True)
    assert (age.value, age.words) == (Fraction(), "the newest figures are of 2027-01-11")


# cover


def test_cover_says_how_many_skills_fall_short_and_neither_which_nor_of_how_many_people() -> None:
    for measure, least, words in (
        ("carry", 1, "0 of 3 skills short of 1 person"),
        ("carry", 2, "1 of 3 skills short of 2 people"),
        ("hold", 3, "half or more of 3 skills short of 3 people"),
    ):
        (told,) = public(people("445", "440", "410", "010", "000"), rule(measure, least=least))
        assert (told.words, told.value, told.subject, told.short) == (words, None, "", ())
        assert told.outcome == (PASS if words.startswith("0") else FAIL)
    (named,) = public(people("444", "044", "044", "044", "044"), rule("carry", least=2, skill="a"))
    assert (named.words, named.about) == ("1 of 1 skill short of 2 people", "Ads")
    (left_out,) = public(people("44-", "44-", "44-", "44-", "444"), rule("carry", least=2))
    assert left_out.words.endswith("; 1 skill answered by one person only is not judged")


def test_what_is_old_and_the_ratchet_name_no_skill_either() -> None:
    many = people("444", "440", "440", "440", "440")
    aged = replace(many, members=tuple(replace(m, date=TODAY.replace(year=2020)) for m in many.members))
    (stale,) = public(aged, rule("stale", most=5))
    assert (stale.outcome, stale.value, stale.subject, stale.short) == (FAIL, Fraction(100), "", ())
    assert stale.words == "of the answers are as old as their half-life, or older", "how many there are is not told"
    (ratchet,) = public(many, baseline=baseline_of(people(*["444"] * 5)))
    assert ratchet.outcome == PASS
    (ratchet,) = public(people(*["440"] * 5), baseline=baseline_of(people(*["444"] * 5)))
    assert (ratchet.outcome, ratchet.value, ratchet.subject, ratchet.short) == (FAIL, None, "", ())
    assert ratchet.words == "only the outcome is shown"


SIX = {key: skill(key.title(), 1) for key in "uvwxyz"}
WIDE = Catalog(
    Contents(name="wide", version="1", stages=("one", "two")),
    {
        "one": Stage(name="One", skills={key: SIX[key] for key in "uvwxy"}),
        "two": Stage(name="Two", skills={"z": SIX["z"]}),
    },
    {"all": Role(name="All", target=4)},
    "0" * 12,
)
NUMBERS = [*product(range(3), repeat=6)]
"""How many of five people carry each of six skills."""


def carried(*numbers: int) -> Team:
    rows = ("".join("4" if person < number else "0" for number in numbers) for person in range(5))
    return team({f"p{n}": row for n, row in enumerate(rows)}, catalog=WIDE)


TOGETHER: dict[str, list[GateRule]] = {
    "one number": [rule("carry", least=1)],
    "one number everywhere": [
        rule("carry", least=2),
        rule("hold", least=2, stage="one"),
        rule("carry", least=2, skill="z"),
    ],
    "two numbers": [rule("carry", least=1), rule("carry", least=2)],
    "two numbers on one skill": [rule("carry", least=1, skill="z"), rule("carry", least=2, skill="z")],
    "one of them on a part": [rule("carry", least=1), rule("carry", least=2, stage="one")],
    "the other on a part": [rule("carry", least=1, stage="two"), rule("hold", least=2)],
    "by what two parts leave": [rule("carry", least=1), rule("hold", least=2), rule("carry", least=2, stage="one")],
    "across measures": [rule("carry", least=1, skill="z"), rule("hold", least=2, skill="z")],
    "by what a large part leaves": [
        rule("carry", least=1),
        rule("carry", least=2),
        rule("carry", least=2, stage="one"),
    ],
    "stand-ins": [rule("stand-ins", most=2)],
    "stand-ins and a number": [rule("stand-ins", most=2), rule("carry", least=2)],
    "stand-ins and a skill": [rule("stand-ins", most=2), rule("carry", least=2), rule("carry", least=2, skill="z")],
    "stand-ins of the rest": [rule("stand-ins", most=2), rule("stand-ins", most=0, stage="one")],
    "stand-ins that fail for all only": [rule("stand-ins", most=5), rule("carry", least=1)],
    "half a person": [rule("carry", least=0.5, skill="z"), rule("carry", least=1.5, skill="z")],
}


@pytest.mark.parametrize("rules", TOGETHER.values(), ids=TOGETHER)
def test_of_no_skill_can_be_worked_out_that_one_person_alone_carries_it(rules: list[GateRule]) -> None:
    """Of all teams that would show the same, each skill has in one another number of people than one."""
    alike: defaultdict[str, list[tuple[int, ...]]] = defaultdict(list)
    for numbers in NUMBERS:
        alike[f"{public(carried(*numbers), *rules)}"].append(numbers)
    for teams in alike.values():
        assert [n for n in range(6) if all(numbers[n] == 1 for numbers in teams)] == [], teams


ONE_SKILL = [f"44{level}" for level in "012345"]
THREE_SKILLS = ["".join(row) for row in product("04", repeat=3)]
NARROWS: dict[str, tuple[list[str], list[GateRule], Baseline | None]] = {
    "a mean": (ONE_SKILL, [rule("figure", least=60, stage="two")], None),
    "a mean and cover": (ONE_SKILL, [rule("figure", least=60, stage="two"), rule("hold", least=3, skill="c")], None),
    "all of three skills": (THREE_SKILLS, [rule("carry", least=1)], None),
    "all that a part leaves": (THREE_SKILLS, [rule("carry", least=1), rule("carry", least=1, stage="one")], None),
    "all that got worse": (THREE_SKILLS, [], baseline_of(people("444", "444"))),
    "what got worse and not there": (
        THREE_SKILLS,
        [rule("carry", least=1, stage="one")],
        baseline_of(people("444", "444")),
    ),
}


@pytest.mark.parametrize(("rows", "rules", "before"), NARROWS.values(), ids=NARROWS)
def test_all_that_is_shown_narrows_no_level_more_than_each_outcome_does(
    rows: list[str], rules: list[GateRule], before: Baseline | None
) -> None:
    """Every team of five, and what anybody in it may have answered: by all that is shown, and by each outcome alone."""
    by_all: defaultdict[str, set[tuple[int, str]]] = defaultdict(set)
    by_one: defaultdict[tuple[str, int, str], set[tuple[int, str]]] = defaultdict(set)
    shows: dict[str, list[tuple[str, int, str]]] = {}
    for five in combinations_with_replacement(rows, 5):
        told = public(people(*five), *rules, baseline=before)
        levels = {answer for row in five for answer in enumerate(row)}
        shows[f"{told}"] = [(each.measure, each.span.line, each.outcome) for each in told]
        by_all[f"{told}"] |= levels
        for outcome in shows[f"{told}"]:
            by_one[outcome] |= levels
    for shown, levels in by_all.items():
        assert levels == set.intersection(*(by_one[outcome] for outcome in shows[shown])), shown


FIVE_AND_FIVE = replace(
    WIDE,
    stages={
        "one": WIDE.stages["one"],
        "two": Stage(name="Two", skills={key: skill(key.title(), 1) for key in ("z", "p", "q", "r", "s")}),
    },
)


OF_ONE, OF_LOWEST = rule("figure", least=60, stage="one"), rule("figure", least=60)
ANSWERED: dict[str, tuple[str, GateRule, list[str]]] = {
    "one of a stage": ("3---------", OF_ONE, ["together"]),
    "five of a stage": ("33333-----", OF_ONE, ["carry", "figure"]),
    "one of each stage": ("3----3----", OF_LOWEST, ["together"]),
    "one of the smaller stage": ("333333----", OF_LOWEST, ["together"]),
    "five of each stage": ("3333333333", OF_LOWEST, ["carry", "figure"]),
}


@pytest.mark.parametrize(("row", "figure", "expected"), ANSWERED.values(), ids=ANSWERED)
def test_a_figure_is_of_what_was_answered_however_many_skills_its_stage_has(
    row: str, figure: GateRule, expected: list[str]
) -> None:
    """All five are at 3 where the mean is and nobody carries it, if their one answer is the figure."""
    answered = team({f"p{n}": row for n in range(5)}, catalog=FIVE_AND_FIVE)
    rules = [rule("carry", least=1, skill="u"), figure]
    assert [each.measure for each in public(answered, *rules)] == expected


def test_two_bounds_on_the_lowest_stage_are_told_as_one_where_it_is_small() -> None:
    """Not below 59.9 and below 60.1 is 3 for everybody, where the lowest stage is one skill, though there are six."""
    rules = [rule("figure", least=59.9), rule("figure", least=60.1)]
    for row, expected in (("333333----", ["together"]), ("3333333333", ["figure", "figure"])):
        answered = team({f"p{n}": row for n in range(5)}, catalog=FIVE_AND_FIVE)
        assert [each.measure for each in public(answered, *rules)] == expected


def test_rules_that_give_nothing_away_stay_apart() -> None:
    team_of_five = carried(1, 1, 2, 2, 2, 2)
    one, two = public(team_of_five, rule("carry", least=1), rule("carry", least=2))
    assert (one.words, two.words) == ("0 of 6 skills short of 1 person", "2 of 6 skills short of 2 people")
    alike = public(team_of_five, rule("carry", least=0.5, skill="z"), rule("hold", least=1, skill="z"))
    assert [each.measure for each in alike] == ["carry", "hold"], "half a person is one"
    (most,) = public(carried(1, 1, 1, 1, 1, 2), rule("carry", least=2))
    (all_of_them,) = public(carried(1, 1, 1, 1, 1, 1), rule("carry", least=2))
    assert most == all_of_them
    assert most.words == "half or more of 6 skills short of 2 people"


# groups


def test_rules_on_small_groups_are_told_as_one_whichever_of_them_fails() -> None:
    rows, groups = ["444"] * 6, "AAAABB"
    rules = [rule("figure", least=50, group=f"unit:{name}") for name in "AB"]
    low_a, low_b = (
        people(*("111" if letter == low else row for letter, row in zip(groups, rows, strict=True)), groups=groups)
        for low in "AB"
    )
    for part in (low_a, low_b):
        (told,) = public(part, *rules)
        assert (told.measure, told.outcome, told.span) == ("together", FAIL, RULES)
        assert (told.limit, told.value, told.group, told.about, told.unit) == (None, None, None, "", "")
    assert public(low_a, *rules) == public(low_b, *reversed(rules))
    (fine,) = public(people(*rows, groups=groups), *rules)
    assert fine.outcome == PASS
    ruling = rule_on([*map(Placed, rules)], Evidence(low_a, TODAY), public=True)
    assert (ruling.outcome, ruling.code()) == (FAIL, 1)
    (cannot,) = public(low_a, *rules, rule("figure", least=1, group="unit:Gone"))
    assert cannot.outcome == CANNOT


def test_a_group_is_named_where_it_and_the_rest_are_large_enough() -> None:
    """Five of six and all six would give away the sixth."""
    held = rule("figure", least=50, group="unit:A")
    (named,) = public(people(*["441"] * 10, groups="AAAAABBBBB"), held)
    assert (named.group, named.words, named.subject) == ("unit:A", "only the outcome is shown", "")
    for groups in ("AAAAAB", "AAAAA", "AAAAABBBB"):
        (told,) = public(people(*["441"] * (6 if groups == "AAAAA" else len(groups)), groups=groups), held)
        assert told.measure == "together", groups
        (told,) = public(people(*["441"] * max(6, len(groups)), groups=groups), rule("stale", most=9, group="unit:A"))
        assert told.measure == "together", groups


def test_the_rest_of_a_stage_counts_not_only_the_rest_of_the_team() -> None:
    """Ten in two groups of five, and of the other group one answered the stage: the whole less five is that one."""
    held = [rule("figure", least=10, stage="two"), rule("figure", least=10, stage="two", group="unit:A")]
    told = public(people(*["441"] * 5, "442", *["44-"] * 4, groups="AAAAABBBBB"), *held)
    assert [each.measure for each in told] == ["together"]
    (told_of_a,) = public(people(*["441"] * 5, "442", *["44-"] * 4, groups="AAAAABBBBB"), held[1])
    assert told_of_a.measure == "together"


def test_of_two_kinds_of_group_only_the_first_is_named() -> None:
    many = people(*["441"] * 10)
    halves = tuple(replace(m, groups={"unit": "AB"[n % 2], "area": "NS"[n < 5]}) for n, m in enumerate(many.members))
    (unit,) = public(replace(many, members=halves), rule("stale", most=50, group="unit:A"))
    (area,) = public(replace(many, members=halves), rule("stale", most=50, group="Area: n"))
    assert (area.measure, unit.measure) == ("stale", "together")


# figures


def test_a_figure_shows_its_outcome_and_of_fewer_than_five_people_not_even_which_rule_it_is_of() -> None:
    """A mean of 4% of five people says that nobody is above 1; "all alike" beside a rule that fails, that all are 0."""
    held = rule("figure", least=10, stage="two")
    for rows in (["441"] * 5, ["445"] * 5):
        (told,) = public(people(*rows), held)
        assert (told.measure, told.outcome, told.value, told.subject) == ("figure", PASS, None, "")
        assert told.words == "only the outcome is shown"
    (few,) = public(people(*["441"] * 4, "44-"), held)
    assert (few.measure, few.outcome) == ("together", PASS)
    (any_stage,) = public(people(*["441"] * 4, "44-"), rule("figure", least=10))
    assert any_stage.measure == "together", "the lowest stage may be the one that few have answered"
    (nobody,) = public(people(*["44-"] * 5), rule("figure", least=10, stage="one"))
    assert nobody.measure == "figure"


def test_a_figure_of_few_skills_is_not_told_beside_their_cover() -> None:
    """Fewer than three hold it and the mean is 60: of five people nobody is at 3."""
    rules = [rule("figure", least=60, stage="two"), rule("hold", least=3, skill="c")]
    assert [each.measure for each in public(people("445", "445", *["442"] * 3), *rules)] == ["together"]


def test_a_baseline_of_other_skills_cannot_be_judged_in_public_either() -> None:
    before = Baseline(baseline_of(people("444", "444")).catalog, {"gone": Counts(1, 1)})
    (told,) = public(people(*["444"] * 5), baseline=before)
    assert told.outcome == CANNOT


def test_of_several_places_nobody_can_tell_what_whoever_is_left_carries() -> None:
    """The team holds the bound and no group does: the one who is left would carry it."""
    rules = [rule("carry", least=1, skill="a"), *(rule("carry", least=1, skill="a", group=f"unit:{g}") for g in "AB")]
    seen = set()
    for last in ("244", "444"):
        told = public(people(*["244"] * 10, last, groups="AAAAABBBBBC"), *rules)
        seen.add(tuple((each.measure, each.outcome, each.words) for each in told))
        assert [each.measure for each in told] == ["together"]
    assert len(seen) == 1


def test_the_ratchet_is_told_beside_a_rule_that_asks_for_one_and_leaves_enough_skills() -> None:
    """And not where fewer than five skills are left that no rule is about, unless it is none."""
    before = baseline_of(carried(2, 2, 2, 2, 2, 2))
    for rules, told in (
        ([rule("carry", least=1)], ["carry", "ratchet"]),
        ([rule("carry", least=1, stage="two")], ["carry", "ratchet"]),
        ([rule("carry", least=1, stage="one")], ["together"]),
    ):
        of = public(carried(2, 2, 2, 2, 2, 2), *rules, baseline=before)
        assert [each.measure for each in of] == told


def test_cover_that_fell_short_of_two_is_not_told_beside_a_ratchet_that_holds() -> None:
    before = baseline_of(people("444", "444", "244", "244", "244"))
    told = public(people("444", "244", "244", "244", "244"), rule("carry", least=2, skill="a"), baseline=before)
    assert [(each.measure, each.outcome) for each in told] == [("together", FAIL)]
