"""What comes in from outside: a filled-in form becomes a file of the portfolio.

Every word of it is foreign: it is read as data, bounded, quoted, and never run, never a path.
"""
