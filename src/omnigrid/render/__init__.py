"""One job to its files: Jinja2 in a sandbox, Markdown, colours, the static API.

Pure: the same job and packs give the same bytes, on any machine, in any order.
"""
