"""Data sets with equilibria as rows, whose own `to_dataframe` gives these rows."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING

from .._core import InvalidArgument
from ..extras import extra

if TYPE_CHECKING:
    import pandas as pd

with extra():
    import xarray as xr


class RaggedDataset(xr.Dataset):
    """An xarray.Dataset of points and equilibria; the equilibria of one point follow each other.

    Points and equilibria are two dimensions, whose product xarray's `to_dataframe` would make: 75 GB for 1e5
    points. Here it gives one row for each equilibrium, as `schelling.table`. Whatever xarray does to the data
    set keeps the class, except reading it from a file; `schelling.table` takes that as well.
    """

    __slots__ = ()

    def to_dataframe(self, dim_order: Sequence[Hashable] | None = None) -> pd.DataFrame:
        """One row for each equilibrium, as `schelling.table`; where one dimension is left, as xarray does it.

        Raises InvalidArgument where several dimensions are left without the index of the point.
        """
        if len(self.dims) < 2:
            return super().to_dataframe(dim_order)
        if dim_order is not None:
            raise InvalidArgument(f"dim_order: expected None for a table of equilibria, found {dim_order!r}")
        from .table import table

        return table(self)
