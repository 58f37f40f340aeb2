"""Each question of a sitting, put to a person: what stands on the screen, and what the reply means."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gapcheck.core.answers import NOT_APPLICABLE, UNKNOWN, Rating
from gapcheck.core.cover import CARRIES
from gapcheck.core.interview import DONE, FIRST_SEEN, GO_ON, REVISE, Jump, Move, Note, needed
from gapcheck.core.report import words
from gapcheck.prompt import Choice, Question

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from gapcheck.core.catalog import Check, Skill, Stage
    from gapcheck.core.interview import Interview, Reply
    from gapcheck.prompt import Prompter

EVERYWHERE = (Move.BACK, Move.FORWARD, Move.GO, Move.STOP)
ON_A_SKILL = (Move.BACK, Move.FORWARD, Move.GO, Move.HELP, Move.NOTE, Move.STOP)


def ask(prompter: Prompter, interview: Interview) -> Reply:
    """The question in view, asked until there is a reply that changes something."""
    askers: dict[str, Callable[[Prompter, Interview], Reply]] = {
        "check": _check,
        "reason": _reason,
        "level": _level,
        "delivery": _delivery,
        "terms": _terms,
        "interest": _interest,
        "summary": _summary,
    }
    return askers[interview.place.kind](prompter, interview)


def _level(prompter: Prompter, interview: Interview) -> Reply:
    """Lines 2 and 4 first; the lines next to the level chosen are shown before it counts."""
    before = interview.sheet.levels.get(interview.place.of)
    seen = FIRST_SEEN | (needed(before) if isinstance(before, int) else frozenset())
    pointed, shown = before, frozenset[Rating]()
    while True:
        question = replace(_level_question(interview, seen, pointed), shown=shown)
        reply = prompter.choose(question)
        if isinstance(reply, Move):
            moved, shown = _moved(prompter, interview, reply), frozenset()
            if moved is not None:
                return moved
        elif isinstance(reply, int) and not needed(reply) <= seen:
            shown, seen, pointed = frozenset({*seen, UNKNOWN, NOT_APPLICABLE}), seen | needed(reply), reply
            shown |= frozenset({1} - seen)  # the line that stands for all below 2
        else:
            _echo(prompter, question, reply)
            return reply


def _level_question(interview: Interview, seen: frozenset[int], pointed: Rating | None) -> Question:
    skill, (number, total) = _skill(interview), interview.progress
    neither = (Choice(1, "Neither: not even line 2 is true", "1"),) if 1 not in seen else ()
    levels = tuple(Choice(n, skill.anchor(n), str(n)) for n in range(6))
    others = (
        Choice(UNKNOWN, "I do not know" if interview.scope.of_oneself else "I have not seen it", "d"),
        Choice(NOT_APPLICABLE, f"Not applicable to {'my' if interview.scope.of_oneself else 'this'} work", "n"),
    )
    return Question(
        place=f"[{number}/{total} {_stage(interview).name}]",
        title=skill.name,
        detail=skill.what,
        choices=(*neither, *(levels[n] for n in sorted(seen)), *others),
        before=pointed,
        more=tuple(levels[n] for n in range(6) if n not in seen and (n != 1 or not neither)),
        moves=ON_A_SKILL,
    )


def _moved(prompter: Prompter, interview: Interview, move: Move) -> Reply | None:
    """What a move on a skill's question leads to; None where the question is asked again."""
    match move:
        case Move.HELP:
            skill = _skill(interview)
            prompter.read(f"{skill.name}: good work, and the way there", _good_work(skill))
            return None
        case Move.NOTE:
            before = interview.sheet.notes.get(interview.place.of, "")
            text = prompter.text(f"Note on {_skill(interview).name}:", before)
            return Note(text) if isinstance(text, str) and text != before else None
        case Move.GO:
            return _which_stage(prompter, interview)
    return move


def _which_stage(prompter: Prompter, interview: Interview) -> Reply | None:
    stages = {interview.catalog.stage_of[skill]: None for skill in interview.scope.skills}
    choices = tuple(
        Choice(key, f"{interview.catalog.stages[key].name}  {_counted(interview, key)}", str(n))
        for n, key in enumerate(stages, 1)
    )
    of = interview.place.of
    here = interview.catalog.stage_of.get(of, of) or None
    reply = prompter.choose(Question("", "Go to which stage?", "", choices, here))
    if reply is Move.STOP:
        return reply
    return Jump(str(reply)) if not isinstance(reply, Move) else None


def _counted(interview: Interview, stage: str) -> str:
    skills = [skill for skill in interview.scope.skills if interview.catalog.stage_of[skill] == stage]
    waiting = sum(skill in interview.open for skill in skills)
    return f"{len(skills) - waiting} of {len(skills)} answered"


def _good_work(skill: Skill) -> list[str]:
    """All six lines, what good work looks like, and the way there."""
    lines = [skill.what, *(f"{n}  {skill.anchor(n)}" for n in range(6))]
    if skill.good_work:
        lines += ["Good work:", *(f"- {point}" for point in skill.good_work)]
    if skill.learn:
        lines += ["To learn it:", *(f"to {step.to}, {words.hours(step.hours)}: {step.do}" for step in skill.learn)]
    return lines


def _check(prompter: Prompter, interview: Interview) -> Reply:
    check, (number, total) = _the_check(interview), interview.progress
    question = Question(
        place=f"[check {number}/{total} {_stage(interview).name}]",
        title=_skill(interview).name,
        detail=check.question,
        choices=(
            *(Choice(key, text, key) for key, text in check.options.items()),
            Choice(UNKNOWN, "I do not know", "u"),
        ),
        table=check.table,
        moves=(Move.STOP,),
        whole=True,
    )
    reply = prompter.choose(question)
    if not isinstance(reply, Move):
        _echo(prompter, question, reply)
    return reply


def _reason(prompter: Prompter, interview: Interview) -> Reply:
    """Right or not, and why; after a rating it may be revised."""
    place, check = interview.place, _the_check(interview)
    said = interview.sheet.checks[place.of][place.level]  # type: ignore[index]
    rating = interview.sheet.levels.get(place.of)
    change = Choice(REVISE, f"Change my rating of {_skill(interview).name} (I said {words.rated(rating)})", "r")
    number, total = interview.progress
    return prompter.choose(
        Question(
            place=f"[check {number}/{total}]",
            title=f"Right: {check.answer}." if said == check.answer else f"The answer is {check.answer}.",
            detail="\n".join((check.question, *_options(check, said), check.why)),
            choices=(Choice(GO_ON, "Go on"), *((change,) if interview.told else ())),
            before=GO_ON,
            moves=(Move.STOP,),
            whole=True,
        )
    )


def _in_brackets(words: Sequence[str]) -> str:
    return f" ({', '.join(words)})" if words else ""


def _options(check: Check, said: str) -> Iterator[str]:
    """The options again, since reasons name them: the right one and the one chosen marked in words."""
    for key, text in check.options.items():
        marks = [mark for mark, is_so in (("right", key == check.answer), ("yours", key == said)) if is_so]
        yield f"{key}  {text}{_in_brackets(marks)}"


def _delivery(prompter: Prompter, interview: Interview) -> Reply:
    """For a claim to carry: the last delivery, which is the evidence that no knowledge check can be."""
    name, before = _skill(interview).name, interview.sheet.evidence.get(interview.place.of, "")
    return prompter.text(f"{name}, your last delivery: what, when? (Enter if none comes to mind)", before)


def _terms(prompter: Prompter, interview: Interview) -> Reply:
    stage = _stage(interview)
    terms = sorted((*stage.terms.real, *stage.terms.invented), key=str.lower)
    question = Question(
        place=f"[terms {stage.name}]",
        title="Which of these could you explain to a colleague?",
        detail="Some do not exist, as announced. It is no test: no verdict reads it, and the count is for you alone.",
        choices=tuple(Choice(term, term) for term in terms),
        moves=EVERYWHERE,
    )
    return _ticked(prompter, interview, question, interview.sheet.terms.get(interview.place.of, ()))


def _interest(prompter: Prompter, interview: Interview) -> Reply:
    sheet, skills = interview.sheet, interview.catalog.skills
    below = [skill for skill in interview.scope.skills if (sheet.settled_level(skill) or 0) < CARRIES]
    before = sheet.interest or ()
    applies = [skill for skill in below if sheet.levels.get(skill) != NOT_APPLICABLE]
    question = Question(
        place="[last question]",
        title="Which of these would you like to learn?",
        detail="It changes no verdict; a team plans with it.",
        choices=tuple(Choice(skill, skills[skill].name) for skill in applies),
        moves=EVERYWHERE,
    )
    return _ticked(prompter, interview, question, before) if applies else before


def _ticked(prompter: Prompter, interview: Interview, question: Question, before: tuple[str, ...]) -> Reply:
    while True:
        reply = prompter.tick(question, before)
        if reply is not Move.GO:
            return reply
        jump = _which_stage(prompter, interview)
        if jump is not None:
            return jump


def _summary(prompter: Prompter, interview: Interview) -> Reply:
    """All answers by stage; any can be changed before the sitting ends."""
    stages = {interview.catalog.stage_of[skill]: None for skill in interview.scope.skills}
    waiting = len(interview.open)
    finish = "Finish" if not waiting else f"Stop here; {words.counted(waiting, 'skill')} left open"
    choices = (
        Choice(DONE, finish, "0"),
        *(Choice(key, f"{interview.catalog.stages[key].name}: {_said(interview, key)}", str(n))
          for n, key in enumerate(stages, 1)),
    )  # fmt: skip
    question = Question("[summary]", "Your answers. Change one?", "", choices, DONE, moves=(Move.BACK, Move.STOP))
    while True:
        stage = prompter.choose(question)
        if isinstance(stage, Move) or stage == DONE:
            return stage
        skill = _which_skill(prompter, interview, str(stage))
        if skill is not Move.BACK:
            return skill


def _said(interview: Interview, stage: str) -> str:
    """The ratings of a stage, each beside its skill."""
    skills = (skill for skill in interview.scope.skills if interview.catalog.stage_of[skill] == stage)
    names, levels = interview.catalog.skills, interview.sheet.levels
    return ", ".join(f"{names[skill].name} {words.rated(levels.get(skill))}" for skill in skills)


def _which_skill(prompter: Prompter, interview: Interview, stage: str) -> Rating | Move:
    skills = [skill for skill in interview.scope.skills if interview.catalog.stage_of[skill] == stage]
    choices = tuple(
        Choice(key, f"{interview.catalog.skills[key].name}  {words.rated(interview.sheet.levels.get(key))}")
        for key in skills
    )
    return prompter.choose(Question("", "Which answer?", "", choices))


def _echo(prompter: Prompter, question: Question, reply: Rating) -> None:
    chosen = next(choice for choice in (*question.choices, *question.more) if choice.value == reply)
    prompter.echo(f"{question.place}  {question.title}  {chosen.key}  {chosen.words}")


def _skill(interview: Interview) -> Skill:
    return interview.catalog.skills[interview.place.of]


def _stage(interview: Interview) -> Stage:
    stages, of = interview.catalog.stages, interview.place.of
    return stages.get(of) or stages[interview.catalog.stage_of[of]]


def _the_check(interview: Interview) -> Check:
    return _skill(interview).checks[interview.place.level]  # type: ignore[index]
