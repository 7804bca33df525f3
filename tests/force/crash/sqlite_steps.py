"""SQLite's own writes, one at a time: the process dies before any of them, or the machine loses its power there.

The default VFS of the library that Python uses is given other functions for opening and deleting; each file that it
opens, others for writing, cutting and syncing. They count, note what they are about to do in a file beside the site,
and call the old ones. `cut` puts the files back as a disk may hold them that kept only what was synced.
"""

from __future__ import annotations

import ctypes
import os
import pickle
import random
from collections.abc import Callable, Iterator
from ctypes import CFUNCTYPE, POINTER, c_char_p, c_int, c_int64, c_void_p, cast
from pathlib import Path
from typing import Any, Final

_NEVER: Final[list[Any]] = []  # what C holds on to must not be collected
_AFTER_OPEN = "xOpen xDelete xAccess xFullPathname xDlOpen xDlError xDlSym xDlClose xRandomness xSleep xCurrentTime xGetLastError"
_METHODS = (
    "xClose xRead xWrite xTruncate xSync xFileSize xLock xUnlock xCheckReservedLock xFileControl xSectorSize "
    "xDeviceCharacteristics xShmMap xShmLock xShmBarrier xShmUnmap xFetch xUnfetch"
)


class Vfs(ctypes.Structure):
    _fields_ = [
        ("iVersion", c_int), ("szOsFile", c_int), ("mxPathname", c_int), ("pNext", c_void_p), ("zName", c_char_p),
        ("pAppData", c_void_p), *((name, c_void_p) for name in _AFTER_OPEN.split()),
    ]  # fmt: skip


class Methods(ctypes.Structure):
    _fields_ = [("iVersion", c_int), *((name, c_void_p) for name in _METHODS.split())]


class File(ctypes.Structure):
    _fields_ = [("pMethods", POINTER(Methods))]


Open = CFUNCTYPE(c_int, c_void_p, c_void_p, POINTER(File), c_int, c_void_p)
Delete = CFUNCTYPE(c_int, c_void_p, c_char_p, c_int)
Write = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
Truncate = CFUNCTYPE(c_int, c_void_p, c_int64)
Sync = CFUNCTYPE(c_int, c_void_p, c_int)
Entry = tuple[str, str, int, bytes]  # what is about to be done, to which file, where, with what


class Watched:
    """From now on `step` is called before each write of SQLite in this process, and each is noted in `log`."""

    def __init__(self, log: Path, step: Callable[[], None]) -> None:
        self.handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND)
        self.step, self.paths = step, dict[int, str]()
        library = ctypes.CDLL("libsqlite3.so.0")
        library.sqlite3_vfs_find.restype = POINTER(Vfs)
        vfs = library.sqlite3_vfs_find(None).contents
        self.open_, self.delete_ = Open(vfs.xOpen), Delete(vfs.xDelete)
        mine = Open(self._open), Delete(self._delete)
        vfs.xOpen, vfs.xDelete = (cast(one, c_void_p).value for one in mine)
        _NEVER.extend([self, *mine])

    def _before(self, entry: Entry) -> None:
        """The step comes first: what is killed here was not yet done."""
        self.step()
        os.write(self.handle, pickle.dumps(entry))

    def _open(self, vfs: int, name: int, file: Any, flags: int, out: int) -> int:
        done = int(self.open_(vfs, name, file, flags, out))
        if done == 0 and file.contents.pMethods and name:
            self.paths[cast(file, c_void_p).value or 0] = os.fsdecode(ctypes.string_at(name))
            self._watch(file)
        return done

    def _watch(self, file: Any) -> None:
        old = file.contents.pMethods.contents
        made = Methods.from_buffer_copy(old)
        write, truncate, sync = Write(old.xWrite), Truncate(old.xTruncate), Sync(old.xSync)

        def written(at: int, body: int, size: int, offset: int) -> int:
            self._before(("write", self.paths[at], offset, ctypes.string_at(body, size)))
            return int(write(at, body, size, offset))

        def truncated(at: int, size: int) -> int:
            self._before(("truncate", self.paths[at], size, b""))
            return int(truncate(at, size))

        def synced(at: int, flags: int) -> int:
            self.step()
            done = int(sync(at, flags))
            os.write(self.handle, pickle.dumps(("sync", self.paths[at], 0, b"")))
            return done

        mine = Write(written), Truncate(truncated), Sync(synced)
        made.xWrite, made.xTruncate, made.xSync = (cast(one, c_void_p).value for one in mine)
        _NEVER.extend([made, *mine])
        file.contents.pMethods = ctypes.pointer(made)

    def _delete(self, vfs: int, name: bytes, is_synced: int) -> int:
        self._before(("delete", os.fsdecode(name), is_synced, b""))
        return int(self.delete_(vfs, name, is_synced))


def noted(log: Path) -> Iterator[Entry]:
    with log.open("rb") as file:
        while file.peek(1):
            yield pickle.load(file)


def cut(log: Path, home: Path, before: Path, seed: int) -> None:
    """The files as they may lie there when the power went: what was synced, and of the rest none, some, or one torn.

    `before`: the folder as it was when the watching began.
    """
    held, waiting = dict[str, bytes](), dict[str, list[Entry]]()
    for entry in noted(log):
        what, path, _at, _body = entry
        if path not in held:
            was = before / Path(path).relative_to(home)
            held[path] = was.read_bytes() if was.exists() else b""
        if what == "sync":
            for one in waiting.pop(path, []):
                held[path] = _done(held[path], one)
        elif what != "delete":
            waiting.setdefault(path, []).append(entry)
    chance = random.Random(seed)
    for path, body in held.items():
        for one in _kept(waiting.get(path, []), seed % 3, chance):
            body = _done(body, one)
        Path(path).write_bytes(body)
        Path(f"{path}-shm").unlink(missing_ok=True)


def _kept(entries: list[Entry], mode: int, chance: random.Random) -> list[Entry]:
    if mode == 0:
        return []
    if mode == 1:
        return [one for one in entries if chance.random() < 0.5]
    first = entries[: chance.randrange(len(entries) + 1)]
    return [*first[:-1], *((what, path, at, body[: len(body) // 2]) for what, path, at, body in first[-1:])]


def _done(body: bytes, entry: Entry) -> bytes:
    what, _path, at, new = entry
    if what == "truncate":
        return body[:at].ljust(at, b"\0")
    return body[:at].ljust(at, b"\0") + new + body[at + len(new) :]
