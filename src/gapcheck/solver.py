"""The one door to HiGHS: whole-number programs solved goal after goal, with what is proved of each."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING, Any

from gapcheck.core.team.program import Reached, Solved, worth

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from gapcheck.core.team.program import Program, Stop, Terms

LIBRARY = "highspy"

WAKE = 0.1
"""Seconds between two looks at whether somebody wants to stop."""

ALMOST = 1e-6
"""How far from a whole number the solver's whole numbers may be."""

OPTIONS = {
    "threads": 1,
    "random_seed": 0,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 0.999,  # goals are whole: what is nearer than one is the same
    # measured on what is hard here: the bound rises sooner without these (benchmarks/team_plan.py)
    "mip_allow_restart": False,
    "mip_heuristic_run_rens": False,
    "mip_heuristic_run_root_reduced_cost": False,
}
"""What HiGHS is told; one thread and one seed, so that the same program gives the same answer."""

SHARES = (0.5, 0.8, 0.4, 0.4, 0.4)
"""The share of the time left that each goal may take: what matters most may take most."""

LAST_TRY = 1.0
"""Seconds for a goal that is not proved to be made less with all that the goals before it are about left as it is."""

Found = tuple[tuple[int, ...], int, "Stop | None"]
"""The best values, what none can be below, and why the search was stopped, if it was."""


def solve(
    program: Program, seconds: float, tell: Callable[[int, float, float], None] = lambda _number, _best, _bound: None
) -> Solved:
    """Minimise the goals of a program, one after another, within some seconds.

    A goal that is not proved in its share of the time is held at the best found, and the next one is begun; the last
    goal, which decides between equals only, is left where it was then, so that the clock decides nothing. Ctrl-C stops
    it all and gives what there is. `tell` is told the number of the goal, the best so far and the bound, every WAKE
    seconds. Raises ModuleNotFoundError without HiGHS.
    """
    end, values, reached = time.monotonic() + seconds, program.start, list[Reached]()
    stopped: Stop | None = None
    for number, goal in enumerate(program.goals):
        if worth(goal, values) == 0:
            reached.append(Reached(0, 0))  # nothing can be less
            continue
        held = list(zip(program.goals, (each.value for each in reached), strict=False))
        is_proved, is_last, found, bound = False, number == len(program.goals) - 1, values, 0
        try:
            run = _Run(program, held, goal, values)
            most = (end - time.monotonic()) * SHARES[min(number, len(SHARES) - 1)]
            found, bound, stop = run.to_the_end(most, lambda best, least, n=number: tell(n, best, least))  # type: ignore[misc]
            found = min(values, found, key=lambda each: worth(goal, each))
            is_proved = bound >= worth(goal, found)
            if held and not (is_proved or is_last or stop):
                again = _Run(program, held, goal, found, {column for terms, _ in held for column in terms})
                found, _, stop = again.to_the_end(min(LAST_TRY, end - time.monotonic()))
                is_proved = bound >= worth(goal, found)
        except KeyboardInterrupt:  # between two searches
            stop = "asked"
        if is_proved or not is_last:
            values = found
        reached.append(Reached(worth(goal, values), min(bound, worth(goal, values))))
        stopped = stop or stopped or (None if is_proved else "time")
        if stop:
            break
    return Solved(values, tuple(reached), stopped)


class _Run:
    """One goal of a program, with those before it held at what they reached, and some columns kept as they are.

    HiGHS gets no answer to start from: 1.16 may claim a better one than it then gives, and prove that (setSolution).
    """

    def __init__(
        self,
        program: Program,
        held: Sequence[tuple[Terms, int]],
        goal: Terms,
        start: tuple[int, ...],
        kept: Collection[int] = (),
    ) -> None:
        import highspy

        class Quiet(highspy.Highs):
            """HiGHS writes a greeting to standard output as soon as callbacks are set, where our result goes."""

            def enableCallbacks(self) -> None:  # noqa: N802 (its name there)
                self.silent()
                super().enableCallbacks()  # type: ignore[no-untyped-call]

        self.start = start
        self.latest = (math.inf, -math.inf)
        self.highs: Any = Quiet()  # type: ignore[no-untyped-call]
        for option, value in OPTIONS.items():
            self.highs.setOptionValue(option, value)
        rows = [*((row.terms, row.most) for row in program.rows), *held]
        spans = [(start[c], start[c]) if c in kept else (0, upper) for c, upper in enumerate(program.upper)]
        self.highs.passModel(_model(highspy, spans, rows, goal))

    def to_the_end(self, seconds: float, tell: Callable[[float, float], None] = lambda _best, _bound: None) -> Found:
        """Search until it is proved, time is up or somebody stops it; what it began with where nothing was found."""
        self.highs.setOptionValue("time_limit", max(0.0, seconds))
        self.highs.HandleUserInterrupt = True
        self.highs.cbMipInterrupt += self._note
        self.highs.startSolve()
        stop: Stop | None = None
        while True:
            try:
                if self.highs.wait(WAKE)[0]:
                    break
                tell(*self.latest)
            except KeyboardInterrupt:
                stop = "asked"
                self.highs.cancelSolve()
            except BaseException:
                self.highs.cancelSolve()
                self.highs.wait()  # Python must not end while HiGHS runs and may call it
                raise
        info, values = self.highs.getInfo(), self.highs.getSolution().col_value
        is_answer = info.primal_solution_status == FEASIBLE and len(values) == len(self.start)
        bound = math.ceil(info.mip_dual_bound - ALMOST) if math.isfinite(info.mip_dual_bound) else 0
        return tuple(map(round, values)) if is_answer else self.start, bound, stop

    def _note(self, event: Any) -> None:
        self.latest = (event.data_out.mip_primal_bound, event.data_out.mip_dual_bound)


FEASIBLE = 2
"""What HiGHS calls a solution that keeps to every row."""

Span = tuple[int, int]
"""The least and the most that a column may be."""


def _model(highspy: Any, spans: Sequence[Span], rows: Sequence[tuple[Terms, int]], goal: Terms) -> Any:
    """A program with one goal as HiGHS takes it, row by row."""
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(spans), len(rows)
    model.col_cost_ = [float(goal.get(column, 0)) for column in range(len(spans))]
    model.col_lower_, model.col_upper_ = ([float(span[end]) for span in spans] for end in (0, 1))
    model.row_lower_, model.row_upper_ = [-highspy.kHighsInf] * len(rows), [float(most) for _, most in rows]
    starts = [0]
    for terms, _ in rows:
        starts.append(starts[-1] + len(terms))
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = starts
    model.a_matrix_.index_ = [column for terms, _ in rows for column in terms]
    model.a_matrix_.value_ = [float(factor) for terms, _ in rows for factor in terms.values()]
    model.integrality_ = [highspy.HighsVarType.kInteger] * len(spans)
    return model
