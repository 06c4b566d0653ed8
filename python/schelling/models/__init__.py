"""Published and original models: each one call with named parameters, each certified."""

from .extended_deterrence import ExtendedDeterrence

__all__ = ["ExtendedDeterrence"]
