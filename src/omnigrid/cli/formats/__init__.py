"""Diagnostics for other programs: GitHub, SARIF, JUnit. Each turns a list of them into one text.

``prefix`` stands before every path, for a portfolio that is a folder inside a repository.
"""
