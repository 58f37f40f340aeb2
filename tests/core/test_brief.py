"""A brief: what goes into the mail, what stays with its sender, and the hour before it is sent."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from gapcheck.core.catalog import Brief, Catalog, Metric, Step, Touchpoint
from gapcheck.core.deliveries import Delivery, Finding
from gapcheck.core.people import People, Person, Supplier
from gapcheck.core.report.blocks import Heading, Note, Table, Text
from gapcheck.core.report.brief import HOUR, LINE, brief
from gapcheck.reporters import BLOCKS, Look
from tests.core.small import catalog_of, check, skill
from tests.reporters.hostile import NAMES, Told, tell
from tests.reporters.test_hostile import LINKED, LOOKS, commands, controls, structure, texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapcheck.core.deliveries import Judged
    from gapcheck.core.policy import Hands
    from gapcheck.core.report.blocks import Block
    from tests.conftest import Judge, MakeSheet

FULL = skill(
    "Sound",
    what="Making it audible.",
    good_work=("Every word is heard.", "It ends by {hour}."),
    brief=Brief(
        goal="From {today} to {aim} by {date}.",
        accept_when="Both points hold.",
        ask_first="Whose ears?",
        warning_signs="All of it loud.",
    ),
    learn=(Step(to=1, hours=2, do="Listen to ten.", produce="A list."), Step(to=3, hours=9, do="Make one.")),
    checks={"2": check(question="Too loud?"), "3": check(table=(("", "before", "after"), ("row", "1", "2")))},
)


def one(of: object = FULL) -> Catalog:
    """A catalog of one skill that a touchpoint takes and that moves a metric."""
    catalog = catalog_of({"sound": of})  # type: ignore[dict-item]
    stage = replace(
        catalog.stages["only"],
        touchpoints={"talk": Touchpoint(name="Talk", skills=("sound",)), "hall": Touchpoint(name="Hall", skills=())},
        metrics={
            "heard": Metric(
                name="Heard",
                numerator="words heard",
                denominator="words said",
                unit="percent",
                better="higher",
                moved_by=("sound",),
            ),
            "complaints": Metric(name="Complaints", formula="mails", unit="count", better="lower", moved_by=("sound",)),
            "sold": Metric(name="Sold", formula="orders", unit="count", better="lower", moved_by=()),
        },
    )
    return replace(catalog, stages={"only": stage})


def said(blocks: Sequence[Block]) -> str:
    """All words of some blocks, a line for each row."""
    lines = []
    for block in blocks:
        match block:
            case Heading():
                lines.append(f"{block.text} {block.aside}".strip())
            case Text() | Note():
                lines.append(block.text)
            case Table():
                lines += [": ".join(row) for row in block.rows]
    return "\n".join(lines)


def apart(blocks: Sequence[Block]) -> tuple[str, str]:
    """The words above the line and those below it."""
    at = blocks.index(Note(LINE))
    return said(blocks[:at]), said(blocks[at + 1 :])


def test_the_mail_has_the_catalogs_words_with_brackets_for_what_only_the_sender_knows() -> None:
    mail, _ = apart(brief(one(), "sound", None))
    for line in (
        "We need: sound for «our product». Making it audible.",
        "Goal: From «today» to «aim» by «date».",
        "2: It ends by «hour».",
        "Accepted when: Both points hold.",
        "Only: Talk",
        "Heard: Words heard / words said. Higher is better. Today: «current figure».",
        "Complaints: Mails. Lower is better. Today: «current figure».",
        "Questions: Whose ears?",
        "Budget: «budget»",
        "Contact: «contact»",
    ):
        assert line in mail.splitlines()
    assert "Hall" not in mail
    assert "Sold" not in mail


def test_what_is_to_be_filled_in_is_listed_once_in_the_order_of_the_mail() -> None:
    note = brief(one(), "sound", None)[1]
    assert note == Note(
        "Fill in before sending, and delete this line: «our product», «today», «aim», «date», «hour», "
        "«current figure», «budget», «contact»."
    )


def test_a_choice_within_a_choice_is_filled_in_from_the_inside() -> None:
    nested = one(replace(FULL, good_work=(), brief=Brief(goal="Get {buyers} to {buy within {days} / bring a friend}.")))
    blocks = brief(nested, "sound", None)
    assert "Goal: Get «buyers» to «buy within «days» / bring a friend»." in said(blocks)
    assert "«buyers», «days», «buy within «days» / bring a friend», «what you will check»" in said(blocks)


def test_warning_signs_the_hour_and_who_signs_are_for_the_sender(judged: Judge, sheet: MakeSheet) -> None:
    report = judged(sheet(paid_social=1))
    mail, notes = apart(brief(report.catalog, "paid-social", report.line("paid-social")))
    skill = report.catalog.skills["paid-social"]
    for words in (skill.brief.warning_signs, skill.checks["2"].question, "Who signs", "1 (aware)", "Verdict"):
        assert words in notes
        assert words not in mail
    assert "First take the hour below the line." in mail
    assert "judge it yet" not in mail


@pytest.mark.parametrize("level", [0, 1, 2, 3, 4, 5, "n/a", "unknown"])
def test_the_hour_comes_for_whoever_cannot_judge(judged: Judge, sheet: MakeSheet, level: int | str) -> None:
    line = judged(sheet(paid_social=level)).line("paid-social")
    catalog = one()
    assert ("First, before you send it" in said(brief(catalog, "sound", line))) == (level in (0, 1, "unknown"))
    assert "First, before you send it" in said(brief(catalog, "sound", line, primer=True))


def test_without_a_sheet_there_is_no_level_and_the_hour_only_where_it_is_asked_for() -> None:
    plain, asked = (said(brief(one(), "sound", None, primer=primer)) for primer in (False, True))
    assert "First, before you send it" not in plain
    assert "You: " not in plain
    assert "First, before you send it 60 minutes" in asked
    assert "You: " not in asked


def minutes(blocks: Sequence[Block]) -> list[int]:
    """Minutes of each step of the hour."""
    return [int(found) for found in re.findall(r"(?m)^(\d+) min: ", said(blocks))]


def test_the_hour_is_an_hour_at_most_for_every_shipped_skill(catalog: Catalog) -> None:
    for key in catalog.skills:
        steps = minutes(brief(catalog, key, None, primer=True))
        assert 0 < sum(steps) <= HOUR
        assert min(steps) > 0


def test_the_hour_tells_good_from_bad_with_answers_and_reasons_and_begins_to_learn() -> None:
    told = said(brief(one(), "sound", None, primer=True))
    for line in (
        "2 (can judge): Can judge: briefs a specialist, tells good work from bad, says why.",
        "Too loud?",
        "row: before: 1; after: 2",
        "Answer: a. So it is.",
        "35 min: Begin: listen to ten. It leaves: a list. All of it takes 2 h.",
    ):
        assert line in told.splitlines()
    short = one(replace(FULL, checks={}, good_work=(), learn=(Step(to=2, hours=1, do="Listen."),)))
    assert minutes(brief(short, "sound", None, primer=True)) == [5, 55]
    assert minutes(brief(one(skill()), "sound", None, primer=True)) == [5]


def test_a_case_with_a_ragged_table_is_told_as_far_as_it_goes() -> None:
    ragged = replace(FULL, checks={"2": check(table=(("", "before"), (), ("row",), ("last", "1", "2")))})
    told = said(brief(one(ragged), "sound", None, primer=True))
    assert "row: \nlast: before: 1\n" in told


TEAM = People(
    people={"ada": Person(name="Ada Example")},
    suppliers={"payfix": Supplier(name="Payfix Example", skills=("paid-social",))},
)


def test_who_signs_is_as_in_the_report(judged: Judge, sheet: MakeSheet) -> None:
    def signs(level: int, hands: Hands) -> str:
        report = judged(replace(sheet(paid_social=level), hands=hands), people=TEAM)
        return said(brief(report.catalog, "paid-social", report.line("paid-social")))

    assert "Who signs: An adviser who does not sell it. You cannot judge it yet." in signs(1, "supplier")
    assert "Who signs: The colleague who carries it. You cannot judge it yet." in signs(0, "colleague")
    assert "Who signs: You do, since you can judge what comes back." in signs(2, "supplier")
    assert "Send it to: Payfix Example" in signs(1, "supplier")
    assert "Send it to" not in signs(1, "colleague")


def judged_on(day: int, judged: Judged, learned: str = "") -> Delivery:
    finding = Finding(criterion="Every word is heard.", judged=judged, note="Two were not")
    date = dt.date(2027, 2, day)
    return Delivery(skill="sound", date=date, judge="ada", criteria=(finding,), learned=learned)


def test_what_was_learned_and_not_met_comes_back_before_the_next_brief_and_not_in_the_mail() -> None:
    past = [judged_on(day, "not-met", f"Lesson {day}.") for day in (1, 2, 3, 4)]
    mail, notes = apart(brief(one(), "sound", None, [*past, judged_on(5, "partly")]))
    assert re.findall(r"Learned (\d) Feb 2027: Lesson \1\.", notes) == ["4", "3", "2"]
    assert notes.count("Not met last time: Every word is heard. Two were not.") == 1
    assert "Lesson" not in mail
    assert "last time" not in said(brief(one(), "sound", None, [*past, judged_on(5, "met")]))


def test_an_open_skill_and_one_that_is_not_applicable_have_no_verdict(judged: Judge, sheet: MakeSheet) -> None:
    report = judged(sheet(paid_social="n/a"))
    for key, words in (("paid-social", "You: not applicable"), ("positioning", "You: not answered yet")):
        told = said(brief(report.catalog, key, report.line(key)))
        assert words in told
        assert "Verdict" not in told


def test_what_cannot_be_handed_out_says_so(catalog: Catalog) -> None:
    assert "Mind: It cannot be handed out" in said(brief(catalog, "agency-management", None))
    assert "Mind: " not in said(brief(catalog, "paid-social", None))


def test_a_skill_with_nothing_but_a_name_gives_a_brief_to_fill_in() -> None:
    mail, notes = apart(brief(catalog_of({"bare": skill("Bare")}), "bare", None))
    assert "We need: bare for «our product»." in mail
    assert "Accepted when: «what you will check»" in mail
    assert "Budget: «budget»" in mail
    assert "Where it serves" not in mail
    assert "gapcheck review" in notes


def test_a_mail_has_no_table_no_html_and_no_brace_for_any_shipped_skill(catalog: Catalog) -> None:
    for key in catalog.skills:
        blocks = brief(catalog, key, None, primer=True)
        mail, _ = apart(blocks)
        text = BLOCKS["markdown"](blocks, Look())
        assert "{" not in mail
        assert "|" not in re.sub(r"\\\|", "", text)
        assert not re.search("<[a-z]", text)
        assert {"table_open", "html_block", "html_inline"}.isdisjoint(structure(text))


@pytest.fixture(scope="module", params=NAMES)
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Told:
    return tell(tmp_path_factory.mktemp("catalog"), NAMES[request.param])


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Told:
    return tell(tmp_path_factory.mktemp("catalog"), "Plain")


def briefs(told: Told) -> tuple[tuple[Block, ...], ...]:
    """A brief with the hour, and one without a sheet."""
    catalog = told.report.catalog
    return brief(catalog, "a", told.report.line("a")), brief(catalog, "d", None)


def test_a_hostile_catalog_gives_a_brief_of_the_same_build(told: Told, plain: Told) -> None:
    """No HTML, link, image, emphasis or code, no block more or less; nothing that GitHub or a terminal obeys."""
    for mine, usual in zip(briefs(told), briefs(plain), strict=True):
        source = BLOCKS["markdown"](mine, Look())
        assert structure(source) == structure(BLOCKS["markdown"](usual, Look()))
        assert [found for line in texts(source) if (found := LINKED.search(line))] == []
        assert commands(source) == []
        assert controls(source) <= {"\n"}
        for look in LOOKS:
            assert commands(re.sub(r"\x1b\[[0-9;]*m", "", BLOCKS["terminal"](mine, look))) == []
