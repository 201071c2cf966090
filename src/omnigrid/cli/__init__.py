"""The command: parse, call a story, show. Data on standard output, messages on standard error.

The only room besides `preview/` that reads the environment, the clock and the terminal.
"""

from omnigrid.cli.app import main, run

__all__ = ["main", "run"]
