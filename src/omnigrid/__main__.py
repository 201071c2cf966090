"""`python -m omnigrid`"""

from omnigrid.cli import main

main()
