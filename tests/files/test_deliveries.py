"""Files of deliveries: written and read back, never one over another, faulty ones refused with every fault."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapcheck.core.deliveries import Delivery, Finding, Judged
from gapcheck.core.people import People
from gapcheck.core.report import delivery as told
from gapcheck.files import atomic, deliveries, yamldoc
from gapcheck.problems import InputError, Problem
from gapcheck.reporters import BLOCKS, Look
from tests.core.small import catalog_of, skill
from tests.files.reading import refused
from tests.reporters.hostile import NAMES, yaml
from tests.reporters.test_hostile import LINKED, commands, controls, structure, texts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

DAY = dt.date(2027, 2, 3)
MET = Finding(criterion="Every link works.", judged="met")
ONE = Delivery(skill="paid-social", date=DAY, judge="ada", supplier="payfix", criteria=(MET,))
TEXT = st.text(max_size=20).map(yamldoc.clean)
FINDINGS = st.builds(Finding, criterion=TEXT, judged=st.sampled_from(get_args(Judged)), note=TEXT)
HEAD = "gapcheck: delivery/1\nskill: paid-social\ndate: 2027-02-03\njudge: ada\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of its own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path / "deliveries"


def read(text: str | bytes) -> Delivery:
    return deliveries.parse(yamldoc.parse(text.encode() if isinstance(text, str) else text, "f"))


TEAM: Mapping[str, Sequence[str]] = {"by": ("ada", "ben"), "supplier": ("payfix",)}
CATALOG = catalog_of({"paid-social": skill(was=("ads",))})


def answered(
    text: str, criteria: Sequence[str] = ("One", "Two"), known: Mapping[str, Sequence[str]] | None = None, **given: Any
) -> Delivery:
    usual = {"judge": "login", "date": "2027-02-03"}
    doc = yamldoc.parse(text.encode(), "f")
    return deliveries.answered(doc, usual, {"skill": "paid-social", **given}, criteria, known or {})


def past(today: dt.date = DAY) -> deliveries.Past:
    return deliveries.past(CATALOG, "paid-social", today)


def told_of(problems: Sequence[Problem]) -> list[str]:
    return [str(problem).replace("\\", "/") for problem in problems]


@given(
    st.builds(
        Delivery,
        skill=st.just("paid-social"),
        date=st.dates(),
        judge=st.just("ada"),
        supplier=st.sampled_from((None, "payfix")),
        criteria=st.lists(FINDINGS, min_size=1, max_size=3).map(tuple),
        learned=TEXT,
        cost=st.none() | st.floats(0, 1e9).map(lambda cost: cost + 0.0),  # -0.0 is no cost of its own
        days_late=st.none() | st.integers(-3650, 3650),
    )
)
def test_what_is_written_is_read_back(delivery: Delivery) -> None:
    assert read(deliveries.dump(delivery)) == delivery


def test_each_review_has_a_file_of_its_own(folder: Path) -> None:
    paths = [deliveries.save(ONE) for _ in range(3)]
    assert [path.name for path in paths] == [f"2027-02-03-paid-social{end}.yaml" for end in ("", "-2", "-3")]
    assert len(past().deliveries) == len(list(folder.iterdir())) == 3


def test_what_stands_there_is_never_written_over(folder: Path) -> None:
    folder.mkdir()
    taken = folder / "2027-02-03-paid-social.yaml"
    taken.write_text("mine", encoding="utf-8")
    (folder / "2027-02-03-paid-social-2.yaml").symlink_to(folder / "nowhere")
    assert deliveries.save(ONE).name == "2027-02-03-paid-social-3.yaml"
    assert taken.read_text(encoding="utf-8") == "mine"
    assert not (folder / "nowhere").exists()


def test_a_failed_write_leaves_no_name_taken(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise InputError.of("cannot be written: no space left on device")

    monkeypatch.setattr(atomic, "write", full)
    with pytest.raises(InputError):
        deliveries.save(ONE)
    assert list(folder.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_named(folder: Path) -> None:
    folder.write_text("a file", encoding="utf-8")
    assert refused(lambda: deliveries.save(ONE))[0].startswith("cannot be written: ")


def test_the_earliest_comes_first_and_the_tenth_of_a_day_after_the_second(folder: Path) -> None:
    folder.mkdir()
    for name, note in (("2027-02-03-paid-social-10", "c"), ("2027-02-03-paid-social-2", "b"), ("other", "a")):
        day = "2027-01-01" if note == "a" else "2027-02-03"
        text = f"{HEAD}learned: {note}\ncriteria: [{{criterion: x, judged: met}}]\n".replace("2027-02-03", day)
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    assert [each.learned for each in past().deliveries] == ["a", "b", "c"]


def test_without_the_folder_there_are_none() -> None:
    assert past() == deliveries.Past((), (), ())


def test_a_folder_out_of_reach_is_not_an_empty_one(folder: Path) -> None:
    folder.symlink_to("nowhere")
    assert refused(past) == ["is a symbolic link that leads nowhere"]
    folder.unlink()
    folder.write_text("a file", encoding="utf-8")
    assert refused(past)[0].startswith("cannot be read: ")


def test_a_bad_file_of_another_skill_is_listed_and_one_of_this_skill_is_a_fault(folder: Path) -> None:
    good = deliveries.save(replace(ONE, skill="ads"))
    bad = {
        "2027-02-03-mail": "x",
        "note": "{}",
        "2027-02-03-paid-social-3": "x",
        "2027-02-03-paid-social-plus": "x",
        "mine": "skill: ads",
        "2027-02-04-paid-social": "skill: mail",
    }
    for name, text in bad.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    found = past()
    assert [each.skill for each in found.deliveries] == ["ads"]
    assert {problem.file for problem in found.faults} == {
        str(folder.relative_to(folder.parent) / f"{name}.yaml") for name in ("2027-02-03-paid-social-3", "mine")
    }
    assert len({problem.file for problem in found.left_out}) == 4
    assert good.name not in str(found.left_out)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_a_fault_and_is_not_waited_for(folder: Path) -> None:
    folder.mkdir()
    os.mkfifo(folder / "2027-02-03-paid-social.yaml")
    assert told_of(past().faults) == ["deliveries/2027-02-03-paid-social.yaml: is no file, but a pipe or a device"]


def test_a_delivery_of_a_day_to_come_is_left_out_and_named(folder: Path) -> None:
    deliveries.save(ONE)
    found = past(DAY - dt.timedelta(days=1))
    assert (found.deliveries, found.faults) == ((), ())
    assert told_of(found.left_out) == [
        "deliveries/2027-02-03-paid-social.yaml:3:1: date: is of a day to come, 2027-02-03; left out"
    ]
    assert past().deliveries == (ONE,)
    deliveries.save(replace(ONE, skill="mail"))
    assert len(past(DAY - dt.timedelta(days=1)).left_out) == 1


def test_whoever_checks_a_file_is_told_of_a_skill_that_there_is_not() -> None:
    text = deliveries.dump(replace(ONE, skill="paid-socal")).decode() + "cost: -1\n"
    assert refused(lambda: deliveries.linted(yamldoc.parse(text.encode(), "f"), CATALOG)) == [
        "2:1: skill: unknown skill; did you mean paid-social?",
        "9:1: cost: must be a number from 0",
    ]
    assert deliveries.linted(yamldoc.parse(deliveries.dump(replace(ONE, skill="ads")), "f"), CATALOG).skill == "ads"


def test_every_fault_of_every_file_is_told(folder: Path) -> None:
    folder.mkdir()
    (folder / "a.yaml").write_text(f"{HEAD}criteria: []\nsupplier: x\nby: ben\ncost: -1\n", encoding="utf-8")
    (folder / "b.yaml").write_text("- 1\n", encoding="utf-8")
    (folder / "c.yaml").write_text(HEAD + "criteria: [{judged: soso}]\ndays_late: 1.5\nlevel: 3\n", encoding="utf-8")
    assert [line.split(":", 1)[1] for line in told_of((*past().faults, *past().left_out))] == [
        "5:1: criteria: must name at least one criterion",
        "7:1: by: a supplier delivered it or a colleague, not both; keep supplier or by",
        "8:1: cost: must be a number from 0",
        "5:12: criteria.0.criterion: is missing",
        "5:13: criteria.0.judged: must be met, partly or not-met",
        "6:1: days_late: must be whole days, below 0 for early",
        "7:1: level: unknown key; known are skill, date, judge, supplier, by, criteria, learned, cost, days_late",
        '1:1: must be a mapping that begins with "gapcheck: delivery/1"',
    ]


def test_answers_leave_out_what_is_plain() -> None:
    text = "criteria:\n- {judged: met}\n- {judged: partly, note: Why}\n"
    expected = (Finding(criterion="One", judged="met"), Finding(criterion="Two", judged="partly", note="Why"))
    assert answered(text) == Delivery(skill="paid-social", date=DAY, judge="login", criteria=expected)


def test_what_is_given_wins_over_the_answers_and_these_over_the_usual() -> None:
    text = "judge: ben\ndate: 2026-01-01\nsupplier: x\ncriteria: [{criterion: Mine, judged: met}]\n"
    said = answered(text, supplier="payfix")
    assert (said.judge, said.date.year, said.supplier, said.criteria[0].criterion) == ("ben", 2026, "payfix", "Mine")
    assert answered(text, judge="ada").judge == "ada"


def test_a_whole_delivery_is_a_file_of_answers() -> None:
    assert answered(deliveries.dump(ONE).decode()) == ONE


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("3", ["1:1: must be a mapping with criteria:, a list of  - {judged: met}"]),
        ("learned: x", ["1:1: criteria: is missing"]),
        (
            "criteria: [{judged: met}]",
            ["1:1: criteria: 1 answers to 2 criteria; one each, in the order in which they stand"],
        ),
        (
            "skill: mail\ncriteria: [met, {judged: met}]\ncost: x\n",
            [
                "1:1: skill: another skill than the one under review, paid-social",
                "2:12: criteria.0: must be a mapping (key: value)",
                "3:1: cost: must be a number from 0",
            ],
        ),
        (
            "date: 2027-02-04\ncriteria: [{judged: partly}, {judged: not-met, note: ' ', criterion: ''}]\nby: bem\n",
            [
                "1:1: date: is of a day to come; today is 2027-02-03",
                "2:12: criteria.0.note: what is not met wants a reason: add  note: WHY",
                "2:48: criteria.1.note: what is not met wants a reason: add  note: WHY",
                "2:59: criteria.1.criterion: must say what was judged, or be left out",
                "3:1: by: people.yaml has no such id; did you mean ben?",
            ],
        ),
        (
            "gapcheck: sheet/1\ncriteria: []\n",
            ['1:1: gapcheck: must say "gapcheck: delivery/1"', "2:1: criteria: must name at least one criterion"],
        ),
    ],
)
def test_faulty_answers_are_refused_with_every_fault(text: str, faults: list[str]) -> None:
    assert refused(lambda: answered(text, known=TEAM)) == faults


def test_whoever_is_given_is_not_looked_for_again_and_without_a_list_anybody_goes() -> None:
    text = "criteria: [{judged: met}, {judged: met}]\nsupplier: other\n"
    assert answered(text, known=TEAM, supplier="payfix").supplier == "payfix"
    assert answered(text).supplier == "other"
    assert answered(f"date: 2027-02-03\n{text}").date == DAY


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_delivery_is_shown_and_obeyed_by_nothing(name: str) -> None:
    """The same blocks in Markdown as for a plain one; no command for a terminal or a build server."""

    def stories(text: str) -> list[str]:
        body = f"learned: {text}\ncriteria: [{{criterion: {text}, judged: partly, note: {text}}}]\nsupplier: x\n"
        one = read(f"{HEAD}{body}")
        return [
            BLOCKS[kind](blocks, Look())
            for blocks in (told.judged("Paid", one), told.listed("Paid", [one], People()))
            for kind in ("markdown", "terminal")
        ]

    for mine, plain in zip(stories(yaml(NAMES[name])), stories("Plain"), strict=True):
        assert commands(mine) == []
        assert controls(mine) <= {"\n"}
        if plain.startswith("#"):
            assert structure(mine) == structure(plain)
            assert [found for line in texts(mine) if (found := LINKED.search(line))] == []
