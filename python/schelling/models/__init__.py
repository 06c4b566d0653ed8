"""Published and original models: each one call with named parameters, each certified."""

from .crisis_bargaining_uniform import CrisisBargainingUniform
from .extended_deterrence import ExtendedDeterrence
from .signaling import AllianceSignalingStylised, BeerQuiche, ChainStoreStage, JobMarketSignaling

__all__ = [
    "AllianceSignalingStylised",
    "BeerQuiche",
    "ChainStoreStage",
    "CrisisBargainingUniform",
    "ExtendedDeterrence",
    "JobMarketSignaling",
]
