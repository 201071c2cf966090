"""Reads the portfolio's tree once: strict YAML, front matter. Edge: the disk, and nothing else.

Valid files take the fast path, without positions; `locate` parses again only what has a fault.
"""
