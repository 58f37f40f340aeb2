"""A page as a parser reads it: its elements, their attributes, and what each says to its reader."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

VOID = {"meta"}
"""Elements without an end."""

SAYING = {"h1", "h2", "h3", "p", "dt", "dd", "th", "td", "span", "figcaption", "text", "title"}
"""Elements that hold texts."""


@dataclass
class Element:
    """An element with everything in it."""

    tag: str
    attributes: dict[str, str | None]
    inside: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All that it says, as it is written."""
        return "".join(part if isinstance(part, str) else part.text for part in self.inside)

    def all(self, *tags: str) -> Iterator[Element]:
        """The elements in it, in order; of some kinds, if any are named."""
        for part in self.inside:
            if isinstance(part, Element):
                if not tags or part.tag in tags:
                    yield part
                yield from part.all(*tags)


class _Reader(HTMLParser):
    """Builds the tree. An end that fits no beginning is an error here, where browsers guess."""

    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs), f"an attribute twice: {tag} {attrs}"
        element = Element(tag, dict(attrs))
        self.open[-1].inside.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].inside.append(Element(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(data)


def parse(source: str) -> Element:
    """The page's root. An element that is not closed, or closed twice, is an error."""
    reader = _Reader()
    reader.feed(source)
    reader.close()
    (root,) = reader.open
    return root


def texts(root: Element) -> list[str]:
    """What each element says that holds a text."""
    return [element.text for element in root.all(*SAYING)]


def structure(root: Element) -> list[tuple[str, list[tuple[str, str | None]]]]:
    """Everything but texts, and but how wide a column or cell is set, which goes by its text."""
    return [(each.tag, [(k, v) for k, v in each.attributes.items() if k != "class"]) for each in root.all()]
