"""A folder of skills: every file read, every id checked against the others, every fault at its place."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gapcheck.files import catalogs
from gapcheck.problems import InputError
from tests.files.conftest import SHOP

if TYPE_CHECKING:
    from collections.abc import Callable

Edit = tuple[str, str, str]
"""A file, what stands in it, and what is to stand there instead."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shop's catalog, to break."""
    return Path(shutil.copytree(SHOP, tmp_path / "skills"))


def edit(folder: Path, *edits: Edit) -> None:
    for name, old, new in edits:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old} in {name}"
        path.write_text(text.replace(old, new), encoding="utf-8")


def faults(folder: Path) -> list[str]:
    """The problems of a folder, each as `file:line:column: path: message`."""
    with pytest.raises(InputError) as caught:
        catalogs.load(folder)
    return [str(problem).removeprefix(str(folder))[1:].replace("\\", "/") for problem in caught.value.problems]


MINI = """\
gapcheck: stage/1
name: Sell
skills:
  seo: {name: Search, importance: 5}
  ads: {name: Advertising, importance: 4}
  copy: {name: Writing, importance: 3}
  data: {name: Measuring, importance: 2}
  talk: {name: Talking to buyers, importance: 1}
"""


def test_the_shipped_catalog_loads() -> None:
    loaded = catalogs.load(catalogs.shipped())
    assert len(loaded.catalog.skills) >= 18
    assert loaded.catalog.contents.default_role in loaded.catalog.roles
    assert loaded.policy.rules[-1].when.asked == {}


def test_five_skills_with_name_and_importance_are_a_catalog_under_the_shipped_policy(tmp_path: Path) -> None:
    (tmp_path / "catalog.yaml").write_text("gapcheck: catalog/1\nname: mini\nversion: '1'\nstages: [sell]\n")
    (tmp_path / "sell.yaml").write_text(MINI)
    loaded = catalogs.load(tmp_path)
    assert list(loaded.catalog.skills) == ["seo", "ads", "copy", "data", "talk"]
    assert loaded.catalog.roles == {}
    assert loaded.policy == catalogs.load(catalogs.shipped()).policy


def test_a_folder_may_bring_its_own_policy(folder: Path) -> None:
    rule = "{id: all, when: {}, then: leave}"
    (folder / "policy.yaml").write_text(f"gapcheck: policy/1\nweeks: 8\nrules: [{rule}]\n")
    assert catalogs.load(folder).policy.weeks == 8


def test_stages_and_skills_keep_their_order_and_roles_go_by_file_name(folder: Path) -> None:
    catalog = catalogs.load(folder).catalog
    assert list(catalog.stages) == ["attract", "lead"]
    assert list(catalog.skills) == ["paid-social", "landing-pages", "copywriting", "team-building", "budgeting"]
    assert list(catalog.roles) == ["buyer", "manager"]


REFERENCES: dict[str, tuple[Edit, str]] = {
    "a touchpoint's skill": (
        ("attract.yaml", "skills: [paid-social]", "skills: [paid-socail]"),
        "attract.yaml:5:42: touchpoints.feed-ad.skills.0: unknown skill; did you mean paid-social?",
    ),
    "a metric's skill": (
        ("attract.yaml", "[paid-social, copywriting]", "[paid-social, copyrighting]"),
        "attract.yaml:14:29: metrics.click-rate.moved_by.1: unknown skill; did you mean copywriting?",
    ),
    "a skill that is needed": (
        ("attract.yaml", "needs: {copywriting: 2}", "needs: {paid-social: 1, budgetting: 2}"),
        "attract.yaml:21:29: skills.paid-social.needs.budgetting: unknown skill; did you mean budgeting?",
    ),
    "a role's skill": (
        ("roles/manager.yaml", "[copywriting]", "[copywriting, xyz]"),
        "roles/manager.yaml:8:58: targets.1.skills.1: unknown skill; "
        "known are paid-social, landing-pages, copywriting, team-building, budgeting",
    ),
    "a stage that weighs": (
        ("roles/manager.yaml", "{lead: 2}", "{attract: 1, led: 2}"),
        "roles/manager.yaml:5:23: weights.led: unknown stage; did you mean lead?",
    ),
    "the touchpoint led to": (
        ("attract.yaml", "leads_to: [landing-page]", "leads_to: [landing-pag]"),
        "attract.yaml:5:67: touchpoints.feed-ad.leads_to.0: unknown touchpoint; did you mean landing-page?",
    ),
    "the default role": (
        ("catalog.yaml", "default_role: manager", "default_role: manger"),
        "catalog.yaml:6:1: default_role: unknown role; did you mean manager?",
    ),
    "a skill in two stages": (
        ("lead.yaml", "  budgeting:", "  copywriting: {name: Again, importance: 1}\n  budgeting:"),
        "lead.yaml:7:3: skills.copywriting: this skill stands in attract.yaml already",
    ),
    "a touchpoint in two stages": (
        ("lead.yaml", "skills:", "touchpoints:\n  feed-ad: {name: Again, skills: [budgeting]}\nskills:"),
        "lead.yaml:6:3: touchpoints.feed-ad: this touchpoint stands in attract.yaml already",
    ),
    "a stage listed twice": (
        ("catalog.yaml", "[attract, lead]", "[attract, lead, attract]"),
        "catalog.yaml:5:25: stages.2: this stage stands here already",
    ),
    "a former id that is a present one": (
        ("attract.yaml", "was: [social-ads]", "was: [social-ads, budgeting]"),
        "attract.yaml:20:23: skills.paid-social.was.1: this id is another skill's, now or before",
    ),
    "a file that is missing": (
        ("catalog.yaml", "[attract, lead]", "[attract, lead, keep]"),
        "keep.yaml: cannot be read: no such file or directory",
    ),
}


@pytest.mark.parametrize("name", REFERENCES)
def test_a_broken_reference_is_found_at_its_place(folder: Path, name: str) -> None:
    change, fault = REFERENCES[name]
    edit(folder, change)
    assert faults(folder) == [fault]


@pytest.mark.parametrize(
    ("rules", "place"),
    [
        ("[{id: a, when: {}, then: do}, {id: b, when: {urgent: true}, then: do}]", "2:46: rules.1.when"),
        ("[]", "2:1: rules"),
    ],
)
def test_the_last_rule_of_a_policy_must_match_always(folder: Path, rules: str, place: str) -> None:
    (folder / "policy.yaml").write_text(f"gapcheck: policy/1\nrules: {rules}\n")
    message = "the last rule must have an empty when, so that one always matches"
    assert faults(folder) == [f"policy.yaml:{place}: {message}"]


def test_each_rule_of_a_policy_has_an_id_of_its_own(folder: Path) -> None:
    """Reports explain a verdict by its rule's id."""
    rules = "[{id: a, when: {urgent: true}, then: do}, {id: a, when: {}, then: do}]"
    (folder / "policy.yaml").write_text(f"gapcheck: policy/1\nrules: {rules}\n")
    assert faults(folder) == ["policy.yaml:2:51: rules.1.id: another rule has this id"]


def test_a_role_is_called_as_its_file_which_must_be_an_id(folder: Path) -> None:
    (folder / "roles" / "buyer.yaml").rename(folder / "roles" / "Head Buyer.yaml")
    message = "the file's name is the role's id: it must be small letters, digits, dots, dashes (at most 64)"
    assert faults(folder) == [f"roles/Head Buyer.yaml:2:1: {message}"]


def test_the_problems_of_all_files_come_together_in_order(folder: Path) -> None:
    edit(
        folder,
        ("roles/manager.yaml", "target: 2\n", "target: 1\nsalary: 5\n"),
        ("attract.yaml", "skills: [landing-pages, copywriting]", "skills: [landing-pages, unheard-of]"),
        ("attract.yaml", "skills: [paid-social]", "skills: [unheard-of]"),
        ("catalog.yaml", "default_role: manager", "default_role: buyr"),
    )
    (folder / "policy.yaml").write_text("gapcheck: role/1\n")
    told = [fault.partition(" ")[0] for fault in faults(folder)]
    assert told == [
        *("attract.yaml:5:42:", "attract.yaml:6:62:", "catalog.yaml:6:1:", "policy.yaml:1:1:"),
        *("roles/manager.yaml:4:1:", "roles/manager.yaml:5:1:"),
    ]


def test_a_broken_stage_does_not_make_its_skills_unknown_elsewhere(folder: Path) -> None:
    edit(folder, ("lead.yaml", "importance: 4", "importance: 9"), ("attract.yaml", "[paid-social]", "[budgeting]"))
    assert [fault.partition(" ")[0] for fault in faults(folder)] == ["lead.yaml:6:46:"]


@pytest.mark.parametrize("name", ["none", "x" * 300], ids=["missing", "too long a name"])
def test_a_missing_folder_says_what_makes_one(tmp_path: Path, name: str) -> None:
    assert "there is no such folder; gapcheck catalog init DIR makes one" in faults(tmp_path / name)[0]


def test_a_thousand_unknown_skills_are_all_found_and_only_the_first_hundred_get_a_suggestion(folder: Path) -> None:
    many = ", ".join(f"paid-socia{n}" for n in range(1000))
    edit(folder, ("attract.yaml", "skills: [paid-social]", f"skills: [{many}]"))
    told = faults(folder)
    assert len(told) == 1000
    assert all(fault.endswith("did you mean paid-social?") for fault in told[:100])
    assert all(fault.endswith("unknown skill") for fault in told[100:])


def to_windows(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))


def add_comments(path: Path) -> None:
    path.write_bytes(b"# at the top\n" + path.read_bytes() + b"\n# at the end\n")


@pytest.mark.parametrize("change", [to_windows, add_comments])
def test_the_digest_ignores_comments_and_line_endings(folder: Path, change: Callable[[Path], None]) -> None:
    before = catalogs.load(folder).catalog.digest
    for path in folder.rglob("*.yaml"):
        change(path)
    assert catalogs.load(folder).catalog.digest == before


@pytest.mark.parametrize(
    "change",
    [
        ("attract.yaml", "importance: 3", "importance: 2"),
        ("lead.yaml", "name: Lead\n", "name: Leading\n"),
        ("roles/buyer.yaml", "target: 3", "target: 2"),
        ("catalog.yaml", "version: 1.0.0", "version: 1.0.1"),
    ],
    ids=lambda change: change[0],
)
def test_the_digest_changes_with_the_content_of_any_file(folder: Path, change: Edit) -> None:
    before = catalogs.load(folder).catalog.digest
    assert len(before) == 12
    edit(folder, change)
    assert catalogs.load(folder).catalog.digest != before


def test_a_skill_that_needs_more_people_has_to_exist(folder: Path) -> None:
    text = "gapcheck: policy/1\ncover_for:\n  budgetting: {carry: 2}\nrules:\n  - {id: leave, when: {}, then: leave}\n"
    (folder / "policy.yaml").write_text(text)
    assert faults(folder) == ["policy.yaml:3:3: cover_for.budgetting: unknown skill; did you mean budgeting?"]
