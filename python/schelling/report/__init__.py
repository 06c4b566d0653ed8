"""Policy reports: from a case to a self-contained page and its data."""

from ..extras import need

need("report")

from .render import render  # noqa: E402 - what is missing is said in one sentence, before anything is loaded
from .report import Report, write_report  # noqa: E402

__all__ = ["Report", "render", "write_report"]
