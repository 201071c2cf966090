"""What `scripts/bench` runs: whole processes, measured as a user waits for them, and answers.

Suites: `check`, `build` (beside other generators, in paired runs), `start`, `size` and `matching`
(beside other matchers, in one process). Each prints tables in Markdown, with the machine and the
versions, to be put into docs/.
"""
