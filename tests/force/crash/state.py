"""Keeps the world as it stood and brings it back: the folder, and on PostgreSQL the database by its template."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection, connections

IS_FILE = "DATABASE_URL" not in os.environ


def begin() -> None:
    if not IS_FILE:
        _admin(f"CREATE DATABASE {_name()}")


def keep(home: Path, name: str) -> None:
    connections.close_all()
    shutil.rmtree(_beside(home, name), ignore_errors=True)
    shutil.copytree(home, _beside(home, name))
    if not IS_FILE:
        _admin(f"DROP DATABASE IF EXISTS {_name()}_{_plain(name)}")
        _admin(f"CREATE DATABASE {_name()}_{_plain(name)} TEMPLATE {_name()}")


def bring_back(home: Path, name: str) -> None:
    connections.close_all()
    shutil.rmtree(home)
    shutil.copytree(_beside(home, name), home)
    if not IS_FILE:
        _admin(f"DROP DATABASE {_name()} WITH (FORCE)")
        _admin(f"CREATE DATABASE {_name()} TEMPLATE {_name()}_{_plain(name)}")


def end(home: Path) -> None:
    connections.close_all()
    if not IS_FILE:
        for folder in home.parent.iterdir():
            if folder != home:
                _admin(f"DROP DATABASE IF EXISTS {_name()}_{_plain(folder.name)}")
        _admin(f"DROP DATABASE {_name()} WITH (FORCE)")


def _beside(home: Path, name: str) -> Path:
    return home.with_name(name)


def _plain(name: str) -> str:
    return re.sub(r"\W", "_", name)


def _name() -> str:
    return str(settings.DATABASES["default"]["NAME"])


def _admin(statement: str) -> None:
    at = connection.get_connection_params() | {"dbname": "postgres"}
    known = {key: at[key] for key in ("host", "user", "port", "password", "dbname") if at.get(key)}
    with psycopg.connect(**known, autocommit=True) as outside:
        outside.execute(statement)  # type: ignore[call-overload]  # names of our own making
