"""The only door to git: what a hosting branch holds, and moving it forward by one commit.

Always: no checkout, no rewritten history, a push is a compare-and-swap, our commit holds only
bytes whose ids were verified, and git sees neither the user's configuration nor a surrounding
hook's variables (the one reading of the user's own repository, in `revision`, says how it differs).
"""
