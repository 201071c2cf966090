"""What speaks against a template pack, told from its files alone: nothing is rendered.

Pure: a pack in, findings out. A template is followed as Jinja2 would run it, with kinds of values
in place of values; where that cannot be done soundly, nothing is said.
"""
