"""Simulated people: their levels, how they rate themselves, and how they answer three checks on every skill."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.simulation.model import LEVELS, MODEL, Guard, chance_right, thresholds

if TYPE_CHECKING:
    from numpy.random import Generator

    from benchmarks.simulation.model import Floats
    from benchmarks.simulation.posterior import Bools, Ints

SEED = 20270104
SKILLS = 52


@dataclass(frozen=True)
class Kind:
    """A kind of people: what is true of them, and where that departs from the model.

    `rates` is "mixed" for the model's own mixture of raters, "careless" (any level alike), "always" (5), "published"
    (the lowest quarter too high, the top quarter too low), else "off", by `off` levels with noise of .7.
    `guards` replace the model's; `knows` are levels of knowledge above the level of ability.
    """

    name: str
    says: str
    rates: str = "mixed"
    off: float = 0.0
    guards: tuple[Guard, ...] = MODEL.guards
    shares: tuple[float, ...] = MODEL.shares
    rho: float = MODEL.rho
    slope: float = MODEL.slope
    knows: int = 0


RATERS = (
    Kind("mixed", "the model's own mixture of raters"),
    Kind("inflated", "rate themselves 1.2 levels too high, with noise of .7", "off", 1.2),
    Kind("honest", "rate themselves at their level, with noise of .7", "off"),
    Kind("humble", "rate themselves a level too low, with noise of .7", "off", -1.0),
    Kind(
        "lowest-overestimate",
        "the lowest quarter rates itself 37 percentile points too high, the top quarter 20 too low; noise of .7",
        "published",
    ),
    Kind("always-5", "rate themselves 5 in everything", "always"),
    Kind(
        "careless",
        "rate themselves by the throw of a die and do not try the checks",
        "careless",
        guards=(Guard(1, flat=0.28),),
    ),
)
WORLDS = (
    Kind("weak-checks", "checks tell half as much (slope .5)", slope=0.5),
    Kind("harder-checks", "every check is a level harder than its tag", guards=(Guard(1, shift=1.0),)),
    Kind("easier-checks", "every check is a level easier than its tag", guards=(Guard(1, shift=-1.0),)),
    Kind("looked-up", "everybody looks every answer up", guards=(Guard(1, flat=0.93),)),
    Kind("no-general-level", "being good at one skill says nothing about another (rho 0)", rho=0.0),
    Kind("knows-but-cannot", "knowledge is a level above what they can do", knows=1),
    Kind("novices", "level shares .25 .30 .25 .13 .05 .02", shares=(0.25, 0.30, 0.25, 0.13, 0.05, 0.02)),
    Kind("experts", "level shares .02 .05 .13 .25 .30 .25", shares=(0.02, 0.05, 0.13, 0.25, 0.30, 0.25)),
)
KINDS = {kind.name: kind for kind in (*RATERS, *WORLDS)}


@dataclass(frozen=True)
class Drawn:
    """People as they are: levels and ratings (people x skills), answers (people x skills x 3, right or not)."""

    levels: Ints
    ratings: Ints
    right: Bools
    order: Ints
    """Each person's checks in the order of the lot (people x 156)."""

    def some(self, rows: slice) -> Drawn:
        """A part of them."""
        return Drawn(self.levels[rows], self.ratings[rows], self.right[rows], self.order[rows])


def draw(kind: Kind, people: int) -> Drawn:
    """People of a kind; the same ones each time, since the seed follows from the kind's name."""
    lot = np.random.default_rng([SEED, zlib.crc32(kind.name.encode())])
    general = lot.standard_normal(people)
    own = lot.standard_normal((people, SKILLS))
    levels = _levels(kind, general, own)
    ratings = _clip(_ratings(kind, lot, levels, general, own))
    right = _answers(kind, lot, np.minimum(levels + kind.knows, LEVELS - 1))
    return Drawn(levels, ratings, right, lot.random((people, SKILLS * 3)).argsort(axis=1))


def _levels(kind: Kind, general: Floats, own: Floats) -> Ints:
    """A general level and one's own in each skill, cut so that the six levels have their shares."""
    latent = np.sqrt(kind.rho) * general[:, None] + np.sqrt(1 - kind.rho) * own
    levels: Ints = np.searchsorted(thresholds(kind.shares)[1:-1], latent)
    return levels


def _clip(ratings: Floats) -> Ints:
    return np.clip(np.rint(ratings), 0, LEVELS - 1).astype(np.int64)


def _ratings(kind: Kind, lot: Generator, levels: Ints, general: Floats, own: Floats) -> Floats:
    """What they say before it is rounded and clipped."""
    if kind.rates == "mixed":
        return _mixed(lot, levels)
    if kind.rates == "careless":
        return lot.integers(0, LEVELS, levels.shape).astype(float)
    if kind.rates == "always":
        return np.full(levels.shape, float(LEVELS - 1))
    seen = _levels(kind, published(general), own) if kind.rates == "published" else levels
    return seen + kind.off + 0.7 * lot.standard_normal(levels.shape)


def published(general: Floats) -> Floats:
    """A general level as its owner sees it: a line from +37 percentile points at the 12.5th to -20 at the 87.5th."""
    normal = NormalDist()
    percentile = np.array([normal.cdf(each) for each in general.tolist()])
    seen = 0.495 + (0.675 - 0.495) / 0.75 * (percentile - 0.125)
    return np.array([normal.inv_cdf(each) for each in seen.tolist()])


def _mixed(lot: Generator, levels: Ints) -> Floats:
    """Raters of the model's three classes in their shares, each with a leniency of their own."""
    people = len(levels)
    shares = [*(each.share for each in MODEL.raters), MODEL.empty]
    of_class = lot.choice(len(shares), size=people, p=shares)
    lenient, noise = lot.standard_normal((people, 1)), lot.standard_normal(levels.shape)
    cells = lot.dirichlet([MODEL.concentration] * LEVELS, size=people)
    ratings: Floats = (
        (lot.random((*levels.shape, 1)) > np.cumsum(cells, axis=1)[:, None, :-1]).sum(axis=-1).astype(float)
    )
    for n, each in enumerate(MODEL.raters):
        said = 2.5 + each.b * (levels - 2.5) + each.d + each.t * lenient + each.s * noise
        ratings[of_class == n] = said[of_class == n]
    return ratings


def _answers(kind: Kind, lot: Generator, levels: Ints) -> Bools:
    """Right or not, on all three checks of every skill."""
    model = replace(MODEL, slope=kind.slope)
    of_guard = lot.choice(len(kind.guards), size=len(levels), p=[guard.share for guard in kind.guards])
    shift = np.array([guard.shift for guard in kind.guards])[of_guard]
    flat = np.array([np.nan if guard.flat is None else guard.flat for guard in kind.guards])[of_guard]
    shared = model.skill_sd * lot.standard_normal(levels.shape)
    distance = (levels + shared - shift[:, None])[..., None] - np.array(model.difficulties)
    chance = np.where(np.isnan(flat)[:, None, None], chance_right(model, distance), flat[:, None, None])
    return lot.random(chance.shape) < chance
