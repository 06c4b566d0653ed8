"""A phase diagram as a data set that draws itself."""

from __future__ import annotations

from typing import Any

from ..extras import extra
from ..pictures import panels
from .draw_phase_diagram import draw_phase_diagram, sides

with extra():
    import xarray as xr


class PhaseDiagram(xr.Dataset):
    """An xarray.Dataset over two parameters: number of equilibria, lowest and highest value of an outcome."""

    __slots__ = ()

    def plot(self, axes: Any = None, *, title: str | None = None) -> Any:  # type: ignore[override]
        """Draw the outcome as colour and the numbers of equilibria as outlined regions, with names and units.

        Where some point has several equilibria there are two panels, the lowest and the highest of them.

        Parameters
        ----------
        axes : matplotlib axes, optional
            One for each panel; on a single one the lowest equilibrium is drawn. Without it a new figure is made.
        title : str, optional

        Returns
        -------
        matplotlib axes
            What was given, or the new ones, an array where there are two.

        Raises
        ------
        InvalidArgument
            For what are no axes.
        """
        wanted = len(sides(self))
        if axes is not None and hasattr(axes, "plot"):
            wanted = 1
        size = (9.2, 4.5) if wanted > 1 else (6.4, 4.5)
        found, result = panels(axes, wanted, figsize=size, **({"sharey": True} if axes is None else {}))
        draw_phase_diagram(self, found, title)
        return result
