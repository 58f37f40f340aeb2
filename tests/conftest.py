"""The shipped catalog and policy, sheets made of levels, and reports on them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Protocol

import hypothesis
import pytest

from gapcheck.cli import inputs
from gapcheck.core.answers import Sheet
from gapcheck.core.people import Config, People
from gapcheck.files import catalogs

if TYPE_CHECKING:
    from gapcheck.core.answers import Rating
    from gapcheck.core.catalog import Catalog
    from gapcheck.core.policy import Policy
    from gapcheck.core.report import Report

hypothesis.settings.register_profile("no-clock", deadline=None)
hypothesis.settings.load_profile("no-clock")

DAY = dt.date(2027, 1, 4)
"""The day of every sheet that does not say another; reports are as of a week later."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regenerate", action="store_true", help="write the goldens instead of comparing with them")


class MakeSheet(Protocol):
    """Levels by skill, `channel_planning=4` or `**{"channel-planning": 4}`, to a marketing manager's sheet."""

    def __call__(self, **levels: Rating) -> Sheet: ...


class Judge(Protocol):
    """A sheet to the report on it, the way the command line does it."""

    def __call__(
        self, sheet: Sheet, role: str | None = None, *urgent: str, people: People = ..., catalog: Catalog | None = ...
    ) -> Report: ...


@pytest.fixture(scope="session")
def loaded() -> catalogs.Loaded:
    return catalogs.load(catalogs.shipped())


@pytest.fixture(scope="session")
def catalog(loaded: catalogs.Loaded) -> Catalog:
    """The shipped catalog."""
    return loaded.catalog


@pytest.fixture(scope="session")
def policy(loaded: catalogs.Loaded) -> Policy:
    """The shipped policy."""
    return loaded.policy


@pytest.fixture(scope="session")
def sheet() -> MakeSheet:
    """Build a sheet; what else it should say, `dataclasses.replace` does."""

    def build(**levels: Rating) -> Sheet:
        named = {skill.replace("_", "-"): level for skill, level in levels.items()}
        return Sheet(person="ada", role="marketing-manager", date=DAY, levels=named)

    return build


@pytest.fixture(scope="session")
def judged(loaded: catalogs.Loaded) -> Judge:
    """Judge a sheet under the shipped catalog, or another."""

    def judge(
        sheet: Sheet,
        role: str | None = None,
        *urgent: str,
        people: People = People(),  # noqa: B008 (frozen)
        catalog: Catalog | None = None,
    ) -> Report:
        home = inputs.Project(
            catalog or loaded.catalog, loaded.policy, people, Config(), today=DAY + dt.timedelta(weeks=1)
        )
        return inputs.judge(home, inputs.Said(sheet), role, frozenset(urgent))

    return judge
