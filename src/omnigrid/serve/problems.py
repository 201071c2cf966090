"""Errors as documents (RFC 9457)."""

from http import HTTPStatus

import msgspec
from starlette.responses import Response

from omnigrid.model.service import Problem, ProblemDocument

TYPE = "application/problem+json"


def problem_response(problem: Problem) -> Response:
    """Return the answer that says what went wrong."""
    title = HTTPStatus(problem.status).phrase
    document = ProblemDocument(title, problem.status, problem.detail, hint=problem.hint)
    headers = {"WWW-Authenticate": "Bearer"} if problem.status == 401 else None
    body = msgspec.json.encode(document)
    return Response(body, problem.status, headers, media_type=TYPE)
