"""Who learns what so that every skill has its cover: as enumeration has it, and with nothing wrong in it."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from benchmarks.team_plan import made_up
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gapcheck import solver
from gapcheck.core.catalog import Step
from gapcheck.core.people import People, Person, Supplier
from gapcheck.core.plan import hours_between
from gapcheck.core.policy import Need, Policy
from gapcheck.core.report.learning import build_plan
from gapcheck.core.team import Member, Team, row_of
from gapcheck.core.team.learning import learning, short_of
from gapcheck.core.team.lessons import Choice, faults, score
from gapcheck.core.team.program import Reached, Solved, program
from gapcheck.solver import solve
from tests.conftest import DAY
from tests.core.small import catalog_of, role_with, sheet_of, skill

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gapcheck.core.answers import Rating
    from gapcheck.core.team.learning import Barrier

WEEKS = 10
SECONDS = 20
MOST = 3_000
"""Choices that are enumerated for one team at most."""

Own = dict[str, int]
"""What one person learns, to which level."""


def best(team: Team, weeks: int = WEEKS) -> Choice:
    """The best choice, all of it proved."""
    made = program(learning(team, weeks))
    solved = solve(made.program, SECONDS)
    assert solved.stopped is None
    assert all(each.value == each.bound for each in solved.reached)
    return made.choice(solved)


# a second way to the same, from the words of docs/team-plan.md alone


def could_learn(team: Team, member: Member) -> Iterator[Own]:
    """Everything that one person could learn within their hours, without looking at the others."""
    levels = {key: team.level(member, key) for key in team.skills}
    needed = {need for of in team.catalog.skills.values() for need in of.needs.items()}
    choices = [
        [None, *(to for to in range(1, 6) if level < to and (to in (2, 3, 4) or (key, to) in needed))]
        if level is not None
        else [None]
        for key, level in levels.items()
    ]
    for tos in itertools.product(*choices):
        own = {key: to for key, to in zip(levels, tos, strict=True) if to is not None}
        if is_allowed(team, member, own):
            yield own


def is_allowed(team: Team, member: Member, own: Own) -> bool:
    person = team.people.people.get(member.person)
    weekly = person.hours_per_week if person and person.hours_per_week is not None else team.policy.hours_per_week
    levels = {key: team.level(member, key) for key in team.skills}
    took = sum(hours_between(team.catalog.skills[key], levels[key] or 0, to) for key, to in own.items())
    if took > weekly * WEEKS or sum(to >= 4 for to in own.values()) > team.policy.learn_at_once:
        return False
    role = team.roles[member.role]
    for key, to in own.items():
        helps = to <= role.target_of(key) and to in helpful(team, key)
        if not helps and not any(team.catalog.skills[other].needs.get(key) == to for other in own):
            return False
    now, left = dict(levels), dict(own)
    while left:  # one after the other: whatever has what it needs
        ready = [key for key in left if has_needs(team, key, now)]
        if not ready:
            return False
        now[ready[0]] = left.pop(ready[0])
    return True


def helpful(team: Team, key: str) -> set[int]:
    """Levels of a skill at which somebody is missing, and 2 where a supplier waits to be judged."""
    levels = [level for m in team.members if (level := team.level(m, key)) is not None]
    hired, judged = bool(team.people.suppliers_of(key)), any(level >= 2 for level in levels)
    need = team.policy.need_of(key)
    short = {
        to
        for to, wanted in ((3, need.hold), (4, need.carry))
        if sum(level >= to for level in levels) + (hired and judged) < wanted
    }
    return short | ({2} if short and hired and not judged else set())


def has_needs(team: Team, key: str, now: Mapping[str, int | None]) -> bool:
    levels = ((now.get(other), need) for other, need in team.catalog.skills[key].needs.items())
    return all(level is None or level >= need for level, need in levels)


def missing_after(team: Team, owns: tuple[Own, ...]) -> int:
    """People missing at 3 and at 4, weighed by importance, once everybody has learned what they do."""
    total = 0
    roles = {member.role for member in team.members}
    for key, of in team.catalog.skills.items():
        if not any(team.roles[role].target_of(key) for role in roles):
            continue
        after = [own.get(key, team.level(m, key)) for m, own in zip(team.members, owns, strict=True)]
        levels = [level for level in after if level is not None]
        supplier = bool(team.people.suppliers_of(key)) and any(level >= 2 for level in levels)
        need = team.policy.need_of(key)
        for level, wanted in ((3, need.hold), (4, need.carry)):
            total += of.importance * max(0, wanted - supplier - sum(each >= level for each in levels))
    return total


def fewest_alone(team: Team, owns: tuple[Own, ...]) -> int:
    """Lessons that no mentor can give, over every way to choose whom each mentor takes."""
    learners = {m.person: own for m, own in zip(team.members, owns, strict=True) if own}
    ways = []
    for mentor in team.members:
        person = team.people.people.get(mentor.person)
        others = [who for who in learners if who != mentor.person]
        most = min(person.mentors if person else 0, len(others))
        ways.append([(mentor, taken) for taken in itertools.combinations(others, most)])
    counts = []
    for way in itertools.product(*ways):
        given_ = {
            (who, key)
            for mentor, taken in way
            for who in taken
            for key in learners[who]
            if (team.level(mentor, key) or 0) >= 4
        }
        counts.append(sum(len(own) for own in learners.values()) - len(given_))
    return min(counts)


def by_enumeration(team: Team) -> tuple[int, int, int, int]:
    """What the best choice comes to, all goals but the lot."""
    own = [list(could_learn(team, member)) for member in team.members]
    assume(math.prod(map(len, own)) <= MOST)
    found: dict[tuple[int, int], list[tuple[Own, ...]]] = {}
    for owns in itertools.product(*own):
        hours = sum(
            hours_between(team.catalog.skills[key], team.level(member, key) or 0, to)
            for member, own_ in zip(team.members, owns, strict=True)
            for key, to in own_.items()
        )
        found.setdefault((missing_after(team, owns), hours), []).append(owns)
    least = min(found)
    ties = [
        (
            fewest_alone(team, owns),
            sum(key not in m.interest for m, o in zip(team.members, owns, strict=True) for key in o),
        )
        for owns in found[least]
    ]
    return *least, *min(ties)


@st.composite
def teams(draw: st.DrawFn) -> Team:
    """Two to four people, two to four skills: few hours, needs that may go round in a circle, mentors, suppliers."""
    keys = [f"s{n}" for n in range(draw(st.integers(2, 4)))]
    ids = [f"p{n}" for n in range(draw(st.integers(2, 4)))]
    skills = {
        key: skill(
            importance=draw(st.integers(1, 3)),
            needs=draw(st.dictionaries(st.sampled_from(keys), st.integers(1, 5), max_size=1)),
            learn=tuple(Step(to=to, hours=draw(st.integers(1, 6)), do="") for to in draw(st.sets(st.integers(2, 4)))),
        )
        for key in keys
    }
    targets = st.fixed_dictionaries(dict.fromkeys(keys, st.sampled_from([0, 2, 3, 4, 4])))
    roles = {"a": role_with(draw(targets)), "b": role_with(draw(targets))}
    catalog = replace(catalog_of(skills), roles=roles)
    people = People(
        people={
            who: Person(
                name=who,
                hours_per_week=draw(st.sampled_from([0, 0.5, 1, 2, 4, None])),
                mentors=draw(st.integers(0, 2)),
            )
            for who in ids
        },
        suppliers={"s": Supplier(name="S", skills=tuple(draw(st.sets(st.sampled_from(keys), max_size=1))))},
    )
    policy = Policy(
        hours_per_week=1,
        learn_at_once=draw(st.sampled_from([0, 1, 1, 2])),
        cover=Need(carry=draw(st.integers(0, 2)), hold=draw(st.integers(0, 3))),
        cover_for={keys[0]: Need(carry=1, hold=1)},
        rules=(),
    )
    ratings: st.SearchStrategy[Rating] = st.sampled_from([0, 1, 2, 2, 3, 3, 4, 4, 5, "n/a"])
    members = []
    for who in ids:
        sheet = sheet_of(draw(st.dictionaries(st.sampled_from(keys), ratings, min_size=len(keys) - 1)))
        interest = tuple(draw(st.sets(st.sampled_from(keys), max_size=2)))
        role = draw(st.sampled_from("ab"))
        members.append(Member(who, role, {}, row_of(sheet, keys), DAY, interest=interest))
    return Team(catalog, policy, people, roles, tuple(members))


@settings(max_examples=400)
@given(team=teams())
def test_the_best_choice_is_what_enumeration_finds(team: Team) -> None:
    expected = by_enumeration(team)
    of, choice = learning(team, WEEKS), best(team)
    assert score(of, choice)[:4] == expected
    assert faults(of, choice) == ()
    check_by_hand(team, choice)


def check_by_hand(team: Team, choice: Choice) -> None:
    """The choice keeps to every rule, by the second way and not by that which made it."""
    owns = tuple({le.skill: le.to for le in choice.lessons if le.person == m.person} for m in team.members)
    assert sum(map(len, owns)) == len(choice.lessons)
    assert all(is_allowed(team, member, own) for member, own in zip(team.members, owns, strict=True))
    taken = Counter(mentor for mentor, _ in choice.pairs)
    assert all(number <= team.people.people[mentor].mentors for mentor, number in taken.items())


@settings(max_examples=60)
@given(team=teams(), data=st.data())
def test_whatever_the_order_of_people_and_skills_the_same_are_chosen(team: Team, data: st.DataObject) -> None:
    keys = data.draw(st.permutations(team.skills))
    stage = replace(team.catalog.stages["only"], skills={key: team.catalog.skills[key] for key in keys})
    turned = replace(
        team,
        catalog=replace(team.catalog, stages={"only": stage}),
        people=replace(team.people, people=dict(reversed(team.people.people.items()))),
        members=tuple(
            replace(m, levels=bytes(m.levels[team.place[key]] for key in keys), interest=m.interest[::-1])
            for m in data.draw(st.permutations(team.members))
        ),
    )
    assert best(turned) == best(team)


SLOW = made_up(0)
"""Fifty people: nobody can enumerate them, and the solver takes about a second."""


def test_fifty_people_get_a_choice_that_holds() -> None:
    of, choice = learning(SLOW, 26), best(SLOW, 26)
    assert faults(of, choice) == ()
    assert (score(of, choice).missing, score(of, choice).hours) == (0, 943)


@pytest.mark.parametrize(
    ("size", "cover", "seed"),
    [
        ((8, 10), (1, 1), 6),
        ((8, 10), (2, 3), 14),
        ((15, 20), (1, 1), 7),
        ((15, 20), (1, 1), 15),
        ((25, 30), (1, 1), 12),
    ],
)
def test_what_is_proved_is_what_is_chosen(size: tuple[int, int], cover: tuple[int, int], seed: int) -> None:
    """HiGHS 1.16, given an answer to start from, here proves a better one than it gives: then nothing was learned."""
    team = made_up(seed, Need(carry=cover[0], hold=cover[1]), size)
    made = program(learning(team, 26))
    solved = solve(made.program, SECONDS)
    assert solved.stopped is None
    assert tuple(score(made.of, made.choice(solved))) == tuple(each.bound for each in solved.reached)


def test_where_the_search_for_mentors_finds_nothing_those_who_can_still_mentor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solver, "SHARES", (0.5, 0.8, 0, 0.4, 0.4))
    made = program(learning(SLOW, 26))
    solved = solve(made.program, SECONDS)
    choice = made.choice(solved)
    assert solved.stopped == "time"
    assert [each.value == each.bound for each in solved.reached[:3]] == [True, True, False]
    assert solved.reached[2].value == score(made.of, choice).alone < len(choice.lessons)


def test_with_no_time_nothing_is_learned_and_nothing_is_proved() -> None:
    made = program(learning(SLOW, 26))
    solved = solve(made.program, 0)
    missing, *rest = solved.reached
    assert solved.stopped == "time"
    assert made.choice(solved) == Choice()
    assert missing.value == score(made.of, Choice()).missing
    assert missing.bound < missing.value
    assert rest == [Reached(0, 0)] * 4, "nothing is learned, and less than nothing cannot be"


def test_whoever_stops_it_gets_what_there_is_with_what_is_proved() -> None:
    told: list[int] = []

    def stop(number: int, _best: float, _bound: float) -> None:
        told.append(number)
        raise KeyboardInterrupt

    made = program(learning(SLOW, 26))
    solved = solve(made.program, SECONDS, stop)
    assert solved.stopped == "asked"
    assert told
    assert len(solved.reached) == told[-1] + 1 <= len(made.program.goals)
    assert all(each.value == each.bound for each in solved.reached[:-1])
    assert faults(made.of, made.choice(solved)) == ()


def test_where_the_hours_were_not_looked_at_what_is_needless_is_taken_out() -> None:
    """Two who would both close the same gap, the one with a need of their own, and what a need is for."""
    team = small_team({"ada": (3, 4, 4), "ben": (2, 1, 4)}, targets=(4, 0, 0), needs={"base": {"craft": 2}})
    made = program(learning(team, 26))
    everybody = {("ada", "base", 4), ("ben", "base", 4), ("ben", "craft", 2)}
    columns = [column for column, le in made.lessons.items() if (le.person, le.skill, le.to) in everybody]
    values = tuple(int(column in columns) for column in range(len(made.program.start)))
    stopped = Solved(values, (Reached(0, 0),), "asked")
    assert told(made.choice(stopped)) == [("ada", "base", 3, 4)]
    assert len(made.choice(replace(stopped, reached=(Reached(0, 0), Reached(40, 20)))).lessons) == 3


def test_an_answer_that_does_not_hold_is_never_told() -> None:
    made = program(learning(SLOW, 26))
    solved = solve(made.program, SECONDS)
    with pytest.raises(ValueError, match="does not hold"):
        made.choice(replace(solved, reached=(Reached(0, 0), Reached(942, 942))))
    with pytest.raises(ValueError, match="does not hold"):
        made.choice(replace(solved, values=(1,) * len(solved.values)))


# by hand

KEYS = ("base", "craft", "data")


def small_team(
    levels: Mapping[str, tuple[Rating, ...]],
    people: Mapping[str, Person] | None = None,
    targets: tuple[int, int, int] = (4, 4, 4),
    needs: Mapping[str, Mapping[str, int]] | None = None,
    suppliers: tuple[str, ...] = (),
    **policy: object,
) -> Team:
    """Three skills of 10 hours a level, one role; people by their levels."""
    steps = tuple(Step(to=to, hours=10, do="") for to in (1, 2, 3, 4))
    skills = {key: skill(learn=steps, needs=dict((needs or {}).get(key, {}))) for key in KEYS}
    role = role_with(dict(zip(KEYS, targets, strict=True)))
    given_ = {"hours_per_week": 4, "rules": (), **policy}
    return Team(
        replace(catalog_of(skills), roles={"role": role}),
        Policy(**given_),  # type: ignore[arg-type]
        People(people=dict(people or {}), suppliers={"s": Supplier(name="S", skills=suppliers)} if suppliers else {}),
        {"role": role},
        tuple(
            Member(who, "role", {}, row_of(sheet_of(dict(zip(KEYS, own, strict=True))), KEYS), DAY)
            for who, own in sorted(levels.items())
        ),
    )


def told(choice: Choice) -> list[tuple[str, str, int, int]]:
    return [(le.person, le.skill, le.start, le.to) for le in choice.lessons]


def test_where_everything_is_covered_nobody_learns() -> None:
    team = small_team({"ada": (4, 4, 4)})
    assert learning(team, 26).gaps == ()
    assert best(team, 26) == Choice()


def test_nobody_at_all_is_a_team_without_gaps() -> None:
    assert best(small_team({})) == Choice()


def test_one_person_learns_what_fits_and_the_rest_stays_short_for_want_of_hours() -> None:
    team = small_team({"ada": (3, 3, 0)})
    assert told(best(team, 5)) == [("ada", "base", 3, 4), ("ada", "craft", 3, 4)]
    short = short_of(team, 5, learning(team, 5), best(team, 5))
    assert [(s.skill, s.to, s.missing, s.barrier, s.least) for s in short] == [
        ("data", 3, 1, "hours", 30),
        ("data", 4, 1, "hours", 40),
    ]


def test_without_hours_nobody_learns() -> None:
    team = small_team({"ada": (3, 3, 3)}, {"ada": Person(name="Ada Example", hours_per_week=0)})
    assert best(team, 26) == Choice()
    assert {s.barrier for s in short_of(team, 26, learning(team, 26), Choice())} == {"hours"}


def test_the_nearest_learns_and_whoever_carries_and_mentors_is_their_mentor() -> None:
    people = {
        "ada": Person(name="Ada Example", mentors=1),
        "ben": Person(name="Ben Example"),
        "cleo": Person(name="Cleo Example"),
    }
    team = small_team({"ada": (4, 4, 4), "ben": (3, 3, 4), "cleo": (2, 3, 4)}, people, cover=Need(carry=2, hold=1))
    choice = best(team, 26)
    assert told(choice) == [("ben", "base", 3, 4), ("ben", "craft", 3, 4)], "one mentor takes one person"
    assert choice.pairs == (("ada", "ben"),)
    alone = replace(team, people=People())
    assert best(alone, 26).pairs == ()
    assert len(best(alone, 26).lessons) == 2


def test_whoever_holds_a_skill_and_learns_to_carry_it_is_no_second_one_to_hold_it() -> None:
    team = small_team({"ada": (3, 4, 4), "ben": (2, 4, 4)}, cover=Need(carry=1, hold=2))
    choice = best(team, 26)
    assert score(learning(team, 26), choice)[:2] == (0, 20)
    assert "ben" in {lesson.person for lesson in choice.lessons}


def test_of_equals_whoever_wants_to_learn_it_does() -> None:
    team = small_team({"ada": (3, 4, 4), "ben": (3, 4, 4)})
    for who in ("ada", "ben"):
        members = tuple(replace(m, interest=("base",) if m.person == who else ()) for m in team.members)
        assert told(best(replace(team, members=members), 26)) == [(who, "base", 3, 4)]


def test_a_supplier_needs_a_judge_and_that_is_the_least_to_learn() -> None:
    team = small_team({"ada": (0, 4, 4), "ben": (1, 4, 4)}, suppliers=("base",))
    assert told(best(team, 26)) == [("ben", "base", 1, 2)]
    judged = small_team({"ada": (2, 4, 4), "ben": (1, 4, 4)}, suppliers=("base",))
    assert best(judged, 26) == Choice()


def test_what_a_skill_needs_is_learned_first_even_where_no_role_asks_for_it() -> None:
    team = small_team({"ada": (3, 1, 4)}, targets=(4, 0, 4), needs={"base": {"craft": 2}})
    assert told(best(team, 26)) == [("ada", "base", 3, 4), ("ada", "craft", 1, 2)]
    assert told(best(replace(team, policy=replace(team.policy, learn_at_once=0)), 26)) == []


def test_what_is_needed_may_need_something_itself_and_all_of_it_takes_hours() -> None:
    chain = {"base": {"craft": 2}, "craft": {"data": 2}}
    team = small_team({"ada": (3, 1, 1)}, targets=(4, 0, 0), needs=chain)
    assert told(best(team, 8)) == [("ada", "base", 3, 4), ("ada", "craft", 1, 2), ("ada", "data", 1, 2)]
    assert told(best(team, 7)) == []
    (short,) = short_of(team, 7, learning(team, 7), best(team, 7))
    assert (short.barrier, short.least) == ("hours", 30)


def test_a_plan_tells_what_is_needed_first_before_what_needs_it_and_that_it_is() -> None:
    """Craft is short itself, but two levels are too long: what is learned of it is for base."""
    team = small_team({"ada": (3, 1, 4)}, needs={"base": {"craft": 2}}, cover_for={"craft": Need(carry=1, hold=0)})
    made = program(learning(team, 5))
    plan = build_plan(team, DAY, 5, made, solve(made.program, SECONDS))
    assert [(le.skill, le.to, le.is_for_cover) for le in plan.lessons] == [
        ("craft", 2, False),
        ("base", 4, True),
    ]


def test_what_no_role_asks_for_is_not_learned_for_its_own_sake() -> None:
    """Ada could close the gap in craft with hours to spare, but her role asks her to judge it only."""
    team = small_team(
        {"ada": (3, 2, 3), "ben": (3, "n/a", "n/a")},
        {"ada": Person(name="Ada Example", hours_per_week=2)},
        targets=(4, 2, 4),
        needs={"base": {"craft": 3}},
        cover_for={"craft": Need(carry=0, hold=1)},
    )
    choice = best(team, 10)
    own = {lesson.skill for lesson in choice.lessons if lesson.person == "ada"}
    assert score(learning(team, 10), choice).missing == 3
    assert "craft" not in own or "base" in own


@pytest.mark.parametrize(
    ("team", "barrier"),
    [
        (small_team({"ada": (3, 4, 4)}, targets=(3, 4, 4)), "role"),
        (small_team({"ada": ("n/a", 4, 4)}), "answer"),
        (small_team({"ada": (4, 4, 4)}, cover=Need(carry=2)), "all-do"),
        (small_team({"ada": (3, 1, 4)}, needs={"base": {"craft": 2}, "craft": {"base": 4}}), "circle"),
        (small_team({"ada": (3, 4, 4)}, learn_at_once=0), "places"),
        (small_team({"ada": (3, 3, 3)}, learn_at_once=2), "others-first"),
    ],
    ids=["role", "answer", "all-do", "circle", "places", "others-first"],
)
def test_what_stays_short_says_why(team: Team, barrier: Barrier) -> None:
    short = short_of(team, 26, learning(team, 26), best(team, 26))
    assert {each.barrier for each in short} == {barrier}


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (lambda c: replace(c, lessons=c.lessons[1:]), "ada lacks craft first"),
        (lambda c: replace(c, lessons=(c.lessons[0], replace(c.lessons[1], to=3))), "cannot learn"),
        (lambda c: replace(c, lessons=c.lessons * 2), "ada learns a skill twice"),
        (lambda c: replace(c, lessons=c.lessons[:1]), "nothing asks ada for craft to 2"),
        (lambda c: replace(c, pairs=(("ben", "ada"), ("ben", "cleo"))), "ben mentors too many"),
        (lambda c: replace(c, pairs=(("ben", "ben"),)), "ben mentors themselves"),
    ],
)
def test_every_fault_of_a_choice_is_found(spoil: object, fault: str) -> None:
    people = {"ben": Person(name="Ben Example", mentors=1)}
    team = small_team({"ada": (3, 1, 3), "ben": (0, 4, 3)}, people, targets=(4, 0, 0), needs={"base": {"craft": 2}})
    of, choice = learning(team, 26), best(team, 26)
    turned = replace(choice, lessons=tuple(sorted(choice.lessons, key=lambda le: le.skill != "craft")))
    assert faults(of, choice) == ()
    assert any(fault in each for each in faults(of, spoil(turned))), faults(of, spoil(turned))  # type: ignore[operator]
    for less, told_ in ((replace(of, hours={"ada": 1}), "has not the hours"), (replace(of, at_once=0), "at once")):
        assert any(told_ in each for each in faults(less, choice))
