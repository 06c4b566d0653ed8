"""The data set behind a report: the evaluation's own, with what the page adds to it."""

from __future__ import annotations

import numpy as np
import xarray as xr

from ..analysis.evaluation import Evaluation
from .content import Content


def report_data(evaluation: Evaluation, content: Content) -> xr.Dataset:
    """Everything on the page as numbers.

    Added to the evaluation's data set: the shares under every robustness check, the deciding parameters of every
    claim and the slopes at the baseline.
    """
    data = evaluation.to_dataset()
    if content.claims:
        _add_checks(data, content)
        _add_drivers(data, content)
    _add_slopes(data, content)
    data.attrs["history_filter"] = content.design.history_filter
    data.attrs["library_versions"] = [f"{name} {version}" for name, version in content.versions.items()]
    return data


def _add_checks(data: xr.Dataset, content: Content) -> None:
    checks = list(dict.fromkeys(name for claim in content.claims for name in claim.verdicts))
    data["check"] = ("check", checks)
    for word in ("holds", "selection", "fails", "undefined"):
        table = [[getattr(claim.verdicts[name], word).value for name in checks] for claim in content.claims]
        data[f"check_share_{word}"] = (
            ("claim", "check"),
            np.array(table),
            {"units": "share of examined points"},
        )


def _add_drivers(data: xr.Dataset, content: Content) -> None:
    rows = [(claim.id, driver) for claim in content.claims for driver in claim.drivers]
    data["driver_claim"] = ("driver", np.array([claim for claim, _ in rows], dtype="U64"))
    data["driver_parameter"] = ("driver", np.array([driver.parameter for _, driver in rows], dtype="U64"))
    for word, meaning in (
        ("shift", "PAWN index, mean over slices"),
        ("lower", "lower end of its bootstrap interval"),
        ("upper", "upper end of its bootstrap interval"),
        ("first_order", "share of the verdict's variance explained by the parameter alone"),
        ("sign", "+1 raises the share, -1 lowers it, 0 neither for sure"),
    ):
        data[f"driver_{word}"] = (
            "driver",
            np.array([getattr(d, word) for _, d in rows]),
            {"long_name": meaning},
        )
    noise = [claim.noise for claim in content.claims]
    data["driver_noise"] = ("claim", noise, {"long_name": "index of a parameter without influence"})


def _add_slopes(data: xr.Dataset, content: Content) -> None:
    rows = [(slope, k) for slope in content.slopes for k in range(len(slope.values))]
    for word in ("policy", "parameter", "outcome"):
        data[f"slope_{word}"] = ("slope", np.array([getattr(slope, word) for slope, _ in rows], dtype="U64"))
    data["slope_equilibrium"] = ("slope", np.array([k for _, k in rows], dtype=int))
    data["slope_value"] = (
        "slope",
        np.array([slope.values[k] for slope, k in rows]),
        {
            "long_name": "derivative of the outcome in the parameter at the baseline",
            "units": "outcome per parameter",
        },
    )
