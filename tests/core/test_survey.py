"""Surveys: who answered, when and what, by a map; and a map proposed for a table nobody has mapped."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapcheck.core.answers import NOT_APPLICABLE, UNKNOWN
from gapcheck.core.catalog import Catalog, Role
from gapcheck.core.shapes import PERSON
from gapcheck.core.survey.found import Found, Table, sheet_of
from gapcheck.core.survey.model import UNSURE, ColumnMap, DateMap, InterestMap, LongMap, Scale, SurveyMap
from gapcheck.core.survey.proposal import propose
from gapcheck.core.survey.read import read
from gapcheck.core.survey.scales import KNOWN, evenly, recognise
from gapcheck.core.survey.wording import PLAIN_LEVELS
from gapcheck.core.survey.words import as_words, day_of, fold, likeness, person_id
from gapcheck.problems import InputError
from tests.core.small import catalog_of, skill

if TYPE_CHECKING:
    from gapcheck.core.answers import Rating, Sheet

DAY, TODAY = dt.date(2027, 1, 4), dt.date(2027, 6, 30)
NAMES = {"paid-social": "Paid social", "paid-search": "Paid search", "video": "Video", "landing-pages": "Landing pages"}
CATALOG = catalog_of({key: skill(name) for key, name in NAMES.items()}, Role(name="Marketing manager"))
WORDS: dict[str, Rating] = {"Never heard of it": 0, "Some idea": 2, "Alone": 4}


def table(*rows: str) -> Table:
    """A table whose cells are parted by `|`; the first row names the columns."""
    header, *rest = [tuple(cell.strip() for cell in row.split("|")) for row in rows]
    return Table("f.csv", header, enumerate(rest, 2))


def survey(**more: object) -> SurveyMap:
    """A map of two skills; whoever answered is in the column Who."""
    said = {"person": "Who", "date": DateMap(default=DAY), "skills": {"Social": "paid-social", "Search": "paid-search"}}
    return SurveyMap(**{**said, **more})  # type: ignore[arg-type]


def found(given_map: SurveyMap, *rows: str, catalog: Catalog = CATALOG) -> Found:
    return read(table(*rows), given_map, catalog, TODAY)


def sheets(given_map: SurveyMap, *rows: str) -> list[Sheet]:
    return [sheet_of(person, CATALOG) for person in found(given_map, *rows).people]


def faults(given_map: SurveyMap, *rows: str) -> list[str]:
    """Faults as `row:column: name: message`."""
    with pytest.raises(InputError) as caught:
        found(given_map, *rows)
    return [str(problem).removeprefix("f.csv:") for problem in caught.value.problems]


# levels


def test_each_row_is_a_person_and_each_mapped_column_a_level() -> None:
    ada, ben = sheets(survey(), "Who|Social|Search", "ada@example.com|3|0", "Ben Example|5|1")
    assert (ada.person, ada.date, ada.levels) == ("ada", DAY, {"paid-social": 3, "paid-search": 0})
    assert (ben.person, ben.levels) == ("ben-example", {"paid-social": 5, "paid-search": 1})
    assert ada.catalog is not None
    assert ada.catalog.digest == CATALOG.digest


def test_a_blank_stays_missing_and_is_never_0() -> None:
    (ada,) = sheets(survey(), "Who|Social|Search", "ada| |2")
    assert ada.levels == {"paid-search": 2}


def test_a_row_that_ends_early_is_blank_there() -> None:
    (ada,) = sheets(survey(), "Who|Social|Search", "ada|2")
    assert ada.levels == {"paid-social": 2}


def test_rows_without_any_answer_are_counted_and_make_no_sheet() -> None:
    done = found(survey(), "Who|Social|Search", "ada||", "ben|1|", "cleo| | ")
    assert (done.rows, done.empty, [p.person for p in done.people]) == (3, 2, ["ben"])


@pytest.mark.parametrize("word", ["Some idea", "some idea", "  SOME   idea. ", "Some-idea!"])
def test_words_of_a_scale_are_known_whatever_their_case_and_punctuation(word: str) -> None:
    (ada,) = sheets(survey(scales={"s": Scale(words=WORDS)}), "Who|Social|Search", f"ada|{word}|Alone")
    assert ada.levels == {"paid-social": 2, "paid-search": 4}


def test_two_scales_in_one_file_hold_for_their_columns_only() -> None:
    scales = {"rest": Scale(words=WORDS), "marks": Scale(words={"+": 3, "-": 1, "Alone": 5}, columns=("Search",))}
    (ada,) = sheets(survey(scales=scales), "Who|Social|Search", "ada|Alone|Alone")
    assert ada.levels == {"paid-social": 4, "paid-search": 5}
    (ben,) = sheets(survey(scales=scales), "Who|Social|Search", "ben||-")
    assert ben.levels == {"paid-search": 1}


def test_a_column_that_no_scale_is_for_takes_levels_as_numbers() -> None:
    scales = {"marks": Scale(words={"+": 3}, columns=("Search",))}
    (ada,) = sheets(survey(scales=scales), "Who|Social|Search", "ada|4|+")
    assert ada.levels == {"paid-social": 4, "paid-search": 3}


def test_marks_that_fold_alike_are_told_apart_as_they_are_written() -> None:
    scale = Scale(words={"3": 2, "3+": 3, "3++": 4})
    (ada,) = sheets(survey(scales={"s": scale}), "Who|Social|Search", "ada|3|3+")
    assert ada.levels == {"paid-social": 2, "paid-search": 3}
    assert faults(survey(scales={"s": scale}), "Who|Social|Search", "ada|3?|") == [
        '2:2: Social: "3?" is no word of the scale s'
    ]


@pytest.mark.parametrize(
    ("word", "meant"),
    [("N/A", NOT_APPLICABLE), ("not applicable", NOT_APPLICABLE), ("Don't know", UNKNOWN), ("unknown", UNKNOWN)],
)
def test_not_applicable_and_unknown_are_answers_in_every_scale(word: str, meant: str) -> None:
    for scales in ({}, {"s": Scale(words=WORDS)}):
        (ada,) = sheets(survey(scales=scales), "Who|Social|Search", f"ada|{word}|")
        assert ada.levels == {"paid-social": meant}


def test_a_scale_may_give_such_a_word_a_level_of_its_own() -> None:
    scale = Scale(words={"Unknown": 0, "Skip": NOT_APPLICABLE})
    (ada,) = sheets(survey(scales={"s": scale}), "Who|Social|Search", "ada|UNKNOWN|Skip")
    assert ada.levels == {"paid-social": 0, "paid-search": NOT_APPLICABLE}


def test_unknown_words_are_faults_with_row_and_column_all_at_once() -> None:
    given_map = survey(scales={"s": Scale(words=WORDS)})
    assert faults(given_map, "Who|Social|Search", "ada|Alnoe|Some idea", "ben|Alone|Huh") == [
        '2:2: Social: "Alnoe" is no word of the scale s; did you mean alone?',
        '3:3: Search: "Huh" is no word of the scale s',
    ]
    assert faults(survey(), "Who|Social|Search", "ada|6|") == ['2:2: Social: "6" is no whole level from 0 to 5']


@pytest.mark.parametrize("told", ["5.0", "5,0", "5.00", " 5.0 "])
def test_a_level_may_be_written_as_spreadsheets_write_whole_numbers(told: str) -> None:
    (ada,) = sheets(survey(), "Who|Social|Search", f"ada|{told}|0.0")
    assert ada.levels == {"paid-social": 5, "paid-search": 0}
    scale = Scale(words={"5": 4, "0": 1})
    (ada,) = sheets(survey(scales={"s": scale}), "Who|Social|Search", f"ada|{told}|0.0")
    assert ada.levels == {"paid-social": 4, "paid-search": 1}


def test_what_is_no_whole_level_stays_a_fault_that_says_what_one_is() -> None:
    told = faults(survey(), "Who|Social|Search", "ada|3.5|6.0", "ben|2,5|-1.0")
    assert told == [
        f'{place}: "{said}" is no whole level from 0 to 5'
        for place, said in (
            ("2:2: Social", "3.5"),
            ("2:3: Search", "6.0"),
            ("3:2: Social", "2,5"),
            ("3:3: Search", "-1.0"),
        )
    ]
    scale = Scale(words={"3": 2, "4": 3})
    assert faults(survey(scales={"s": scale}), "Who|Social|Search", "ada|3.5|3,0") == [
        '2:2: Social: "3.5" is no word of the scale s'
    ]


@pytest.mark.parametrize("told", ["-1", "+4", "3%", "\N{MINUS SIGN}2"])
def test_a_number_with_a_sign_is_not_the_number_without_it(told: str) -> None:
    """Minus one is what many programs write for no answer, and 3% is hardly a level."""
    assert faults(survey(), "Who|Social|Search", f"ada|{told}|1") == [
        f'2:2: Social: "{told}" is no whole level from 0 to 5'
    ]
    (ada,) = sheets(survey(scales={"s": Scale(words={told: UNKNOWN, "1": 0})}), "Who|Social|Search", f"ada|{told}|1")
    assert ada.levels == {"paid-social": UNKNOWN, "paid-search": 0}


@pytest.mark.parametrize("told", ["#N/A", "#REF!", "#NAME?", "#DIV/0!"])
def test_an_error_of_a_spreadsheet_is_no_answer_unless_the_map_says_so(told: str) -> None:
    """Folded, the first is `n/a`."""
    rows = ("Who|Social|Search", f"ada|{told}|n/a")
    assert faults(survey(), *rows) == [f'2:2: Social: "{told}" is no whole level from 0 to 5']
    (ada,) = sheets(survey(unknown=(told,)), *rows)
    assert ada.levels == {"paid-social": UNKNOWN, "paid-search": NOT_APPLICABLE}


def test_a_row_with_more_cells_than_columns_is_a_fault() -> None:
    (fault,) = faults(survey(), "Who|Social|Search", "ada|1|2|3")
    assert fault == "2:4: has 4 cells where the row of names has 3"


def test_interest_is_kept_where_it_is_mapped() -> None:
    wanted = InterestMap(columns={"Social?": "paid-social", "Search?": "paid-search"})
    rows = ("Who|Social|Social?|Search|Search?", "ada|1|Yes|2|no", "ben|1||2|")
    ada, ben = sheets(survey(interest=wanted), *rows)
    assert (ada.interest, ben.interest) == (("paid-social",), None)
    assert sheets(survey(), *rows)[0].interest is None
    assert faults(survey(interest=wanted), rows[0], "ada|1|perhaps|2|") == [
        '2:3: Social?: "perhaps" is no word of interest'
    ]


# who


@pytest.mark.parametrize(
    ("said", "made"),
    [
        ("Ada.Example@example.com", "ada.example"),
        ("Ada  Example", "ada-example"),
        ("Zoë Großmann-Øst", "zoe-grossmann-ost"),
        ("R0001", "r0001"),
        (" -.x.- ", "x"),
        ("語", ""),
        ("a" * 80, "a" * 64),
    ],
)
def test_an_id_is_made_of_a_name_or_mail_address(said: str, made: str) -> None:
    assert person_id(said) == made


@given(st.text())
def test_whatever_id_is_made_is_one_or_a_devices_name(said: str) -> None:
    made = person_id(said)
    assert not made or PERSON.allows(made) or made.split(".")[0] in ("con", "prn", "aux", "nul") or made[:3] in "comlpt"


def test_two_people_with_one_id_are_a_fault_until_the_map_tells_them_apart() -> None:
    rows = ("Who|Social|Search", "ada@a.example|1|2", "ada@b.example|3|4")
    (fault,) = faults(survey(), *rows)
    assert fault.startswith("3:1: Who: makes the id ada, as row 2 does")
    people = sheets(survey(people={"ada@b.example": "ada-b"}), *rows)
    assert [sheet.person for sheet in people] == ["ada", "ada-b"]


def test_a_row_that_names_nobody_or_nobody_an_id_can_be_made_for_is_a_fault() -> None:
    told = faults(survey(), "Who|Social|Search", "|1|2", "語|1|2", "con|1|2")
    assert [fault.split(";")[0] for fault in told] == [
        "2:1: Who: names nobody",
        "3:1: Who: no id can be made of it",
        "4:1: Who: no id can be made of it",
    ]


def test_a_person_twice_is_a_fault_or_the_latest_counts() -> None:
    rows = ("When|Who|Social|Search", "2027-02-01|ada|4|", "2027-01-01|ada|1|1")
    when = DateMap(column="When")
    (fault,) = faults(survey(date=when), *rows)
    assert fault.startswith("3:2: Who: the same person as in row 2")
    (ada,) = sheets(survey(date=when, repeated="latest"), *rows)
    assert (ada.date, ada.levels) == (dt.date(2027, 2, 1), {"paid-social": 4})


@pytest.mark.parametrize(
    ("early", "late"),
    [
        ("2027-01-04 09:59:00", "2027-01-04 10:00:00"),
        ("2027/01/04 9:12:44 AM GMT+1", "2027/01/04 1:12:44 PM GMT+1"),
        ("2027/01/04 12:30 am", "2027/01/04 1:00 am"),
        ("2027-01-04T10:00:01.5Z", "2027-01-04T10:00:02Z"),
        ("2027-01-04", "2027-01-04 00:01"),
    ],
)
def test_of_two_sittings_on_one_day_the_later_counts_in_whatever_order_they_stand(early: str, late: str) -> None:
    given_map = survey(date=DateMap(column="When"), repeated="latest")
    newest_first = ("When|Who|Social|Search", f"{late}|ada|4|", f"{early}|ada|1|1")
    oldest_first = (newest_first[0], *newest_first[:0:-1])
    for rows in (newest_first, oldest_first):
        assert [sheet.levels for sheet in sheets(given_map, *rows)] == [{"paid-social": 4}]
    long_rows = ("When|Who|Skill|Level", f"{late}|ada|Social|4", f"{early}|ada|Social|1")
    assert sheets(long_map(repeated="latest"), *long_rows)[0].levels == {"paid-social": 4}


def test_two_sittings_at_one_time_are_taken_in_the_order_of_the_table() -> None:
    given_map = survey(date=DateMap(column="When"), repeated="latest")
    (ada,) = sheets(given_map, "When|Who|Social|Search", "2027-01-04|ada|4|", "2027-01-04|ada|1|")
    assert ada.levels == {"paid-social": 1}


def test_a_row_with_bad_answers_only_has_its_other_faults_told_as_well() -> None:
    told = faults(survey(date=DateMap(column="When")), "When|Who|Social|Search", "last week||9|")
    assert [fault.partition(": ")[0] for fault in told] == ["2:1", "2:2", "2:3"]


def test_rows_without_a_name_are_numbered() -> None:
    people = sheets(survey(person="row"), "Social|Search", "1|", "|", "2|2")
    assert [sheet.person for sheet in people] == ["r001", "r003"]
    many = found(survey(person="row"), "Social|Search", *["1|1"] * 1200).people
    assert (many[0].person, many[-1].person) == ("r0001", "r1200")


# when, role and group


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("2027-01-04", "year-first", "2027-01-04"),
        ("2027/01/04 10:12:00 AM GMT+1", "day-first", "2027-01-04"),
        ("2027-01-04T10:12:00", "month-first", "2027-01-04"),
        ("04/01/2027 09:00", "day-first", "2027-01-04"),
        ("4.1.2027", "day-first", "2027-01-04"),
        ("1/4/27 9:00", "month-first", "2027-01-04"),
        ("2027-02-30", "year-first", "no day of the calendar"),
        ("13/13/2027", "day-first", "no day of the calendar"),
        ("1/4/2027", "year-first", "date: order: day-first or month-first"),
        ("13/4/2027", "year-first", "date: order: day-first"),
        ("4/13/2027", "year-first", "date: order: month-first"),
        ("last week", "day-first", "no date like"),
        ("1/4-2027", "day-first", "no date like"),
    ],
)
def test_a_day_is_read_in_its_order_and_never_guessed(text: str, order: str, day: str) -> None:
    read_as = day_of(text, order)
    assert day in (read_as if isinstance(read_as, str) else read_as.isoformat())


def test_a_date_that_can_be_read_two_ways_names_the_setting() -> None:
    rows = ("When|Who|Social|Search", "03/04/2027|ada|1|")
    (fault,) = faults(survey(date=DateMap(column="When")), *rows)
    assert fault.startswith("2:1: When: ")
    assert fault.endswith("date: order: day-first or month-first")
    for order, day in (("day-first", dt.date(2027, 4, 3)), ("month-first", dt.date(2027, 3, 4))):
        assert sheets(survey(date=DateMap(column="When", order=order)), *rows)[0].date == day  # type: ignore[arg-type]


def test_a_row_without_a_date_takes_the_default_or_is_a_fault() -> None:
    rows = ("When|Who|Social|Search", "|ada|1|")
    assert sheets(survey(date=DateMap(column="When", default=DAY)), *rows)[0].date == DAY
    assert faults(survey(date=DateMap(column="When")), *rows) == [
        "2:1: When: has no date; say in the map  date: default:"
    ]


def test_roles_and_groups_are_read_by_the_maps_words() -> None:
    job = ColumnMap(column="Job", values={"Boss": "role"}, default="role")
    rows = ("Who|Job|Team|Social|Search", "ada|Boss| Growth  team|1|", "ben|marketing Manager||1|", "cleo|||1|")
    people = sheets(survey(role=job, group=ColumnMap(column="Team", default="none")), *rows)
    assert [(sheet.role, sheet.group) for sheet in people] == [
        ("role", "Growth team"),
        ("role", "none"),
        ("role", "none"),
    ]
    assert faults(survey(role=job), rows[0], "ada|Rolle||1|") == ['2:2: Job: "Rolle" is no role; did you mean role?']


@pytest.mark.parametrize("told", ["#N/A", "#REF!", "=B2"])
def test_what_a_spreadsheet_lacks_is_nobodys_name_and_no_team(told: str) -> None:
    rows = ("Who|Team|Social|Search", f"{told}|Growth|1|", f"ada|{told}|1|")
    assert faults(survey(group=ColumnMap(column="Team")), *rows) == [
        "2:1: Who: no id can be made of it; add one to the map under  people:",
        f'3:2: Team: "{told}" is a value that the table lacks',
    ]
    (_, ada) = sheets(survey(people={told: "ben"}, group=ColumnMap(column="Team", values={told: "none"})), *rows)
    assert ada.group == "none"


# one answer a row


LONG = LongMap(skill="Skill", level="Level")


def long_map(**more: object) -> SurveyMap:
    return survey(long=LONG, date=DateMap(column="When"), **more)


def test_a_long_table_makes_one_sheet_a_person_with_the_dates_of_older_answers() -> None:
    rows = ("When|Who|Skill|Level", "2027-01-01|ada|Social|1", "2027-02-01|ada|Search|2", "2027-01-01|ben|Social|3")
    ada, ben = sheets(long_map(), *rows)
    assert (ada.date, ada.levels) == (dt.date(2027, 2, 1), {"paid-social": 1, "paid-search": 2})
    assert ada.dates == {"paid-social": dt.date(2027, 1, 1)}
    assert (ben.levels, ben.dates) == ({"paid-social": 3}, {})


def test_in_a_long_table_a_skill_the_map_lacks_is_a_fault_unless_it_is_ignored() -> None:
    rows = ("When|Who|Skill|Level", "2027-01-01|ada|Socail|1", "2027-01-01|ada|Search|1")
    assert faults(long_map(), *rows) == [
        '2:3: Skill: "Socail" is not among the skills of the map; did you mean Social?'
    ]
    (ada,) = sheets(long_map(ignore=("Socail",)), *rows)
    assert ada.levels == {"paid-search": 1}


def test_an_answer_given_twice_in_a_long_table_is_a_fault_or_the_latest_counts() -> None:
    rows = ("When|Who|Skill|Level", "2027-02-01|ada|Social|4", "2027-01-01|ada|Social|1")
    (fault,) = faults(long_map(), *rows)
    assert fault.startswith("3:2: Who: the same skill and person as in row 2")
    assert sheets(long_map(repeated="latest"), *rows)[0].levels == {"paid-social": 4}


def test_blanks_of_a_long_table_are_missing_and_a_wish_alone_is_kept() -> None:
    given_map = survey(long=LongMap(skill="Skill", level="Level", interest="Wish"))
    (ada,) = sheets(given_map, "Who|Skill|Level|Wish", "ada|Social||yes", "ada|Search|2|", "ben|Social||")
    assert (ada.levels, ada.interest) == ({"paid-search": 2}, ("paid-social",))


def test_columns_that_nobody_asked_for_are_told() -> None:
    done = found(survey(ignore=("IP",)), "Who|IP|Comment|Social|Search", "ada|x|y|1|2")
    assert done.unused == ("Comment",)
    assert done.counts() == {1: 1, 2: 1}


# proposals


def proposed(*rows: str, catalog: Catalog = CATALOG) -> list[str]:
    return propose(table(*rows), catalog, ["delimiter: comma"], TODAY).splitlines()


def test_likeness_is_1_for_the_same_words_and_near_for_a_slip() -> None:
    assert likeness(as_words("Paid-Social"), as_words("paid social")) == 1
    assert 0.9 < likeness(as_words("Paid socail"), as_words("Paid social")) < 1
    assert 0.9 < likeness(as_words("social, paid"), as_words("Paid social")) < 1
    assert likeness(as_words("Video"), as_words("Landing pages")) < 0.6
    assert as_words("LiveCodingPOSTAbility_2") == ("live", "coding", "post", "ability", "2")


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_lies_between_0_and_1(one: str, other: str) -> None:
    assert 0 <= likeness(as_words(one), as_words(other)) <= 1
    assert fold(fold(one)) == fold(one)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("agreement-5", "Strongly agree|Agree|Neither agree nor disagree|Disagree|Strongly disagree"),
        ("agreement-6", "Strongly agree|Agree|Slightly agree|Slightly disagree|Disagree|Strongly disagree"),
        ("proficiency-5", "None|Beginner|Intermediate|Advanced|Expert"),
        ("proficiency-6", "No knowledge|Novice|Basic|Intermediate|Advanced|Expert"),
        ("frequency-5", "Never|Rarely|Sometimes|Often|Always"),
        ("frequency-6", "Never|Very rarely|Rarely|Occasionally|Frequently|Very frequently"),
        ("ability-5", "Not at all able|Slightly able|Neutral|Moderately able|Extremely able"),
        ("degree-5", "Not at all confident|Slightly confident|Somewhat confident|Very confident|Extremely confident"),
        ("knowledge-3", "Little or no knowledge of topic|Some knowledge of topic|Extensive knowledge of topic"),
        ("levels", "0|1|2|4"),
        ("one-to-five", "1|2|3|5"),
        ("one-to-six", "1|2|6"),
    ],
)
def test_a_scale_is_recognised_by_its_words(name: str, words: str) -> None:
    scale = recognise(words.split("|"))
    assert scale is not None
    assert (scale.name, scale.strange) == (name, ())
    assert recognise(["Chocolate", "Vanilla"]) is None


def test_a_number_between_two_words_of_a_scale_is_neither() -> None:
    whole = recognise(["1.0", "2,0", "5.0"])
    assert whole is not None
    assert whole.levels == {"1.0": 0, "2,0": 1, "5.0": 4}
    halves = recognise(["1", "2", "4", "3.5", "2,5"])
    assert halves is not None
    assert (set(halves.levels), halves.strange) == ({"1", "2", "4"}, ("2,5", "3.5"))


@pytest.mark.parametrize("form", ["{} - {}", "{}: {}", "{} = {}", "{} {}"])
def test_levels_with_their_names_behind_them_are_gapchecks_own(form: str) -> None:
    names = ("in the dark", "Aware", "can judge", "with help", "Can step in", "specialist")
    scale = recognise([form.format(n, name) for n, name in enumerate(names)][2:])
    assert scale is not None
    assert sorted(scale.levels.values()) == [2, 3, 4, 5]


def test_levels_are_proposed_evenly_and_rounded_down() -> None:
    assert [evenly(n, 5) for n in range(5)] == [0, 1, 2, 3, 4]
    assert [evenly(n, 6) for n in range(6)] == [0, 0, 1, 2, 3, 4]
    assert [evenly(n, 5, 5) for n in range(5)] == [0, 1, 2, 3, 5]


def test_only_a_scale_that_asks_for_specialists_reaches_their_level() -> None:
    assert all(min(levels.values()) == 0 for levels in KNOWN.values())
    tops = {name: max(levels.values()) for name, levels in KNOWN.items()}
    assert {name for name, top in tops.items() if top == 5} == {
        "levels",
        "level-names",
        "proficiency-5",
        "proficiency-6",
    }
    assert set(tops.values()) == {4, 5}
    assert KNOWN["levels"] == PLAIN_LEVELS


FORMS = (
    "Timestamp|Email Address|Team|How good are you at [Paid socail]|How good are you at [Video]|Comments",
    "13/1/2027 9:00|ada@example.com|growth|Strongly agree|Agree|Nice",
    "14/1/2027 9:00|ben@example.com|growth|Agree|Kind of|",
    "4/1/2027 9:00|cleo@example.com|brand|Disagree|Disagree|",
)


def test_a_proposal_places_what_is_plain_and_marks_what_is_not() -> None:
    lines = proposed(*FORMS)
    assert 'person: "Email Address"' in lines
    assert 'date: {column: "Timestamp", order: day-first}' in lines
    assert lines[lines.index("group:") + 1] == '  column: "Team"'
    assert '  "How good are you at [Paid socail]": paid-social' in [line.partition(f"  {UNSURE}")[0] for line in lines]
    assert '  "How good are you at [Video]": video' in lines
    assert any(UNSURE in line and '"Kind of": 0' in line for line in lines)
    assert '#   "Comments"' in lines


def test_a_date_that_can_be_read_two_ways_is_unsure() -> None:
    lines = proposed("When|Who|Video", "1/2/2027|ada@example.com|1", "2/2/2027|ben@example.com|0")
    (line,) = [line for line in lines if line.startswith("date:")]
    assert f"order: day-first}}  {UNSURE}" in line


@pytest.mark.parametrize(
    ("dates", "told"),
    [
        (("1/2/2027", "2/1/2027"), f"order: day-first}}  {UNSURE} every date can be read day-first or month-first"),
        (("1/2/2027", "13/1/2026"), "order: day-first}"),
        (("2027-01-02", "1/2/2027", "1/14/2026"), "order: month-first}"),
        (("3/1/2027", "2/1/2027"), "order: day-first}"),
        (("1/3/2027", "2/1/2027"), "order: month-first}"),
        (("13/1/2026", "1/14/2026"), f"order: day-first}}  {UNSURE} some dates are day-first or month-first"),
        (("1/14/2028", "2/1/2027"), "order: month-first}"),
        (("3/3/2028", "2/1/2027"), f"order: day-first}}  {UNSURE} every date can be read"),
    ],
)
def test_the_order_of_dates_is_the_one_that_makes_days_of_all_and_if_it_can_none_to_come(
    dates: tuple[str, ...], told: str
) -> None:
    rows = [f"{date}|p{n}@example.com|1" for n, date in enumerate(dates)]
    lines = propose(table("When|Who|Video", *rows), CATALOG, [], dt.date(2027, 2, 15)).splitlines()
    (line,) = [line for line in lines if line.startswith("date:")]
    assert told in line
    assert (UNSURE in told) == (UNSURE in line)


def test_what_is_less_alike_or_has_a_rival_is_unsure() -> None:
    lines = proposed("Who|Paid|Paid soc|Unheard of|SQ003", "a@b.example|3|4|0|1", "b@b.example|2|5|1|2")
    for name, wanted in (("Paid soc", "paid-social"), ("Unheard of", "which skill"), ("SQ003", "which skill")):
        (line,) = [line for line in lines if f'"{name}"' in line and "columns:" not in line]
        assert UNSURE in line
        assert wanted in line


def test_alternating_columns_of_level_and_interest_are_told_apart() -> None:
    lines = proposed(
        "Name|Paid social [Level]|Paid social [Interest]|Video [Level]|Video [Interest]",
        "Ada Example|0|Yes|4|No",
        "Ben Example|3|No|5|Perhaps",
    )
    assert '  "Paid social [Level]": paid-social' in lines
    assert '    "Paid social [Interest]": paid-social' in lines
    assert '    "Video [Interest]": video' in lines
    assert any(line.startswith("  yes:") and "Perhaps" in line for line in lines)


def test_a_long_table_is_recognised() -> None:
    rows = [f"{who}@example.com|{name}|{n}" for who in ("ada", "ben") for n, name in enumerate(NAMES.values())]
    lines = proposed("Mail|Competence|Rating", *rows)
    at = lines.index("long:")
    assert lines[at + 1 : at + 3] == ['  skill: "Competence"', '  level: "Rating"']
    assert '  "Landing pages": landing-pages' in lines


def test_a_question_about_a_team_or_a_name_is_nobodys_team_or_name() -> None:
    catalog = catalog_of({"team-building": skill("Team building")}, Role(name="Marketing manager"))
    lines = proposed(
        "Mail|Team building|Rate [Team talks]", "Ada Example|so|up", "Ben Example|la|down", catalog=catalog
    )
    assert 'person: "Mail"' in lines
    assert "group:" not in lines
    assert '  "Team building": team-building' in lines


def test_columns_of_one_survey_are_on_one_scale_where_one_fits_them() -> None:
    """Whoever answers from 0 to 5 has questions to which nobody answered 0."""
    rows = ("Who|Video|Paid social|Paid search", "Ada Example|0|1|3", "Ben Example|5|3|", "Cleo Example||5|2")
    lines = proposed(*rows)
    assert "scales:" not in lines
    assert any(line.startswith("# Numbers from 0 to 5 are taken for gapcheck's own levels") for line in lines)
    assert '  "Paid social": paid-social' in lines
    lines = proposed(rows[0], *(row.replace("|0|", "|2|") for row in rows[1:]))
    assert lines[lines.index("scales:") + 1] == "  one-to-five:"
    assert not any("gapcheck's own levels" in line for line in lines)
    lines = proposed(
        "Who|Video|Paid social", "Ada Example|Agree|Slightly agree", "Ben Example|Disagree|Strongly disagree"
    )
    assert [line for line in lines if line.startswith("  agreement")] == ["  agreement-6:"]


def test_the_columns_of_one_grid_are_on_one_scale_though_each_shows_few_of_its_words() -> None:
    lines = proposed(
        "Who|Now [Paid social]|Now [Video]|Now [Paid search]|Now [Copywriting]|Then [Video]",
        "Ada Example|Never heard of it|Can step in|Never heard of it||Meh",
        "Ben Example|With help||||Top",
    )
    at = lines.index("  level-names:")
    assert lines[at + 3 : at + 7] == [
        '      "With help": 3',
        '      "Can step in": 4',
        f'      {UNSURE} not of this scale; set its level  "Never heard of it": 0',
        '    columns: ["Now [Paid social]", "Now [Video]", "Now [Paid search]"]',
    ]
    assert '    columns: ["Then [Video]"]' in lines  # another grid, with no word of that scale
    assert '#   "Now [Copywriting]"' in lines  # nobody answered


def test_a_column_that_numbers_the_rows_is_nobodys_name_and_no_scale() -> None:
    lines = proposed("ID|Name|Video", "1|Ada Example|0", "2|Ben Example|4")
    assert 'person: "Name"' in lines
    assert '#   "ID"' in lines
    assert proposed("ID|Video", "1|0", "2|4")[3].startswith(f"person: row  {UNSURE}")


def test_one_person_written_in_two_ways_is_one_who_answered_twice() -> None:
    lines = proposed("Mail|Video", "ada@example.com|1", "Ada@Example.com|2")
    assert f'person: "Mail"  {UNSURE} some occur twice; see  repeated: latest' in lines


def test_a_table_without_ratings_is_not_passed_over() -> None:
    lines = proposed("Mail|Comment", "ada@example.com|Nice", "ben@example.com|Very")
    assert any(line.startswith(f"skills: {{}}  {UNSURE}") for line in lines)


def test_a_scale_of_unknown_words_is_left_to_be_settled() -> None:
    lines = proposed("Who|Video|Paid social", *[f"{n}@x.example|Meh|Top" for n in "abc"])
    assert '  "Video": video' in lines
    assert sum(UNSURE in line and '"Meh": 0' in line for line in lines) == 1


def test_folding_a_second_time_changes_no_character_of_unicode() -> None:
    """`ǣ` is an æ with a line over it, and a mathematical capital alpha has no small letter of its own."""
    every = (chr(n) for n in range(0x110000) if not 0xD800 <= n <= 0xDFFF)
    assert [c for c in every if fold(fold(c)) != fold(c)] == []
