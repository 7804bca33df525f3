"""Does a released edition reach its readers in time? 200 requests a second for 20 s; p95 at most 20 ms.

    python benchmarks/serve.py [--rate 200] [--seconds 20]

Starts the real server on this machine against an edition in a folder of its own, and stops by itself. The
requests come from another process at fixed times whatever the answers do (an open loop, so that a slow answer
is not hidden by a pause in asking), over kept-alive connections. Prints percentiles, rate and ratios.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.open_loop import Answer, ask  # noqa: E402  # after the path

LIMIT_MS = 20.0
RATE, SECONDS = 200, 20
PATHS = ("/kartlaggning/2019/", "/kartlaggning/2019/utgava-1/", "/en/kartlaggning/2019/utgava-1/")
PROGRAMS = (
    "/api/v1/figures",
    "/api/v1/editions/0680-2019-1",
    "/inbadda/0680-2019-1/convicted_press/",
    "/inbadda/0680-2019-1/convicted_press.svg",
)
BUDGET = 120_000  # bytes transferred without images


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--rate", type=int, default=RATE)
    words.add_argument("--seconds", type=int, default=SECONDS)
    args = words.parse_args()
    seconds, rate = min(args.seconds, 60), min(args.rate, 1000)
    with tempfile.TemporaryDirectory(prefix="klarsyn-serve-") as home:
        env = os.environ | {
            "KLARSYN_HOME": home,
            "PYTHONPATH": str(ROOT),
            "DJANGO_SETTINGS_MODULE": "klarsyn.config.settings.dev",
            "OPENBLAS_NUM_THREADS": "1",
        }
        klarsyn = [sys.executable, "-m", "klarsyn.config.cli", "site"]
        subprocess.run([*klarsyn, "prepare", "--first"], env=env, check=True, capture_output=True)
        port = _free_port()
        server = subprocess.Popen(
            [*klarsyn, "serve", "--port", str(port)],
            env=env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            _wait(port)
            answers = _measure(port, PATHS, rate, seconds)
            others = _measure(port, PROGRAMS, rate, seconds)
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(timeout=20)
        print("the API and figures for other sites:")
        is_slow = _times(others, rate, seconds)
        print("the mapping's pages:")
        return _report(answers, rate, seconds, home) or int(is_slow)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(port: int) -> None:
    for _ in range(120):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}{PATHS[0]}", timeout=5).read()
            return
        except OSError:
            time.sleep(0.5)
    raise SystemExit("the server did not come up within a minute")


def _measure(port: int, paths: tuple[str, ...], rate: int, seconds: int) -> list[Answer]:
    """The load comes from a process of its own, so that it shares no lock with what it measures."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        pool.apply(ask, (port, paths, rate, 2))  # the first requests load code and open files
        found: list[Answer] = pool.apply(ask, (port, paths, rate, seconds))
    return found


def _times(answers: list[Answer], rate: int, seconds: int) -> bool:
    """Print percentiles and errors; whether the bar is missed."""
    times = sorted(1000 * a.seconds for a in answers if a.status == 200)
    errors = sum(a.status != 200 for a in answers)
    cuts = statistics.quantiles(times, n=100) if len(times) > 1 else [0.0] * 99
    print(f"asked {rate}/s for {seconds} s, answered {len(times) / seconds:.0f}/s, errors {errors}")
    quick = " · ".join(f"p{p} {cuts[p - 1]:.1f} ms" for p in (50, 95, 99))
    print(f"{quick} · worst {max(times, default=0):.1f} ms")
    print(f"p95 against {LIMIT_MS:.0f} ms: {cuts[94] / LIMIT_MS:.2f} (at most 1)")
    return bool(errors) or not times or cuts[94] > LIMIT_MS


def _report(answers: list[Answer], rate: int, seconds: int, home: str) -> int:
    is_slow = _times(answers, rate, seconds)
    index = json.loads((Path(home) / "editions" / "0680-2019-1" / "index.json").read_text())
    print(
        f"transferred a page: {answers[0].bytes} bytes ({index['files']['sv/index.html']['bytes']} unpacked)"
    )
    print(f"page against {BUDGET} bytes: {answers[0].bytes / BUDGET:.2f} (at most 1)")
    return int(is_slow or answers[0].bytes > BUDGET)


if __name__ == "__main__":
    sys.exit(main())
