"""Writes, prunes and verifies ``build/``. Edge: the disk.

The manifest is the commit point: a build is staged whole, then moved into place, and a build that
was killed is either finished or forgotten by the next one.
"""
