"""The file that a form's answers become. Its name is a slug, its values are quoted."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from omnigrid.intake.issue_form import BRAND, Answers
from omnigrid.intake.writing import write_new
from omnigrid.model.errors import InputError
from omnigrid.model.files import Priority
from omnigrid.model.names import BrandId, SourcePath, slugify
from omnigrid.model.portfolio import Portfolio, Sector
from omnigrid.model.yaml_text import yaml_lines

MAX_SLUG = 80
MAX_KEYWORDS = 40


class Draft(NamedTuple):
    """A file that is not written yet."""

    path: SourcePath
    text: str


def draft_file(answers: Answers, portfolio: Portfolio, free_id: BrandId) -> Draft:
    """Return the file that the answers describe; a brand gets the free id.

    Raises InputError where an answer does not fit the portfolio.
    """
    if answers.form is BRAND:
        return _draft_brand(answers, portfolio, free_id)
    return _draft_need(answers, portfolio)


def write_draft(root: Path, draft: Draft) -> Path:
    """Write a draft into the portfolio and return its place. Raises Conflict where a file is."""
    write_new(root, {draft.path: draft.text.encode()})
    return root / draft.path


def page_text(facts: Mapping[str, Any], body: str, comments: Iterable[str] = ()) -> str:
    """Return a page: facts as front matter, comments for whoever reads its file, and Markdown."""
    head = [f"# {' '.join(each.split())}" for each in comments]
    for key, value in facts.items():
        head += yaml_lines(key, value) if value else []
    lines = "".join(f"{line}\n" for line in head)
    return f"---\n{lines}---\n\n{body.strip(chr(10))}\n" if body else f"---\n{lines}---\n"


def _draft_brand(answers: Answers, portfolio: Portfolio, free_id: BrandId) -> Draft:
    given = answers.values
    sector = _sector(answers, portfolio)
    values = {
        "id": free_id,
        "name": given["name"],
        "sector": sector.id if sector else "",
        "tagline": given["tagline"],
        "description": given["description"],
        "keywords": _keywords(given.get("keywords", "")),
        "owner": given["owner"],
        "domain": given.get("domain", "").lower(),
    }
    folder = f"brands/{sector.slug}" if sector else "brands"
    return Draft(SourcePath(f"{folder}/{_slug(answers, 'name')}.yaml"), _yaml(values))


def _draft_need(answers: Answers, portfolio: Portfolio) -> Draft:
    given = answers.values
    sector = _sector(answers, portfolio)
    head = {
        "title": given["title"],
        "intent": given["intent"],
        "sector": sector.id if sector else "",
        "priority": _priority(answers),
    }
    text = page_text(head, _body(given.get("details", "")))
    return Draft(SourcePath(f"content/needs/{_slug(answers, 'title')}.md"), text)


def _sector(answers: Answers, portfolio: Portfolio) -> Sector | None:
    """Return the sector that the answer names by its id or its name."""
    said = answers.values.get("sector")
    if said is None:
        return None
    for sector in portfolio.sectors:
        if said.casefold() in {sector.id.casefold(), sector.name.casefold()}:
            return sector
    known = ", ".join(sector.id for sector in portfolio.sectors[:20])
    raise _unfit(answers, f'there is no sector "{said}"', f"known: {known}")


def _priority(answers: Answers) -> str:
    said = answers.values.get("priority", "").lower()
    if said and said not in set(Priority):
        known = ", ".join(Priority)
        raise _unfit(answers, f'"{said}" is no answer to "How soon"', f"write one of {known}")
    return said


def _slug(answers: Answers, key: str) -> str:
    slug = slugify(answers.values[key])[:MAX_SLUG].strip("-")
    if not slug:
        raise _unfit(
            answers,
            f'"{answers.values[key]}" has no letter a to z and no digit to make an address of',
            "add a name in Latin letters",
        )
    return slug


def _unfit(answers: Answers, message: str, hint: str) -> InputError:
    return InputError(f"issue {answers.issue} cannot become a file yet: {message}", hint)


def _keywords(text: str) -> tuple[str, ...]:
    """Return the words between commas and line ends, without list signs; each once."""
    items = (" ".join(item.split()).lstrip("-*• ")[:200] for item in re.split(r"[,;\n]", text))
    return tuple(dict.fromkeys(item for item in items if item))[:MAX_KEYWORDS]


def _body(text: str) -> str:
    """Return Markdown in which no line can be taken for the end of the front matter."""
    lines = (line.rstrip() for line in text.split("\n"))
    return "\n".join("***" if re.fullmatch("-{3,}", line) else line for line in lines)


def _yaml(values: Mapping[str, str | tuple[str, ...]]) -> str:
    lines = (line for key, value in values.items() if value for line in yaml_lines(key, value))
    return "".join(f"{line}\n" for line in lines)
