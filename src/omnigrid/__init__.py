"""omnigrid: a portfolio of brands in git, turned into one independent website a brand."""

__version__ = "0.1.0"
