"""A filled-in issue form, as GitHub and Forgejo write it: `### Question`, then the answer."""

import re
from typing import NamedTuple

import msgspec

from omnigrid.intake.foreign import clean_text
from omnigrid.model.errors import InputError

MAX_EVENT_BYTES = 5 * 1024 * 1024
MAX_BODY = 65_536
"""Characters of an issue that are read; GitHub allows no more."""
NO_ANSWERS = frozenset({"", "_No response_", "None"})
"""What a form writes where nothing was answered."""


class Question(NamedTuple):
    """One field of a form. ``label`` is the text of its heading, ``limit`` in characters."""

    key: str
    label: str
    limit: int
    needed: bool = True
    lines: bool = False
    """Whether line ends mean something in the answer."""


class Form(NamedTuple):
    """A kind of form; the file of that name stands in `.github/ISSUE_TEMPLATE/`."""

    name: str
    questions: tuple[Question, ...]


BRAND = Form(
    "brand",
    (
        Question("name", "Name of the brand", 200),
        Question("sector", "Sector", 100),
        Question("tagline", "What it does, in one line", 200),
        Question("description", "What it does, and for whom", 2000),
        Question("owner", "Who owns the name", 200),
        Question("keywords", "Words that people would search for", 4000, needed=False, lines=True),
        Question("domain", "A domain of its own", 253, needed=False),
    ),
)
NEED = Form(
    "need",
    (
        Question("title", "The need, in a few words", 200),
        Question("intent", "The need, in your own words", 2000),
        Question("sector", "Sector", 100, needed=False),
        Question("priority", "How soon", 20, needed=False),
        Question("details", "What else should we know", 20_000, needed=False, lines=True),
    ),
)
FORMS = (BRAND, NEED)


class Answers(NamedTuple):
    """What a form says: the answers that were given, cleaned, by the keys of their questions."""

    form: Form
    issue: int
    values: dict[str, str]


class _Issue(msgspec.Struct):
    number: int
    body: str | None = None


class _Event(msgspec.Struct):
    issue: _Issue


def read_event(data: bytes) -> Answers:
    """Return the answers of the issue that an event of the forge is about.

    Raises InputError, with every answer that is missing or too long.
    """
    try:
        issue = msgspec.json.decode(data, type=_Event).issue
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        raise InputError(
            "this is not the event of an issue",
            "give the file that the forge's workflow finds at $GITHUB_EVENT_PATH",
        ) from None
    body = issue.body or ""
    if len(body) > MAX_BODY:
        raise InputError(
            f"the text of issue {issue.number} has {len(body):,} characters",
            f"shorten it to {MAX_BODY:,} and set the label again",
        )
    return _answers(issue.number, clean_text(body))


def _answers(number: int, body: str) -> Answers:
    parts = re.split(r"^### (.*)$", body, flags=re.MULTILINE)
    form = next((f for f in FORMS if len(parts) > 1 and parts[1].strip() == _first(f)), None)
    if form is None or parts[0].strip():
        named = " or ".join(f'"{_first(form)}"' for form in FORMS)
        raise InputError(
            f"issue {number} was not written with one of our forms",
            f"its text begins with a heading {named}; open a new issue and choose a form",
        )
    values, faults = _sort_out(form, list(zip(parts[1::2], parts[2::2], strict=True)))
    if faults:
        raise InputError(
            f"issue {number} cannot become a file yet:\n" + "\n".join(f"  - {f}" for f in faults),
            "edit the issue, take the label off and set it again",
        )
    return Answers(form, number, values)


def _first(form: Form) -> str:
    return form.questions[0].label


def _sort_out(form: Form, parts: list[tuple[str, str]]) -> tuple[dict[str, str], list[str]]:
    """Return the answers by key, and what is wrong with them.

    A heading that is no question of the form is a part of the answer above it.
    """
    labels = {question.label: question for question in form.questions}
    said: dict[str, str] = {}
    faults: list[str] = []
    label = ""
    for heading, text in parts:
        if heading.strip() not in labels:
            said[label] += f"### {heading}{text}"
        elif heading.strip() in said:
            faults.append(f'"### {heading.strip()}" stands twice; take it out of the answer')
        else:
            label = heading.strip()
            said[label] = text
    values = {labels[name].key: _trimmed(labels[name], text) for name, text in said.items()}
    given = {key: text for key, text in values.items() if text not in NO_ANSWERS}
    return given, faults + [f for q in form.questions for f in _faults(q, given.get(q.key, ""))]


def _trimmed(question: Question, text: str) -> str:
    return text.strip() if question.lines else " ".join(text.split())


def _faults(question: Question, text: str) -> list[str]:
    if question.needed and not text:
        return [f'"{question.label}" has no answer']
    if len(text) > question.limit:
        return [
            f'the answer to "{question.label}" has {len(text):,} characters; '
            f"{question.limit:,} are allowed"
        ]
    return []
