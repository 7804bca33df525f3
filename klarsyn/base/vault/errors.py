"""What the vault refuses, in words that give nothing away."""


class VaultError(Exception):
    """Base of everything the vault raises."""


class Unopenable(VaultError):
    """Changed, cut, swapped or sealed for somebody else: which of them is not said."""

    def __init__(self) -> None:
        super().__init__("the sealed bytes cannot be opened here with this key")


class NotReady(VaultError):
    """The vault must not be used: no pepper, the wrong one, or a library that fails its own test."""


class Busy(VaultError):
    """Too many people are signing in at this very moment; nothing was tried."""
