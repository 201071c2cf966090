"""What `scripts/bench` runs: whole processes, measured as a user waits for them.

Suites: `check`, `build` (beside other generators, in paired runs), `start` and `size`. Each prints
tables in Markdown, with the machine and the versions, to be put into docs/performance.md.
"""
