"""`python -m omnigrid`"""

from omnigrid.cli import run

run()
