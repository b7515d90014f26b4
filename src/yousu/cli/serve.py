"""`yousu serve`: 运行, the web server, one worker and the live process as children; ends them with itself."""

import logging
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from yousu.cli import Answer, UsageError
from yousu.cli.opening import opened
from yousu.platform import environment, parents
from yousu.platform.environment import SettingWrong

HOST, PORT = "127.0.0.1", 8000
_START_PATIENCE_S = 120.0
_END_PATIENCE_S = 15.0
_WATCH_S = 0.2
_AGAIN_S = 2.0
_LAST_PORT = 65535
_log = logging.getLogger("yousu.serve")
_WORKER = [sys.executable, "-c", "from yousu.cli.main import main; raise SystemExit(main())", "worker"]


def arguments(parser: ArgumentParser) -> None:
    """Where, and with or without a worker."""
    parser.add_argument("--host", default=HOST, metavar="ADDRESS", help=f"address to listen on ({HOST})")
    parser.add_argument("--port", type=_port, default=PORT, metavar="N", help=f"port ({PORT})")
    parser.add_argument("--no-worker", action="store_true", help="yousu worker runs elsewhere")
    parser.add_argument("--no-live", action="store_true", help="no live updates: pages ask every 15 s")


def run(options: Namespace) -> Answer:
    """Serves until SIGTERM or SIGINT; with --json the address is the one object printed."""
    lines = _serving(options.host, options.port, with_worker=not options.no_worker, with_live=not options.no_live)
    if options.json:
        return Answer(lines=lines)
    for told in lines:
        print(f"有诉 {told['base_url']}/　工作台 {told['base_url']}/desk/", flush=True)
    return Answer(lines=())


def serve(*, port: int, host: str = HOST, quiet: bool = False) -> Answer:
    """`run` for another command; `quiet`: the address was already told."""
    for told in _serving(host, port, with_worker=True, with_live=True):
        if not quiet:
            print(told["base_url"], flush=True)
    return Answer(lines=())


def _serving(host: str, port: int, *, with_worker: bool, with_live: bool) -> Iterator[dict[str, object]]:
    """Yields the address once the server answers, and goes on until a signal comes. Raises UsageError."""
    stop = threading.Event()
    with ExitStack() as stack:
        stack.enter_context(_reserved(host, port))
        for ending in (signal.SIGTERM, signal.SIGINT):
            stack.callback(signal.signal, ending, signal.signal(ending, lambda *_: stop.set()))
        opened(check=True)
        base_url = os.environ.setdefault("YOUSU_BASE_URL", f"http://{_written(host)}:{port}")
        live_port = _live_port(host, port, base_url, stack) if with_live else None
        counted = stack.enter_context(tempfile.TemporaryDirectory(prefix="yousu-metrics-"))
        web = _Child(_web(host, port), {"YOUSU_PROCESS": "serve", "PROMETHEUS_MULTIPROC_DIR": counted})
        stack.callback(web.end)
        beside = [_Child(_WORKER, {})] if with_worker else []
        beside += [_Child(_live(host, live_port), {"YOUSU_PROCESS": "live"})] if live_port else []
        for child in beside:
            stack.callback(child.end)
        _wait_until_it_answers(web, host, port, stop)
        if not stop.is_set():
            yield {"base_url": base_url}
        _watch(web, beside, stop)


def _watch(web: "_Child", beside: Sequence["_Child"], stop: threading.Event) -> None:
    while not stop.wait(_WATCH_S):
        if not web.runs():
            raise UsageError(f"the web server ended by itself (code {web.code()})")
        for child in beside:
            if not child.runs():
                # What it left undone waits in the database; only a loop without pause would hurt.
                stop.wait(_AGAIN_S)
                child.start()


def _live_port(host: str, port: int, base_url: str, stack: ExitStack) -> int | None:
    """The port of the live process; None where it or its address for the pages cannot be known."""
    at = urlsplit(base_url)
    if not environment.text("YOUSU_LIVE_URL") and at.port != port:
        # A proxy stands in front, and nobody said what it calls the live process.
        return None
    chosen = environment.text("YOUSU_LIVE_PORT")
    live_port = _port_of("YOUSU_LIVE_PORT", chosen) if chosen else port + 1
    try:
        if live_port > _LAST_PORT:
            raise UsageError(f"there is no port {live_port}")
        stack.enter_context(_reserved(host, live_port, named="YOUSU_LIVE_PORT"))
    except UsageError as refusal:
        if chosen:
            raise
        # A neighbour's port is taken: pages do without, so the whole server should not stop for it.
        _log.warning("no live updates, pages ask every 15 s: %s", refusal)
        return None
    os.environ.setdefault("YOUSU_LIVE_URL", f"{at.scheme}://{_written(at.hostname or host)}:{live_port}")
    return live_port


class _Child:
    """A process that ends with this one, in a session of its own: signals of the terminal come through us alone."""

    def __init__(self, command: list[str], more: dict[str, str]) -> None:
        self._command, self._environment = command, {**os.environ, **more}
        self.start()

    def start(self) -> None:
        """Starts it, again if it had ended."""
        self._process = subprocess.Popen(
            self._command,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr.fileno(),
            start_new_session=True,
            preexec_fn=partial(parents.end_with, os.getpid()),
        )

    def runs(self) -> bool:
        """Whether it is there."""
        return self._process.poll() is None

    def code(self) -> int | None:
        """The code it ended with."""
        return self._process.poll()

    def end(self) -> None:
        """Asks it to end, and ends it if it does not."""
        if self.runs():
            self._process.terminate()
            try:
                self._process.wait(_END_PATIENCE_S)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()


def _web(host: str, port: int) -> list[str]:
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"),
        *("--host", host, "--port", str(port), "--log-level", "warning"),
        *("--workers", str(environment.integer("YOUSU_PROCESSES", least=1))),
        *("--blocking-threads", str(environment.integer("YOUSU_THREADS", least=1))),
        *("--respawn-failed-workers", "--workers-kill-timeout", "10"),
        "yousu.config.wsgi:application",
    ]


def _live(host: str, port: int) -> list[str]:
    # One process: who is present is known in its memory alone.
    return [
        *(sys.executable, "-m", "granian", "--interface", "asgi", "--no-ws", "--factory"),
        *("--host", host, "--port", str(port), "--log-level", "warning"),
        *("--workers", "1", "--workers-kill-timeout", "1", "--backpressure", "4096"),
        "yousu.live.asgi:application",
    ]


@contextmanager
def _reserved(host: str, port: int, *, named: str = "--port") -> Iterator[None]:
    """Keeps the port for this server. Raises UsageError when another has it, even one that is just starting."""
    # The web server's processes share their port, and would share it with a second server's: a name is not shared.
    with socket.socket(socket.AF_UNIX) as name:
        try:
            family, kind, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
            with socket.socket(family, kind) as trial:
                trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                trial.bind(address)
            if sys.platform == "linux":
                name.bind(f"\0yousu-serve-{host}-{port}")
        except OSError as error:
            raise UsageError(f"{named}: {host}:{port} cannot be used: {error.strerror or error}") from error
        yield


def _wait_until_it_answers(web: _Child, host: str, port: int, stop: threading.Event) -> None:
    # The port takes connections before there is anybody to answer: only an answer counts.
    until = time.monotonic() + _START_PATIENCE_S
    while web.runs() and not stop.wait(_WATCH_S):
        asked = HTTPConnection(_reachable(host), port, timeout=2)
        try:
            asked.request("GET", "/healthz")
            asked.getresponse()
            return
        except (OSError, HTTPException) as error:
            if time.monotonic() > until:
                raise UsageError(f"the web server does not answer at {host}:{port}") from error
        finally:
            asked.close()


def _reachable(host: str) -> str:
    return {"0.0.0.0": HOST, "::": "::1"}.get(host, host)


def _written(host: str) -> str:
    host = _reachable(host)
    return f"[{host}]" if ":" in host else host


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) <= 5 and 1 <= int(text) <= _LAST_PORT:
        return int(text)
    raise ArgumentTypeError(f"must be a whole number from 1 to {_LAST_PORT}, not {text!r}")


def _port_of(setting: str, text: str) -> int:
    try:
        return _port(text)
    except ArgumentTypeError as wrong:
        raise SettingWrong(f"{setting} {wrong}") from wrong
