"""The one door to HiGHS: whole-number programs solved goal after goal, with what is proved of each."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING, Any

from gapcheck.core.team.program import Reached, Solved, worth

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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
}
"""What HiGHS is told; one thread and one seed, so that the same program gives the same answer."""

SHARES = (0.5, 0.6, 0.4, 0.3, 0.2)
"""The share of the time left that each goal may take: what matters most may take most."""

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
        before = worth(goal, values)
        if before == 0 and all(factor >= 0 for factor in goal.values()):
            reached.append(Reached(0, 0))  # nothing can be less
            continue
        held = list(zip(program.goals, (each.value for each in reached), strict=False))
        try:
            run = _Run(program, held, goal, values)
            most = (end - time.monotonic()) * SHARES[min(number, len(SHARES) - 1)]
            found, bound, stop = run.to_the_end(most, lambda best, least, n=number: tell(n, best, least))  # type: ignore[misc]
        except KeyboardInterrupt:  # between two goals
            found, bound, stop = values, 0, "asked"
        is_proved, is_last = bound >= worth(goal, found), number == len(program.goals) - 1
        if worth(goal, found) <= before and (is_proved or not is_last):
            values = found
        reached.append(Reached(worth(goal, values), min(bound, worth(goal, values))))
        stopped = stop or stopped or (None if is_proved else "time")
        if stop:
            break
    return Solved(values, tuple(reached), stopped)


class _Run:
    """One goal of a program, with those before it held at what they reached."""

    def __init__(
        self, program: Program, held: Sequence[tuple[Terms, int]], goal: Terms, start: tuple[int, ...]
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
        self.highs.passModel(_model(highspy, program.upper, rows, goal))
        known = highspy.HighsSolution()
        known.col_value = list(map(float, start))
        self.highs.setSolution(known)

    def to_the_end(self, seconds: float, tell: Callable[[float, float], None]) -> Found:
        """Search until it is proved, time is up or somebody stops it."""
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


def _model(highspy: Any, upper: Sequence[int], rows: Sequence[tuple[Terms, int]], goal: Terms) -> Any:
    """A program with one goal as HiGHS takes it, row by row."""
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(upper), len(rows)
    model.col_cost_ = [float(goal.get(column, 0)) for column in range(len(upper))]
    model.col_lower_, model.col_upper_ = [0.0] * len(upper), list(map(float, upper))
    model.row_lower_, model.row_upper_ = [-highspy.kHighsInf] * len(rows), [float(most) for _, most in rows]
    starts = [0]
    for terms, _ in rows:
        starts.append(starts[-1] + len(terms))
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = starts
    model.a_matrix_.index_ = [column for terms, _ in rows for column in terms]
    model.a_matrix_.value_ = [float(factor) for terms, _ in rows for factor in terms.values()]
    model.integrality_ = [highspy.HighsVarType.kInteger] * len(upper)
    return model
