"""Published and original models: each one call with named parameters, each certified.

Further models are written in Python (`PythonModel`), or come with packages that name them in the entry-point group
`schelling.models`; `available` lists all.
"""

from .crisis_bargaining_uniform import CrisisBargainingUniform
from .extended_deterrence import ExtendedDeterrence
from .plugins import available, plugins
from .protocol import Outcome, Parameter
from .python_model import Info, PythonModel
from .signaling import AllianceSignalingStylised, BeerQuiche, ChainStoreStage, JobMarketSignaling

# What is no model is public too, and imported by name.
__all__ = [
    "AllianceSignalingStylised",
    "BeerQuiche",
    "ChainStoreStage",
    "CrisisBargainingUniform",
    "ExtendedDeterrence",
    "JobMarketSignaling",
]

_ALSO = (Info, Outcome, Parameter, PythonModel, available)


def __getattr__(name: str):
    """A model of another package, by the name of its entry point."""
    if not name.startswith("_") and name in plugins():
        return available()[name]
    known = ", ".join(sorted({*__all__, *plugins()}))
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}; models: {known}")
