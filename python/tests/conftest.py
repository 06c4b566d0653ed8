"""What every test takes for granted."""

import signal

import pytest


@pytest.fixture(autouse=True, scope="session")
def interrupts_arrive():
    """A shell starts what runs in its background with SIGINT ignored, and Python leaves that so: tests that send one would
    wait for ever."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
