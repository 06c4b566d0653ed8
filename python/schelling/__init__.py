"""schelling: every equilibrium of a signalling or deterrence game, with proof, and what it means for policy."""

from ._core import (
    Certificate,
    InvalidArgument,
    InvalidGame,
    InvalidOptions,
    ParseError,
    SchellingError,
    __version__,
)

__all__ = [
    "Certificate",
    "InvalidArgument",
    "InvalidGame",
    "InvalidOptions",
    "ParseError",
    "SchellingError",
    "__version__",
]
