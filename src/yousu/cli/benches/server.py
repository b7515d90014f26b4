"""被测服务: `yousu serve` in the scratch home, and beside it the bare server that shows the ceiling."""

import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, NamedTuple

from yousu.cli.benches import BenchFailed, homes
from yousu.cli.benches.load import HOST
from yousu.platform import environment

_PATIENCE_S = 60.0


class Served(NamedTuple):
    """A server that answers: where, and the process that all its others belong to."""

    port: int
    pid: int


@contextmanager
def yousu_serve() -> Iterator[Served]:
    """`yousu serve` with its worker, as in earnest."""
    port = free_port()
    command = homes.yousu("serve", "--port", str(port), "--json")
    with _log() as log, _child(command, stdout=subprocess.PIPE, stderr=log) as child:
        assert child.stdout is not None
        told = child.stdout.readline()
        if not told:
            raise BenchFailed(f"yousu serve ended: {_last_line()}")
        json.loads(told)
        yield Served(port, child.pid)


@contextmanager
def ceiling(module: str) -> Iterator[Served]:
    """The same web server, processes, threads, role and pool, but another application: one INSERT."""
    port = free_port()
    command = homes.module(
        *("granian", "--interface", "wsgi", "--no-ws", "--host", HOST, "--port", str(port)),
        *("--log-level", "warning", "--workers", str(environment.integer("YOUSU_PROCESSES", least=1))),
        *("--blocking-threads", str(environment.integer("YOUSU_THREADS", least=1))),
        f"yousu.cli.benches.{module}:application",
    )
    with _log() as log, _child(command, stdout=log, stderr=log, serving=True) as child:
        _wait_until_it_answers(child, port)
        yield Served(port, child.pid)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as trial:
        trial.bind((HOST, 0))
        return int(trial.getsockname()[1])


@contextmanager
def _child(
    command: list[str], *, stdout: int | IO[bytes], stderr: IO[bytes], serving: bool = False
) -> Iterator["subprocess.Popen[str]"]:
    more = {"YOUSU_PROCESS": "serve"} if serving else {}
    child = subprocess.Popen(
        command,
        env={**os.environ, **more},
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=stderr,
        encoding="utf-8",
    )
    try:
        yield child
    finally:
        child.terminate()
        try:
            child.wait(_PATIENCE_S)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


@contextmanager
def _log() -> Iterator[IO[bytes]]:
    with (environment.home() / "served.log").open("ab") as file:
        yield file


def _last_line() -> str:
    lines = (environment.home() / "served.log").read_text(encoding="utf-8", errors="replace").splitlines()
    return lines[-1] if lines else "without a word"


def _wait_until_it_answers(child: "subprocess.Popen[str]", port: int) -> None:
    until = time.monotonic() + _PATIENCE_S
    while child.poll() is None and time.monotonic() < until:
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise BenchFailed(f"the bare server does not answer: {_last_line()}")
