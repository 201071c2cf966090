"""What was built and published, when, how and why: a line each, on the disk of whoever did.

It is only ever added to, and may be deleted: what a branch holds is decided by looking at it.
"""
