"""Intents and the brands that answer them: words, index, score, explanation. Pure.

The text alone decides whether anything matches; what is stated beside it then ranks what is left.
"""
