"""Policy reports: from an evaluated case to a self-contained page and its data."""

from .render import render

__all__ = ["render"]
