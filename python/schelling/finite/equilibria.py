"""The equilibria that a solver found in an extensive game."""

from __future__ import annotations

from typing import Any

from .._core import finite as _core
from .assessments import ExtensiveAssessment
from .extensive_game import ExtensiveGame
from .results import Found


class ExtensiveEquilibria(Found[ExtensiveAssessment]):
    """Equilibria of an extensive game: a sequence of assessments, each certified to satisfy its concept."""

    def _at(self, number: int) -> ExtensiveAssessment:
        native, concept, certificate = self._native.at(number)
        return ExtensiveAssessment(native, self.game, concept=concept, certificate=certificate)

    @classmethod
    def _read(cls, text: str) -> tuple[Any, ExtensiveGame]:
        native = _core.extensive_equilibria_from_json(text)
        return native, ExtensiveGame._from_native(native.game)

    def to_svg(self, number: int = 0) -> str:
        """The tree with the play of one of the equilibria as a stand-alone SVG document."""
        return self[number].to_svg()

    def to_latex(self, number: int = 0) -> str:
        """The tree with the play of one of the equilibria as a stand-alone LaTeX document drawn by TikZ."""
        return self[number].to_latex()

    def _repr_html_(self) -> str:
        return super()._repr_html_() + (self[0].to_svg() if len(self) == 1 else "")
