"""The vault: what seals, and who can open. Pure functions of bytes; no models, no users, no settings."""

from klarsyn.base.vault.context import Context
from klarsyn.base.vault.envelope import key_id, open_record, opener, seal_record
from klarsyn.base.vault.errors import Busy, NotReady, Unopenable, VaultError
from klarsyn.base.vault.files import About, open_file, seal_file
from klarsyn.base.vault.kdf import CODE, STAFF, Cost, Derived, Recipe, derive
from klarsyn.base.vault.keys import Key
from klarsyn.base.vault.wraps import (
    KeyPair,
    Opener,
    Sealer,
    SigningPair,
    is_signed,
    open_key,
    open_with,
    seal_key,
    seal_to,
)

__all__ = [
    "CODE",
    "STAFF",
    "About",
    "Busy",
    "Context",
    "Cost",
    "Derived",
    "Key",
    "KeyPair",
    "NotReady",
    "Opener",
    "Recipe",
    "Sealer",
    "SigningPair",
    "Unopenable",
    "VaultError",
    "derive",
    "is_signed",
    "key_id",
    "open_file",
    "open_key",
    "open_record",
    "open_with",
    "opener",
    "seal_file",
    "seal_key",
    "seal_record",
    "seal_to",
]
