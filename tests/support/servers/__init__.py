"""Real git servers on loopback for tests: https, ssh and folders, with rules and with faults.

Each runs as the current user in a temporary folder on a free port, and ends with the process that
started it, however that ends. Nothing here is a stand-in: git is served by git.
"""
