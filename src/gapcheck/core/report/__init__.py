"""The report on one person, and the story told of it once, in blocks that every reporter renders."""

from gapcheck.core.report.blocks import Bar, Bars, Block, Heading, Note, Table, Text
from gapcheck.core.report.model import Away, Line, Report, StageFigure, build
from gapcheck.core.report.story import first_screen, story

__all__ = [
    "Away",
    "Bar",
    "Bars",
    "Block",
    "Heading",
    "Line",
    "Note",
    "Report",
    "StageFigure",
    "Table",
    "Text",
    "build",
    "first_screen",
    "story",
]
