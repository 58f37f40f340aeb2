"""gapcheck catalog: look at it, copy it, get its schemas."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from gapcheck.files.formats import KINDS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


def test_show_lists_stages_then_one_stage_then_one_skill(run: Run) -> None:
    whole = run("catalog", "show").stdout
    assert "AWARENESS" in whole
    assert "paid-social" in whole
    assert "TOUCHPOINTS" in run("catalog", "show", "awareness").stdout
    skill = run("catalog", "show", "paid-social").stdout
    for part in ("LEVELS", "GOOD WORK", "BRIEF", "LEARN", "KNOWLEDGE CHECKS"):
        assert part in skill
    assert run("catalog", "show", "leadership", "--format", "markdown").stdout.startswith("# Leadership")


def test_init_copies_a_catalog_that_works_and_overwrites_nothing(run: Run, sheet: Path, tmp_path: Path) -> None:
    assert "would write" in run("catalog", "init", "mine", "--dry-run").stderr
    assert not (tmp_path / "mine").exists()
    assert run("catalog", "init", "mine").returncode == 0
    assert run("report", str(sheet), "--catalog", "mine").stdout == run("report", str(sheet)).stdout
    (tmp_path / "mine" / "awareness.yaml").write_text("edited", encoding="utf-8")
    assert run("catalog", "init", "mine").returncode == 2
    assert (tmp_path / "mine" / "awareness.yaml").read_text(encoding="utf-8") == "edited"


def test_an_edited_catalog_is_used_and_a_broken_one_is_named(run: Run, sheet: Path, tmp_path: Path) -> None:
    run("catalog", "init", "skills")
    stage = tmp_path / "skills" / "awareness.yaml"
    text = stage.read_text(encoding="utf-8")
    stage.write_text(text.replace("name: Paid social", "name: Feed advertising"), encoding="utf-8")
    (tmp_path / "gapcheck.yaml").write_text("gapcheck: config/1\ncatalog: skills\n", encoding="utf-8")
    assert "Feed advertising" in run("catalog", "show").stdout
    stage.write_text(text.replace("importance: 4", "importance: 9", 1), encoding="utf-8")
    done = run("report", str(sheet))
    assert done.returncode == 2
    assert "importance: must be an importance from 1 to 5" in done.stderr


def test_schema_prints_each_kind(run: Run) -> None:
    assert run("catalog", "schema").stdout.split() == list(KINDS)
    assert json.loads(run("catalog", "schema", "sheet").stdout)["properties"]["gapcheck"]["const"] == "sheet/1"
