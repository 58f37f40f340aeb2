"""A shop's catalog of five skills, small enough to know by heart."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gapcheck.files import catalogs

if TYPE_CHECKING:
    from gapcheck.core.catalog import Catalog

SHOP = Path(__file__).parent / "catalog"


@pytest.fixture(scope="session")
def shop() -> Catalog:
    """The catalog in tests/files/catalog."""
    return catalogs.load(SHOP).catalog
