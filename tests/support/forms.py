"""Issues as a forge writes them: a form's answers as Markdown, inside the JSON of an event."""

import json

from omnigrid.intake.issue_form import BRAND, NEED, Form

ANSWERS = {
    "brand": {
        "name": "Dripwise™",
        "sector": "Garden_Supplies",
        "tagline": "Water where the roots are",
        "description": "Dripwise plans hoses and timers, so that beds are watered at night.",
        "owner": "Our Company Ltd",
    },
    "need": {
        "title": "Water the roof garden",
        "intent": "We need drip hoses for a roof garden that nobody waters at the weekend",
    },
}


def event(form: Form, answers: dict[str, str]) -> bytes:
    """Return the event of an issue with these answers, the others as in ``ANSWERS``."""
    given = ANSWERS[form.name] | answers
    body = "".join(
        f"### {q.label}\n\n{given.get(q.key, '_No response_')}\n\n" for q in form.questions
    )
    return raw_event(body)


def raw_event(body: str) -> bytes:
    """Return the event of issue 12 with this text."""
    issue = {"number": 12, "title": "$(touch title)", "body": body}
    return json.dumps({"action": "labeled", "issue": issue}).encode()


def brand_event(**answers: str) -> bytes:
    """Return the event of the form "Suggest a brand"."""
    return event(BRAND, answers)


def need_event(**answers: str) -> bytes:
    """Return the event of the form "State a need"."""
    return event(NEED, answers)
