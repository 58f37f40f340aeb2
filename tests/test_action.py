"""The action's own steps, run in bash as a runner would, on a copy of the examples; and the hooks of pre-commit."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]
DAY = "2027-01-11"
EXPRESSION = re.compile(r"\$\{\{\s*(\S+?)\s*\}\}")
POSIX = pytest.mark.skipif(os.name == "nt", reason="the runner's bash is another one there")

FAKE_PYTHON = """#!/bin/sh
# in place of the runner's Python: a virtual environment whose pip only notes what it was to install
if [ "$1" = -c ]; then exec "$REAL_PYTHON" "$@"; fi
mkdir -p "$3/bin"
cat > "$3/bin/python" <<'END'
#!/bin/sh
if [ "$2" = pip ]; then printf '%s\\n' "$@" > "$RUNNER_TEMP/installed"; exit 0; fi
exec "$REAL_PYTHON" "$@"
END
chmod +x "$3/bin/python"
"""
REAL_PYTHON = '#!/bin/sh\nexec "$REAL_PYTHON" "$@"\n'
OLD_PYTHON = "#!/bin/sh\n# as Python 3.10 answers when it is asked whether it is new enough\nexit 1\n"
FAILING_PIP = FAKE_PYTHON.replace("exit 0", "echo 'ERROR: no such version' >&2; exit 1")
FAILING_VENV = REAL_PYTHON.replace("exec", '[ "$1" = -m ] && exit 1\nexec')


class Runner:
    """What GitHub's runner does with a composite action: inputs and defaults into env, then each step in bash."""

    def __init__(self, folder: Path, python: str = FAKE_PYTHON) -> None:
        self.temp = folder / "temp"
        self.project = folder / "repository" / "team"
        shutil.copytree(ROOT / "examples", self.project)
        fakes = folder / "fakes"
        for each in (self.temp, fakes):
            each.mkdir()
        (fakes / "python3").write_text(python, encoding="utf-8")
        (fakes / "python3").chmod(0o755)
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("GAPCHECK", "GITHUB", "INPUT"))}
        self.env = {
            **kept,
            "PATH": f"{fakes}{os.pathsep}{os.environ['PATH']}",
            "REAL_PYTHON": sys.executable,
            "RUNNER_TEMP": str(self.temp),
            "GITHUB_ENV": str(self.temp / "env"),
            "GITHUB_STEP_SUMMARY": str(self.temp / "summary.md"),
            "GITHUB_WORKSPACE": str(self.project.parent),
            "GITHUB_ACTIONS": "true",
        }

    def run(self, *, again: bool = False, **inputs: str) -> subprocess.CompletedProcess[str]:
        """Every step until one fails, the last one's result; `again` goes on with what is installed."""
        given = {name: told["default"] for name, told in ACTION["inputs"].items()}
        given |= {"working-directory": "team", "as-of": DAY}
        given |= {name.replace("_", "-"): value for name, value in inputs.items()}
        values = {"github.action_path": str(ROOT), **{f"inputs.{name}": value for name, value in given.items()}}
        for step in STEPS[1:] if again else STEPS:
            done = self._step(step, values)
            if done.returncode:
                break
        return done

    def _step(self, step: dict[str, Any], values: dict[str, str]) -> subprocess.CompletedProcess[str]:
        def filled(text: str) -> str:
            return EXPRESSION.sub(lambda found: values[found[1]], text)

        script = self.temp / "step.sh"
        script.write_text(step["run"], encoding="utf-8")
        said = Path(self.env["GITHUB_ENV"])
        lines = said.read_text(encoding="utf-8").splitlines() if said.exists() else []
        env = {**self.env, **dict(line.split("=", 1) for line in lines)}
        env |= {key: filled(value) for key, value in step.get("env", {}).items()}
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
            cwd=self.project.parent / filled(step.get("working-directory", ".")),
            env=env,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=300,
        )

    def edit(self, old: str, new: str) -> None:
        path = self.project / "gapcheck.yaml"
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(tmp_path)


def test_nothing_is_interpolated_into_a_script() -> None:
    assert [step["name"] for step in STEPS if "${{" in step["run"]] == []


def test_every_step_is_a_script_and_every_input_is_used_and_known() -> None:
    assert [step for step in STEPS if step.get("shell") != "bash" or "uses" in step] == []
    used = set(EXPRESSION.findall(str(STEPS)))
    assert used == {"github.action_path", *(f"inputs.{name}" for name in ACTION["inputs"])}
    assert all(told["description"] and "default" in told for told in ACTION["inputs"].values())
    assert ACTION["runs"]["using"] == "composite"


def test_what_a_script_reads_is_given_to_it() -> None:
    of_runner = {"RUNNER_TEMP", "GITHUB_ENV", "GAPCHECK_BIN"}
    for step in STEPS:
        read = set(re.findall(r"\$\{?([A-Z][A-Z_]+)", step["run"]))
        assert read <= {*step["env"], *of_runner}
        assert set(step["env"]) <= read


@POSIX
def test_the_examples_pass_and_the_actions_own_checkout_is_installed(runner: Runner) -> None:
    done = runner.run(output="report.xml\nsub folder/report.sarif\n")
    assert (done.returncode, done.stdout) == (0, "Pass: 8 rules hold.\n"), done.stderr
    assert (runner.temp / "installed").read_text(encoding="utf-8").splitlines()[-1] == str(ROOT)
    assert (runner.project / "report.xml").exists()
    assert (runner.project / "sub folder" / "report.sarif").exists()
    assert "Pass: 8 rules hold" in (runner.temp / "summary.md").read_text(encoding="utf-8")


@POSIX
def test_a_rule_that_does_not_hold_fails_the_step_with_an_annotation_at_its_line(runner: Runner) -> None:
    runner.edit("{measure: participation, min: 80}", "{measure: participation, min: 80, group: 'function:brand'}")
    runner.edit("{measure: stand-ins, max: 12}", "{measure: stand-ins, max: 7}")
    done = runner.run()
    assert done.returncode == 1
    assert done.stdout.startswith("::error file=team/gapcheck.yaml,line=11,col=7,title=gapcheck stand-ins::8 measured")
    assert "FAIL" in (runner.temp / "summary.md").read_text(encoding="utf-8")


@POSIX
def test_what_cannot_be_judged_fails_the_step_even_with_exit_zero(runner: Runner) -> None:
    runner.edit("{measure: stale, max: 25}", "{measure: map-age-days, max: 45}")
    done = runner.run(exit_zero="true")
    assert done.returncode == 2
    assert "title=gapcheck cannot judge::" in done.stdout
    assert "CANNOT JUDGE" in (runner.temp / "summary.md").read_text(encoding="utf-8")


@POSIX
def test_an_input_is_no_script_and_no_option(runner: Runner) -> None:
    """Every line is a path, and none of them exists."""
    evil = ['"; touch pwned; "', "$(touch pwned)", "`touch pwned`", "--exit-zero", "a b", "'c'", "*"]
    done = runner.run(paths="\n".join(evil))
    assert done.returncode == 2
    assert [line.split(": ")[0] for line in done.stderr.splitlines()] == evil
    assert not list(runner.temp.parent.rglob("pwned"))


@POSIX
def test_folders_can_be_named_and_flags_are_passed_on(runner: Runner) -> None:
    runner.edit("{measure: figure, stage: leadership, min: 40}", "{measure: figure, group: 'function:growth', min: 99}")
    done = runner.run(paths="sheets\n", public="true", exit_zero="true", output="report.md")
    assert done.returncode == 0, done.stdout + done.stderr
    told = (runner.project / "report.md").read_text(encoding="utf-8")
    assert "FAIL: at least 1 of 8 rules" in told
    assert "rules told as one" in told
    assert "function:growth" not in told


@POSIX
@pytest.mark.parametrize(
    ("python", "told"),
    [
        (OLD_PYTHON, "python3 has to be Python 3.11 or newer; put a step with actions/setup-python before this one"),
        (FAILING_VENV, "python3 could not make a virtual environment"),
        (FAILING_PIP, "pip could not install gapcheck; what it says stands above"),
    ],
    ids=["old", "no venv", "no pip"],
)
def test_what_cannot_be_installed_is_2_and_no_failure_of_a_rule(tmp_path: Path, python: str, told: str) -> None:
    done = Runner(tmp_path, python).run(exit_zero="true")
    assert (done.returncode, done.stdout) == (2, f"::error title=gapcheck cannot judge::{told}\n")


@POSIX
def test_really_installed_the_action_passes_fails_and_cannot_judge_on_the_examples(tmp_path: Path) -> None:
    """pip and all that it fetches, once; then the second step as it stands, three times."""
    runner = Runner(tmp_path, REAL_PYTHON)
    passes = runner.run(output="report.sarif")
    assert (passes.returncode, passes.stdout) == (0, "Pass: 8 rules hold.\n"), passes.stdout + passes.stderr
    assert (runner.temp / "gapcheck" / "bin" / "gapcheck").exists()
    assert (runner.project / "report.sarif").exists()
    runner.edit("{measure: stand-ins, max: 12}", "{measure: stand-ins, max: 7}")
    fails = runner.run(again=True)
    assert (fails.returncode, fails.stdout.splitlines()[-1]) == (1, "FAIL: 1 of 8 rules does not hold.")
    (runner.project / "sheets" / "ben.yaml").write_text("nonsense", encoding="utf-8")
    cannot = runner.run(again=True, exit_zero="true")
    assert cannot.returncode == 2
    assert "title=gapcheck cannot judge::" in cannot.stdout


@pytest.mark.parametrize(("hook", "passes"), [("catalog-lint", False), ("sheet-lint", True)])
def test_the_hooks_of_pre_commit(hook: str, passes: bool) -> None:
    (told,) = [each for each in HOOKS if each["id"] == hook]
    assert told["pass_filenames"] is passes
    assert told["language"] == "python"
    assert re.search(told["files"], {"catalog-lint": "skills/decision.yaml", "sheet-lint": "sheets/ada.yaml"}[hook])
    assert not re.search(told["files"], "docs/sheets/ada.yaml")
    assert told.get("types", ["yaml"]) == ["yaml"]


def test_the_commands_of_the_hooks_run(tmp_path: Path) -> None:
    """The way pre-commit calls them: with and without names of files."""
    sheets = [str(ROOT / "tests" / "examples" / "good" / name) for name in ("minimal.yaml", "left-blank.yaml")]
    env = {**os.environ, "GAPCHECK_CATALOG": str(ROOT / "tests" / "files" / "catalog")}
    for hook in HOOKS:
        program, *arguments = hook["entry"].split()
        command = [sys.executable, "-m", program, *arguments, *(sheets if hook["pass_filenames"] else [])]
        done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False, timeout=60)
        assert (done.returncode, done.stderr) == (0, ""), done.stdout
