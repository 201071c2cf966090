"""`omnigrid preview`"""

import os
import socket
import threading
import traceback
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from urllib.parse import urlencode

import click
from msgspec.structs import replace

from omnigrid.answering import Desk
from omnigrid.build import Built
from omnigrid.campaign import Observer
from omnigrid.cli.commands.build import build_line
from omnigrid.cli.faults import DEFAULT_EDITOR, check_editor, faults_of
from omnigrid.cli.packing import offline_option
from omnigrid.cli.publishing import host_of
from omnigrid.cli.session import Session
from omnigrid.hosting.at_work import git_is_at_work
from omnigrid.inbox import Closed, Inbox
from omnigrid.launch import Crew
from omnigrid.launchpad import Launchpad
from omnigrid.load.disk import DiskTree
from omnigrid.load.portfolio import require_portfolio
from omnigrid.model.errors import OmnigridError
from omnigrid.model.service import Fault, Package
from omnigrid.output.lock import hold
from omnigrid.package import Dispatch, send_package
from omnigrid.preview import Preview
from omnigrid.reception import Reception
from omnigrid.run.executors import Progress, SerialExecutor
from omnigrid.serve.application import make_application
from omnigrid.serve.guard import ENTER, Door
from omnigrid.serve.hub import Hub
from omnigrid.serve.server import heed_signals, listen, serve
from omnigrid.serve.shelf import Shelf
from omnigrid.serve.stage import Stage
from omnigrid.serve.watch import Watch
from omnigrid.tracking import Tracker
from omnigrid.workspace import Workspace

LOOPBACK = "127.0.0.1"
SHORTEST_TOKEN = 16
_LAST_BUILD = 30.0
"""Seconds for which the end waits for a build that is at work."""


@click.command("preview")
@click.option("--port", type=click.IntRange(1, 65535), help="The port. Default: a free one.")
@click.option("--open", "opens", is_flag=True, help="Open the address in a browser.")
@click.option("--drafts", is_flag=True, help="Show drafts and expired pages, too.")
@click.option(
    "--host", default=LOOPBACK, show_default=True, help="The address to listen at; needs --token."
)
@click.option(
    "--token",
    envvar="OMNIGRID_PREVIEW_TOKEN",
    default="",
    help="What others must know to look on. [env: OMNIGRID_PREVIEW_TOKEN]",
)
@click.option(
    "--editor",
    envvar="OMNIGRID_EDITOR",
    default=DEFAULT_EDITOR,
    show_default=True,
    callback=check_editor,
    help="The address that opens a place in your editor. [env: OMNIGRID_EDITOR]",
)
@offline_option
@click.pass_obj
def command(
    session: Session,
    port: int | None,
    opens: bool,
    drafts: bool,
    host: str,
    token: str,
    editor: str,
) -> None:
    """Serve the portfolio, and show every change as soon as it is saved.

    Starts also where the portfolio has faults, and shows them in the browser until they are
    mended. Ends by Ctrl-C. With --drafts, the build stands in .omnigrid/drafts/ and not in build/.
    """
    require_portfolio(DiskTree(session.root.resolve()).paths())
    door = _door(host, token)
    listening = listen(host, port)
    name = f"[{host}]" if ":" in host else host
    address = f"http://{name}:{listening.getsockname()[1]}/"
    lock = session.root.resolve() / ".omnigrid" / "preview"
    owner = lock / "owner"
    with hold(lock, owner):
        owner.write_text(f"{os.getpid()}, {address}", encoding="utf-8")
        show = _Show(session, editor, door, drafts=drafts)
        show.open()
        told = heed_signals()
        session.say(f"{address}  (Ctrl-C ends it)")
        if opens:
            entrance = f"{address[:-1]}{ENTER}?{urlencode({'token': token})}" if token else address
            webbrowser.open(entrance)
        with suppress(KeyboardInterrupt):  # A second one, while the last build comes to its end.
            show.run(listening, told)


def _door(host: str, token: str) -> Door:
    if host in {LOOPBACK, "localhost", "::1"}:
        return Door(token=token)
    if len(token) < SHORTEST_TOKEN:
        raise click.UsageError(
            f"--host {host} lets other machines look on. Set OMNIGRID_PREVIEW_TOKEN to a secret "
            f"of {SHORTEST_TOKEN} characters or more."
        )
    return Door(Door().hosts | {host.lower()}, token)


class _Show:
    """Everything of a preview that works at once: a server, a watch, and the thread that builds."""

    def __init__(self, session: Session, editor: str, door: Door, *, drafts: bool) -> None:
        self._session, self._editor, self._drafts = session, editor, drafts
        self._root = root = session.root.resolve()
        self._inbox = Inbox(root, partial(git_is_at_work, root))
        shelf = Shelf(self._workspace().out)
        stage = Stage(shelf)
        self._hub = Hub(stage.mark, stage.notes)
        self._reception = Reception(stage, self._hub, self._inbox, self._send, self._tell)
        self._preview = Preview(self._workspace, self._inbox, shelf, self._reception, session.clock)
        crew = Crew(self._workspace, self._build, self._dispatch, lambda: stage.faults)
        pad = Launchpad(self._inbox, crew, Tracker(session.clock, session.now), session.say)
        answers = {**self._reception.answers, **pad.answers}
        self._app = make_application(stage, self._hub, answers, door)

    def open(self) -> None:
        """Build for the first time, as quickly as this machine can."""
        with self._session.progress("building") as progress:
            self._preview.build(self._session.executor(), progress)

    def run(self, listening: socket.socket, told: threading.Event) -> None:
        """Serve until somebody ends it."""
        watch = Watch(self._root, self._inbox.put)
        worker = threading.Thread(target=self._preview.run, daemon=True)
        watch.start()
        worker.start()
        serve(self._app, listening, told, self._hub.close)
        watch.stop()
        self._inbox.put(Closed())
        self._reception.close()
        worker.join(_LAST_BUILD)

    def _workspace(self) -> Workspace:
        out = self._root / ".omnigrid" / "drafts" if self._drafts else None
        return replace(self._session.anew().workspace(out), drafts=self._drafts)

    def _send(self, desk: Desk, brand: str, confirmed: bool) -> Package:
        return send_package(desk, brand, self._dispatch(lambda _: None), confirmed=confirmed)

    def _dispatch(self, began: Callable[[str], None]) -> Dispatch:
        session = self._session.anew()
        observer = Observer(session.clock, lambda _done, _total: None, session.now, began=began)
        host = partial(host_of, session)
        return Dispatch(session.workspace, host, SerialExecutor(), observer)

    def _build(self, progress: Progress) -> Exception | None:
        return self._preview.build(SerialExecutor(), progress)

    def _tell(self, result: Built | Exception, seconds: float) -> tuple[Fault, ...]:
        session = self._session
        if not isinstance(result, Exception):
            session.say(build_line(result.outcome, seconds))
            return ()
        faults = faults_of(result, self._root, self._editor)
        if isinstance(result, OmnigridError):
            session.say(f"{result.message}; the browser shows all of it")
        else:
            session.say("".join(traceback.format_exception(result)))
        return faults
