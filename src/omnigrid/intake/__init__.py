"""What comes in from outside: a filled-in form or any file becomes a file of the portfolio.

Every word of it is foreign: it is read as data, bounded, and never run, never a path. Files are
read in a process of their own.
"""
