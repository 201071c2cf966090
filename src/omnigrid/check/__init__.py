"""From what the files hold to what they mean: a Portfolio, or every finding. Pure.

All faults of all files are found in one pass; the first never hides the others.
"""
