"""The shape of the house: which module may know which, that the ground floor is pure, that functions stay short."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "gapcheck"
MODULES = sorted(SOURCE.rglob("*.py"))
PURE = sorted([*(SOURCE / "core").rglob("*.py"), SOURCE / "problems.py"])
LONGEST = 60


def named(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def run(code: str) -> subprocess.CompletedProcess[str]:
    """Python code in a process of its own, at the root of the project."""
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)


def forbidden() -> set[str]:
    """What the contract on purity keeps off the ground floor."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = told["tool"]["importlinter"]["contracts"]
    (contract,) = [
        each for each in contracts if each["type"] == "forbidden" and "gapcheck.core" in each["source_modules"]
    ]
    return set(contract["forbidden_modules"])


def imported(path: Path) -> set[str]:
    """The top names of everything a module imports, wherever it does so; not what only a type checker reads."""
    tree = parsed(path)
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            node.body = []
    plain = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    from_ = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and not node.level}
    return {name.split(".")[0] for name in plain | from_}


def test_every_import_goes_the_way_the_contracts_say() -> None:
    done = run("from importlinter.cli import lint_imports as lint; raise SystemExit(lint(no_cache=True, no_logo=True))")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", PURE, ids=named)
def test_the_ground_floor_imports_nothing_impure(path: Path) -> None:
    """No file, clock, print or prompt; neither at the top nor inside a function."""
    assert imported(path) & (forbidden() | {"io", "socket", "subprocess", "tempfile", "shutil"}) == set()


@pytest.mark.parametrize("path", PURE, ids=named)
def test_chance_on_the_ground_floor_comes_from_a_seed_that_is_handed_in(path: Path) -> None:
    used = [ast.unparse(n) for n in ast.walk(parsed(path)) if isinstance(n, ast.Call) and "random." in ast.unparse(n)]
    assert [call for call in used if call.startswith("random.") and call != "random.Random(seed)"] == []


def test_the_contract_on_purity_names_what_could_spoil_it() -> None:
    assert {
        "os",
        "sys",
        "time",
        "pathlib",
        "logging",
        "yaml",
        "pydantic",
        "rich",
        "typer",
        "questionary",
    } <= forbidden()


def test_the_ground_floor_loads_nothing_heavy() -> None:
    """Whoever imports all of it pays for the standard library alone."""
    modules = ", ".join(
        "gapcheck." + ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")
        for path in PURE
    )
    heavy = forbidden() - set(sys.stdlib_module_names) | {"pydantic_core", "click", "jinja2"}
    done = run(f"import sys\nimport {modules}\nprint(*sorted(sys.modules.keys() & {heavy}))")
    assert (done.returncode, done.stdout.strip()) == (0, ""), done.stderr


@pytest.mark.parametrize("path", PURE, ids=named)
def test_the_ground_floor_neither_prints_nor_reads(path: Path) -> None:
    called = {
        node.func.id
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert called & {"print", "open", "input", "exec", "eval", "breakpoint", "__import__"} == set()


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_no_function_is_longer_than_60_lines(path: Path) -> None:
    lengths = {
        node.name: (node.end_lineno or 0) - node.lineno + 1
        for node in ast.walk(parsed(path))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    }
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}


def test_there_is_something_to_look_at() -> None:
    assert len(MODULES) > len(PURE) > 10
