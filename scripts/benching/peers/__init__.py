"""Other generators, given the same content and the same markup.

`markup/` holds each page once, with words in [[brackets]]; each peer says what a word is in its own
template language, so that all of them render the same page.
"""
