"""The preview as an ASGI application: routes, and nothing that decides."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp

from omnigrid.model.digests import digest_bytes
from omnigrid.model.service import Problem
from omnigrid.serve.guard import COOKIE, ENTER, EVENTS, Door, Guard, is_token
from omnigrid.serve.hub import Hub
from omnigrid.serve.openapi import FILE, openapi_document
from omnigrid.serve.operations import OPERATIONS, Answer, Asked, Operation
from omnigrid.serve.pages import OURS, SCRIPTS, faults_page, own_file, with_script
from omnigrid.serve.problems import problem_response
from omnigrid.serve.stage import Shown, Stage, type_of

LASTING = "private, max-age=31536000, immutable"
"""For a file that is asked for by the beginning of its digest: a reload asks for it no more."""
VERSION = 8
"""Letters of a digest that are a version."""
PATIENCE = 10.0
"""Seconds in which the body of a request has to come."""
PATIENCE_FOR_FILES = 60.0


def make_application(
    stage: Stage,
    hub: Hub,
    answers: Mapping[str, Answer],
    door: Door,
    more: Sequence[BaseRoute] = (),
) -> ASGIApp:
    """Return the application; ``answers`` are those of the operations, by their names.

    ``more`` are routes that come before all files, behind the same guard.
    """
    routes = [
        Route("/openapi.json", _described),
        Route(f"/{OURS}/{{name}}", _Own(stage).answer),
        *(
            Route(each.path, _Api(each, answers[each.name]).answer, methods=[each.method])
            for each in OPERATIONS
        ),
        *more,
        Route("/{path:path}", _Files(stage).answer),
    ]
    routes[:0] = [Route(EVENTS, _Events(hub).answer), Route(ENTER, _Entrance(door).answer)]
    handlers: Mapping[Any, Any] = {
        Problem: _problem,
        HTTPException: _http_problem,
        Exception: _bug,
    }
    bodies = {each.path: each.largest_file for each in OPERATIONS if each.largest_file}
    whole = replace(door, bodies={**door.bodies, **bodies})
    return Guard(Starlette(routes=routes, exception_handlers=handlers), whole)


class _Files:
    """Answers with the files of the build, and adds the script to pages."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    async def answer(self, request: Request) -> Response:
        shown = self._stage.show(request.scope["raw_path"])
        if shown.status == 308:
            return RedirectResponse(f"/{shown.path}", 308)
        return _file_response(request, self._stage, shown)


class _Own:
    """Answers with what the preview brings itself."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    async def answer(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name == "faults":
            page = Shown(200, f"{OURS}/faults.html", faults_page(self._stage.faults))
            return _file_response(request, self._stage, page)
        if name not in SCRIPTS:
            raise Problem(404, "the preview has no such file")
        return _file_response(request, self._stage, Shown(200, name, own_file(name)))


def _file_response(request: Request, stage: Stage, shown: Shown) -> Response:
    data, kind = shown.data, type_of(shown.path)
    if kind.startswith("text/html"):
        data = with_script(data, stage.mark_of(shown).text)
    digest = digest_bytes(data)
    etag = f'"{digest[:32]}"'
    headers = {"ETag": etag}
    version = request.query_params.get("v", "")
    if len(version) >= VERSION and digest.startswith(version):
        headers["Cache-Control"] = LASTING
    if shown.status == 200 and _is_known(request.headers.get("if-none-match", ""), etag):
        return Response(status_code=304, headers=headers)
    return Response(data, shown.status, headers, media_type=kind)


def _is_known(told: str, etag: str) -> bool:
    """Whether a browser has these bytes already (RFC 9110, 13.1.2: weak comparison)."""
    tags = {tag.strip().removeprefix("W/") for tag in told.split(",")}
    return etag in tags or told.strip() == "*"


class _Events:
    """Answers with the stream of events of a page."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    async def answer(self, request: Request) -> Response:
        if request.method == "HEAD":
            return Response(media_type="text/event-stream")
        page, seen = request.query_params.get("page", "/"), request.query_params.get("seen", "")
        events = self._hub.stream(page[:2048], seen[:64])
        return StreamingResponse(events, media_type="text/event-stream")


class _Entrance:
    """Gives a browser that knows the token a cookie, so that its address bar forgets it."""

    def __init__(self, door: Door) -> None:
        self._door = door

    async def answer(self, request: Request) -> Response:
        token = self._door.token
        if not token or not is_token(request.query_params.get("token", ""), token):
            raise Problem(401, "the token is missing or wrong", "use the address that was printed")
        response = RedirectResponse("/", 303)
        response.set_cookie(COOKIE, token, httponly=True, samesite="strict")
        return response


class _Api:
    """Answers an operation with JSON."""

    def __init__(self, operation: Operation, answer: Answer) -> None:
        self._operation, self._answer = operation, answer
        self._turn = asyncio.Semaphore(1)

    async def answer(self, request: Request) -> Response:
        if not self._operation.largest_file:
            return await self._answered(request)
        async with self._turn:  # Large bodies are in memory one at a time.
            return await self._answered(request)

    async def _answered(self, request: Request) -> Response:
        body = await self._body(request)
        asked = Asked(dict(request.path_params), dict(request.query_params), body)
        answer = await run_in_threadpool(self._answer, asked)
        return Response(msgspec.json.encode(answer), media_type="application/json")

    async def _body(self, request: Request) -> Any:
        if self._operation.largest_file:
            _require_type(request, FILE, "the body has to be a file")
            return await _data(request, PATIENCE_FOR_FILES)
        if self._operation.takes is None:
            return None
        _require_type(request, "application/json", "the body has to be JSON")
        data = await _data(request, PATIENCE)
        try:
            return msgspec.json.decode(data, type=self._operation.takes)
        except msgspec.ValidationError as error:
            raise Problem(422, f"{error}", "see /openapi.json") from None
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise Problem(400, f"the body is no JSON: {error}", "see /openapi.json") from None


def _require_type(request: Request, wanted: str, message: str) -> None:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != wanted:
        raise Problem(415, message, f"send Content-Type: {wanted}")


async def _data(request: Request, patience: float) -> bytes:
    try:
        async with asyncio.timeout(patience):
            return await request.body()
    except TimeoutError:
        raise Problem(408, "the body of the request did not come") from None


async def _described(_request: Request) -> Response:
    return Response(msgspec.json.encode(openapi_document()), media_type="application/json")


async def _problem(_request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)  # noqa: S101  (Starlette chooses by the type)
    return problem_response(error)


async def _http_problem(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101  (Starlette chooses by the type)
    response = problem_response(Problem(error.status_code, error.detail))
    response.headers.update(error.headers or {})
    return response


async def _bug(_request: Request, error: Exception) -> Response:
    detail = f"this is a bug of omnigrid: {type(error).__name__}"
    return problem_response(Problem(500, detail, "the terminal of the preview shows more"))
