"""Names of a survey matched with the skills that they may mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gapcheck.core.survey.words import LIKE_ENOUGH, as_words, likeness

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gapcheck.core.catalog import Catalog

SURE = 0.9
"""Likeness from which a column is taken for a skill without a question."""

CLEAR = 0.08
"""How far the best match has to be ahead of the second."""


@dataclass(frozen=True, slots=True)
class Match:
    """What a survey calls a skill, the skill it may mean, and how alike they are, 0 to 1."""

    name: str
    skill: str
    like: float
    second: float

    @property
    def is_sure(self) -> bool:
        """Alike enough, and nothing else nearly as much."""
        return self.like >= SURE and self.like - self.second >= CLEAR


def matched(names: Mapping[str, Sequence[tuple[str, ...]]], catalog: Catalog) -> list[Match]:
    """The likeliest skill of each name, the best pairs first; a skill is given once."""
    known = {key: (as_words(key), as_words(skill.name)) for key, skill in catalog.skills.items()}
    pairs: list[tuple[float, int, str, str]] = []
    scores: dict[str, list[float]] = {}
    for number, (name, stems) in enumerate(names.items()):
        for skill, targets in known.items():
            like = max((likeness(stem, target) for stem in stems for target in targets), default=0.0)
            if like >= LIKE_ENOUGH:
                pairs.append((-like, number, name, skill))
                scores.setdefault(name, []).append(like)
    taken: set[str] = set()
    found = {}
    for minus, _, name, skill in sorted(pairs):
        if name not in found and skill not in taken:
            second = sorted(scores[name])[-2:-1]
            found[name] = Match(name, skill, -minus, second[0] if second else 0.0)
            taken.add(skill)
    return [found[name] for name in names if name in found]


def is_skill(name: str, catalog: Catalog) -> bool:
    """Whether a column is called as a skill is: `Email marketing` is nobody's address."""
    said = as_words(name)
    return any(said in (as_words(key), as_words(skill.name)) for key, skill in catalog.skills.items())
