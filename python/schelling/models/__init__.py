"""Published and original models: each one call with named parameters, each certified."""

from .crisis_bargaining_uniform import CrisisBargainingUniform
from .extended_deterrence import ExtendedDeterrence

__all__ = ["CrisisBargainingUniform", "ExtendedDeterrence"]
