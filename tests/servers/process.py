"""A server that is another program: started on a free port of this machine, ended with the test."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def running(*words: str, port: int, log: Path) -> Iterator[str]:
    """`python …` until the block ends; its address, once it answers. Raises when it stops by itself."""
    with log.open("wb") as out, subprocess.Popen([sys.executable, *words], stdout=out, stderr=out) as child:
        try:
            wait(child, port, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            child.terminate()
            try:
                child.wait(60)
            except subprocess.TimeoutExpired:
                child.kill()
                raise RuntimeError(f"the server did not stop:\n{log.read_text()[-2000:]}") from None


def wait(child: subprocess.Popen[bytes], port: int, log: Path) -> None:
    for _ in range(2400):  # a busy machine may need long; one that fails is noticed at once
        if child.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), timeout=0.2).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"the server did not come up:\n{log.read_text()[-2000:]}")
