"""Folders of sheets as a team: who counts with which sheet, what is passed over, and what is told as a fault."""

from __future__ import annotations

import datetime as dt
import os
import random
import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gapcheck.core.answers import CatalogRef, Sheet
from gapcheck.core.catalog import Role
from gapcheck.core.people import People, Person
from gapcheck.core.team import row_of, tally
from gapcheck.files import catalogs, sheets, team
from gapcheck.files.team import Setting
from gapcheck.problems import SHOWN
from tests.files.conftest import SHOP
from tests.files.reading import refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapcheck.core.answers import Rating
    from gapcheck.core.policy import Policy
    from gapcheck.files.team import Found

SHOP_LOADED = catalogs.load(SHOP)
CATALOG, POLICY = SHOP_LOADED.catalog, SHOP_LOADED.policy
SKILLS = tuple(CATALOG.skills)
DAY = dt.date(2027, 1, 4)
OPEN = Role(name="Every skill", target=4)
LINKS = pytest.mark.skipif(os.name == "nt", reason="symbolic links need rights there")


def setting(people: People | None = None, policy: Policy = POLICY) -> Setting:
    return Setting(CATALOG, policy, people or People(), "every-skill", OPEN)


def sheet(person: str, date: dt.date = DAY, **levels: Rating) -> Sheet:
    named = {skill.replace("_", "-"): level for skill, level in levels.items()}
    return Sheet(person=person, role="manager", date=date, levels=named or {"paid-social": 3})


def put(folder: Path, name: str, what: Sheet | str) -> Path:
    """A file in the folder, made of a sheet or of a text."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(what.encode() if isinstance(what, str) else sheets.dump(what, CATALOG))
    return path


def read(*paths: Path, people: People | None = None) -> Found:
    return team.read(setting(people), paths)


def told(found: Found) -> list[str]:
    """The problems, as a user sees them, by the names of files alone."""
    return [str(problem).removeprefix(str(Path(problem.file).parent) + os.sep) for problem in found.problems]


def test_an_empty_folder_is_a_team_of_nobody(tmp_path: Path) -> None:
    found = read(tmp_path)
    assert (found.team.members, found.read, found.bad, found.problems) == ((), 0, 0, [])


def test_a_member_is_what_the_sheet_says(tmp_path: Path) -> None:
    said = replace(
        sheet("ada", paid_social=3, landing_pages="unknown", copywriting="n/a"),
        settled={"paid-social": 2},
        dates={"paid-social": dt.date(2026, 5, 1), "copywriting": DAY, "budgeting": dt.date(2026, 1, 1)},
        hands="supplier",
        hands_for={"paid-social": "none"},
        interest=("budgeting",),
    )
    put(tmp_path, "ada.yaml", said)
    (ada,) = read(tmp_path).team.members
    assert (ada.person, ada.role, ada.date) == ("ada", "manager", DAY)
    assert ada.levels == row_of(said, SKILLS) == bytes([2, 7, 6, 8, 8])
    assert ada.aged == {"paid-social": dt.date(2026, 5, 1)}
    assert (ada.hands, ada.hands_for, ada.interest) == ("supplier", {"paid-social": "none"}, ("budgeting",))


def test_the_latest_sheet_of_a_person_counts_wherever_it_lies(tmp_path: Path) -> None:
    for name, day, level in (("b.yaml", 5, 5), ("a/z.yaml", 3, 3), ("c.yaml", 4, 4)):
        put(tmp_path, name, sheet("ada", dt.date(2027, 1, day), paid_social=level))
    found = read(tmp_path)
    assert [(m.date.day, m.levels[0]) for m in found.team.members] == [(5, 5)]
    assert (found.read, found.bad) == (3, 0)


def test_what_others_say_about_a_person_is_counted_and_left_out(tmp_path: Path) -> None:
    put(tmp_path, "ada.yaml", sheet("ada", paid_social=2))
    for by, rater in (("ben", "peer"), ("cleo", "manager"), ("ben", "manager")):
        rating = replace(sheet("ada", dt.date(2027, 2, 1), paid_social=5), rater=rater, by=by)  # type: ignore[arg-type]
        put(tmp_path, f"ada.{rater}-{by}.yaml", rating)
    found = read(tmp_path)
    assert [m.levels[0] for m in found.team.members] == [2]
    assert (found.read, found.by_others, found.bad) == (4, 3, 0)


def test_two_sheets_of_one_person_and_day_are_a_fault_that_names_both_and_the_first_counts(tmp_path: Path) -> None:
    put(tmp_path, "b.yaml", sheet("ada", paid_social=5))
    first = put(tmp_path, "a.yaml", sheet("ada", paid_social=1))
    found = read(tmp_path)
    assert [m.levels[0] for m in found.team.members] == [1]
    assert told(found) == [
        f"b.yaml: is of the same person, rater and day as {first}, which counts; keep one of the two"
    ]
    assert (found.read, found.bad) == (1, 1)


def test_two_ratings_of_one_day_by_one_peer_are_a_fault_too_and_by_two_are_none(tmp_path: Path) -> None:
    rating = replace(sheet("ada"), rater="peer", by="ben")
    put(tmp_path, "1.yaml", rating)
    put(tmp_path, "2.yaml", replace(rating, by="cleo"))
    put(tmp_path, "3.yaml", rating)
    found = read(tmp_path)
    assert [line.partition(":")[0] for line in told(found)] == ["3.yaml"]
    assert found.by_others == 2


def test_groups_are_those_of_people_yaml_and_else_the_one_that_the_sheet_names(tmp_path: Path) -> None:
    people = People(people={"ada": Person(name="Ada Example", groups={"function": "growth", "region": "north"})})
    put(tmp_path, "ada.yaml", replace(sheet("ada"), group="ignored"))
    put(tmp_path, "ben.yaml", replace(sheet("ben"), group="brand"))
    put(tmp_path, "cleo.yaml", sheet("cleo"))
    found = read(tmp_path, people=people)
    assert [dict(m.groups) for m in found.team.members] == [
        {"function": "growth", "region": "north"},
        {"group": "brand"},
        {},
    ]
    assert found.team.kinds == ("function", "group", "region")


def test_a_group_spelt_two_ways_is_one_under_the_spelling_that_sorts_first(tmp_path: Path) -> None:
    for person, group in (("ada", "growth team"), ("ben", " Growth  Team "), ("cleo", "GROWTH TEAM"), ("dana", "x")):
        put(tmp_path, f"{person}.yaml", replace(sheet(person), group=group))
    people = {"eli": Person(name="Eli Example", groups={"unit": "Growth team"})}
    put(tmp_path, "eli.yaml", sheet("eli"))
    members = read(tmp_path, people=People(people=people)).team.members
    assert [m.groups for m in members[:4]] == [{"group": "GROWTH TEAM"}] * 3 + [{"group": "x"}]
    assert members[4].groups == {"unit": "Growth team"}  # another kind of group


def test_whoever_names_no_role_has_that_of_the_setting_and_one_that_is_unknown_is_a_fault(tmp_path: Path) -> None:
    put(tmp_path, "ada.yaml", replace(sheet("ada"), role=None))
    put(tmp_path, "ben.yaml", replace(sheet("ben"), role="maneger"))
    put(tmp_path, "cleo.yaml", replace(sheet("cleo"), role="buyer"))
    found = read(tmp_path)
    assert [(m.person, m.role) for m in found.team.members] == [("ada", "every-skill"), ("cleo", "buyer")]
    assert told(found) == ["ben.yaml:3:1: role: unknown role; did you mean manager?"]
    assert all(m.role in found.team.roles for m in found.team.members)


@pytest.mark.parametrize(
    ("ref", "is_other"),
    [
        (None, False),
        (CatalogRef(name="corner-shop", version="1.0.0", digest=CATALOG.digest), False),
        (CatalogRef(name="corner-shop", version="1.0.0", digest="0" * 12), True),
        (CatalogRef(name="corner-shop", version="1.0.0"), False),
        (CatalogRef(name="corner-shop", version="0.9.0"), True),
        (CatalogRef(name="other-shop", version="1.0.0"), True),
    ],
)
def test_sheets_of_another_wording_are_counted_and_count(
    tmp_path: Path, ref: CatalogRef | None, is_other: bool
) -> None:
    put(tmp_path, "ada.yaml", replace(sheet("ada"), catalog=ref))
    found = read(tmp_path)
    assert (found.other_catalog, len(found.team.members)) == (int(is_other), 1)


def test_an_old_sheet_of_another_wording_is_not_counted(tmp_path: Path) -> None:
    other = CatalogRef(name="corner-shop", version="0.9.0")
    put(tmp_path, "1.yaml", replace(sheet("ada", dt.date(2026, 1, 1)), catalog=other))
    put(tmp_path, "2.yaml", sheet("ada"))
    assert read(tmp_path).other_catalog == 0


PEOPLE_FILE = "# the team\n\ngapcheck: people/1\npeople: {ada: {name: Ada Example}}\n"


@pytest.mark.parametrize(
    "text",
    [
        PEOPLE_FILE,
        "\ufeff" + PEOPLE_FILE.replace("\n", "\r\n"),
        "{gapcheck: config/1, sheets: .}\n",
        "gapcheck: stage/1\nname: [left open\n",
        "gapcheck: baseline/1\n",
        '{"gapcheck": "snapshot/1"}\n',
        "services:\n  web: {image: shop}\n",
        "- a\n- list\n",
    ],
    ids=[
        "people",
        "people, Windows",
        "config in braces",
        "a broken stage",
        "baseline",
        "snapshot",
        "something else",
        "a list",
    ],
)
def test_files_of_other_kinds_in_a_folder_are_passed_over_and_named_ones_are_faults(tmp_path: Path, text: str) -> None:
    path = put(tmp_path, "other.yaml", text)
    found = read(tmp_path)
    assert (found.read, found.bad, found.problems) == (0, 0, [])
    assert read(path).bad == 1
    assert read(tmp_path, path).bad == 1


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "f.yaml: the file is empty"),
        ("<<<<<<< ours\ngapcheck: sheet/1\n", "f.yaml:2:9: "),
        ("person: ada\nlevels: {paid-social: 3}\n", 'f.yaml:1:1: gapcheck: "gapcheck: sheet/1" is missing'),
        ("gapcheck: sheet/2\nperson: ada\n", 'f.yaml:1:1: gapcheck: must say "gapcheck: sheet/1"'),
        ("gapcheck: shet/1\nwho: ada\n", 'f.yaml:1:1: gapcheck: must say "gapcheck: sheet/1"'),
        ("# mine\ngapcheck: Sheet/1\nwho: ada\n", 'f.yaml:2:1: gapcheck: must say "gapcheck: sheet/1"'),
        ("{gapcheck: 1}\n", 'f.yaml:1:2: gapcheck: must say "gapcheck: sheet/1"'),
        ("gapcheck: sheet/1\nperson: ada\ndate: 2027-01-04\nlevels: {paid-social: 9}\n", "f.yaml:4:10: levels.paid-s"),
        ("gapcheck: sheet/1\nperson: ada\ndate: 2027-01-04\ncatalog: [\n", "f.yaml:5:1: "),
        ("\x00", "f.yaml:1:1: a NUL byte"),
    ],
    ids=[
        "empty",
        "conflict",
        "headless",
        "later format",
        "misspelt",
        "capital",
        "number",
        "level",
        "unclosed",
        "binary",
    ],
)
def test_a_sheet_that_is_damaged_is_a_fault_and_the_rest_is_read(tmp_path: Path, text: str, fault: str) -> None:
    put(tmp_path, "f.yaml", text)
    put(tmp_path, "ben.yaml", sheet("ben"))
    found = read(tmp_path)
    assert [m.person for m in found.team.members] == ["ben"]
    assert found.bad == 1
    assert told(found)[0].startswith(fault)


def test_of_many_faults_a_hundred_are_listed_and_every_file_is_counted(tmp_path: Path) -> None:
    for n in range(SHOWN + 20):
        put(tmp_path, f"{n:03}.yaml", "gapcheck: sheet/1\nperson: ada\n")
    put(tmp_path, "good.yaml", sheet("ada"))
    found = read(tmp_path)
    assert (found.read, found.bad, len(found.problems)) == (1, SHOWN + 20, SHOWN)
    assert [line[:8] for line in told(found)] == [f"{n:03}.yaml" for n in range(SHOWN)]


def test_the_faults_of_one_file_can_fill_the_list_and_no_more(tmp_path: Path) -> None:
    levels = "".join(f"  nothing-{n}: 3\n" for n in range(SHOWN + 20))
    for name in ("a.yaml", "b.yaml"):
        put(tmp_path, name, f"gapcheck: sheet/1\nperson: ada\ndate: 2027-01-04\nlevels:\n{levels}")
    found = read(tmp_path)
    assert (found.bad, len(found.problems)) == (2, SHOWN)


def test_progress_is_told_every_so_many_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(team, "STEP", 3)
    for n in range(7):
        put(tmp_path, f"{n}.yaml", sheet(f"p{n}") if n % 2 else "gapcheck: sheet/1\n")
    heard: list[int] = []
    team.read(setting(), [tmp_path], heard.append)
    assert heard == [3, 6]


def test_paths_that_do_not_exist_are_all_named(tmp_path: Path) -> None:
    paths = [tmp_path / "a", tmp_path, tmp_path / "b.yaml"]
    assert refused(lambda: team.read(setting(), paths)) == ["there is no such file or folder"] * 2


def test_files_are_listed_in_order_once_and_without_hidden_ones(tmp_path: Path) -> None:
    names = ["b.yaml", "a/2.yaml", "a/1.yaml", "a-b.yaml", "c.yml", "notes.txt", ".git/x.yaml", "a/.y.yaml"]
    for name in names:
        put(tmp_path, name, "")
    named = put(tmp_path, "notes.txt", "")
    found = team.files_in([tmp_path, tmp_path / "a", tmp_path / "a" / ".." / "b.yaml", named])
    listed = [os.path.relpath(path, tmp_path).replace(os.sep, "/") for path in found]
    assert listed == ["a-b.yaml", "a/1.yaml", "a/2.yaml", "b.yaml", "c.yml", "notes.txt"]


@LINKS
def test_a_link_to_a_folder_is_not_followed_and_neither_it_nor_one_to_nowhere_is_passed_over(tmp_path: Path) -> None:
    put(tmp_path, "elsewhere/ada.yaml", sheet("ada"))
    put(tmp_path, "sheets/ben.yaml", sheet("ben"))
    (tmp_path / "sheets" / "link").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    (tmp_path / "sheets" / "round").symlink_to(tmp_path / "sheets", target_is_directory=True)
    (tmp_path / "sheets" / "gone").symlink_to(tmp_path / "nowhere", target_is_directory=True)
    (tmp_path / "sheets" / "cleo.yaml").symlink_to(tmp_path / "elsewhere" / "ada.yaml")
    (tmp_path / "sheets" / "notes").symlink_to(put(tmp_path, "elsewhere/notes.txt", ""))
    (tmp_path / "sheets" / ".hidden").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    found = read(tmp_path / "sheets")
    assert [member.person for member in found.team.members] == ["ada", "ben"], "a link to a sheet is one"
    message = "is a link to a folder, and none is followed; move its files here, or name that folder"
    assert told(found) == [
        "gone: cannot be read: no such file or directory",
        f"link: {message}",
        f"round: {message}",
    ]
    assert read(tmp_path / "sheets" / "link").read == 1, "one that is named is the folder"


def test_a_sheet_whose_name_ends_otherwise_is_a_fault_and_other_files_that_do_are_none(tmp_path: Path) -> None:
    """Passed over in silence it would be a team without that person."""
    for name, said in (("ada.yml", sheet("ada")), ("cleo.YAML", "gapcheck: sheet/1\nperson: cleo\ndate: 2027-01-04\n")):
        put(tmp_path, name, said)
    for name, text in (("compose.yml", "services: {}\n"), ("people.yml", PEOPLE_FILE), (".ci.yml", "person: x\n")):
        put(tmp_path, name, text)
    found = read(tmp_path)
    told_of = "is a sheet, and would be missed: end its name in .yaml"
    assert told(found) == [f"ada.yml: {told_of}", f"cleo.YAML: {told_of}"]
    assert (found.read, found.bad) == (0, 2)
    assert read(tmp_path / "ada.yml").read == 1, "it was named"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_among_the_sheets_is_a_fault_and_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "ada.yaml")
    assert told(read(tmp_path)) == ["ada.yaml: is no file, but a pipe or a device"]


def test_as_of_a_day_each_person_counts_with_the_latest_sheet_until_then(tmp_path: Path) -> None:
    for day, level in ((3, 3), (5, 5), (4, 4)):
        put(tmp_path, f"{day}.yaml", sheet("ada", dt.date(2027, 1, day), paid_social=level))
    put(tmp_path, "ben.yaml", sheet("ben", dt.date(2027, 1, 5)))
    found = team.read(setting(), [tmp_path], until=dt.date(2027, 1, 4))
    assert [(m.person, m.date.day, m.levels[0]) for m in found.team.members] == [("ada", 4, 4)]


def test_nothing_depends_on_order_of_files_and_arguments_or_on_the_time_zone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(3)
    for n in range(40):
        day = dt.date(2027, 1, chance.randint(1, 3))
        said = replace(sheet(f"p{n % 25}", day, paid_social=n % 6), group=chance.choice(["a b", "A B", "a  b", "c"]))
        put(tmp_path, f"{n % 3}/{n}.yaml", said)
    folders = [tmp_path / "0", tmp_path / "1", tmp_path / "2"]
    usual = read(*folders)
    assert usual.bad
    walk = os.walk

    def shuffled(folder: str, **more: Any) -> Iterator[tuple[str, list[str], list[str]]]:
        for where, inside, names in walk(folder, **more):
            chance.shuffle(names)
            yield where, inside, names

    monkeypatch.setattr(os, "walk", shuffled)
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    if hasattr(time, "tzset"):
        time.tzset()
    assert read(*reversed(folders)) == usual
    monkeypatch.undo()
    if hasattr(time, "tzset"):
        time.tzset()


def test_a_sheet_written_by_hand_gives_the_same_member_as_one_that_the_program_wrote(tmp_path: Path) -> None:
    put(tmp_path, "1/ada.yaml", replace(sheet("ada", paid_social=4, budgeting="n/a"), group="brand"))
    by_hand = (
        "gapcheck: sheet/1\ndate: 2027-01-04\nrole: manager\ngroup: brand\nperson: ada  # me\n"
        "levels: {budgeting: n/a, social-ads: 4}\n"
    )
    put(tmp_path, "2/ada.yaml", by_hand)
    assert read(tmp_path / "1").team.members == read(tmp_path / "2").team.members


GIVEN = st.tuples(st.sampled_from("abc"), st.integers(1, 4), st.booleans(), st.integers(0, 5))


@settings(max_examples=40)
@given(st.lists(GIVEN, max_size=10))
def test_random_folders_give_what_counting_by_hand_gives(drawn: list[tuple[str, int, bool, int]]) -> None:
    latest: dict[str, tuple[int, int]] = {}
    days, twice, others = set(), 0, 0
    with TemporaryDirectory() as name:
        for n, (person, day, own, level) in enumerate(drawn):
            said = sheet(person, dt.date(2027, 1, day), paid_social=level)
            put(Path(name), f"{n:02}.yaml", said if own else replace(said, rater="peer", by="zoe"))
            if (person, day, own) in days:
                twice += 1
                continue
            days.add((person, day, own))
            others += not own
            if own and day > latest.get(person, (0, 0))[0]:
                latest[person] = (day, level)
        found = read(Path(name))
    assert [(m.person, m.date.day, m.levels[0]) for m in found.team.members] == [
        (person, *latest[person]) for person in sorted(latest)
    ]
    assert (found.bad, found.by_others, found.read) == (twice, others, len(drawn) - twice)
    assert sum(tally(found.team).values()) == len(latest) * len(SKILLS)
