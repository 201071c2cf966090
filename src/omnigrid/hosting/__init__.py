"""The only door to git: what a hosting branch holds, and moving it forward by one commit.

Always: no checkout, no rewritten history (but in `squash`, on request), a push is a
compare-and-swap, our commit holds only bytes whose ids were verified, and git sees neither the
user's configuration nor a surrounding hook's variables (but in the user's own repository).
"""
