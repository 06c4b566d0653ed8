"""Policy reports: from a case to a self-contained page and its data."""

from .render import render
from .report import Report, write_report

__all__ = ["Report", "render", "write_report"]
