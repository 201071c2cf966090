"""What a pack may use while a site is rendered. Every number of it is here.

Steps are counted, never seconds: the same pack fails at the same line on every machine.
"""

from msgspec import Struct

STEPS = 1_000_000
"""Steps of a site without content. The largest of our packs takes 40,000 for a brand with 40
keywords: this is twenty times as much, as all that follows, and takes about a second."""
STEPS_A_PAGE = 300_000
"""More of them for each content page, which takes 5,000 to 14,000."""
STEPS_OF_A_FILE = 1_000_000
"""Steps of one file, and ``STEPS_A_ROW`` for each content page that it may list: what a template
keeps in memory, it keeps while it makes one file."""
STEPS_A_ROW = 2_000
OUTPUT = 4 * 1024 * 1024
"""Characters of a site's pages in all; ours have 30,000 without content."""
OUTPUT_A_PAGE = 440 * 1024
"""More of them for each content page, which has 22,000, and for each letter of its Markdown."""
OUTPUT_A_LETTER = 16
CODE = 2_500 * 1024
"""Characters of Python that the templates of a site become; ours become 145,000."""
CODE_OF_EACH = 4_000
"""As much for each template besides, however small it is."""
CODE_OF_ONE = 1024 * 1024
DEPTH = 32
"""Macros, blocks and included templates inside one another."""
PARENTS = 8
"""Templates that extend one another."""
SOURCE = 256 * 1024
"""Characters of a template: the largest of ours has 11,000."""
TOKENS = 30_000
NESTED_TAGS = 16
NESTED_BRACKETS = 16
NESTED_NODES = 60
CHOICES = 100
"""Branches of one ``if``."""
LONGEST_NUMBER = 2_000
"""Bits of a whole number."""
LONGEST_RANGE = 100_000

TEMPLATE_FILE = "template:"
"""Before a template's name, in the file names of a traceback."""


class PackFault(Exception):  # noqa: N818
    """A file of a pack that cannot be used, and the line that says why."""

    def __init__(self, name: str, line: int, message: str) -> None:
        super().__init__(message)
        self.name, self.line = name, line


class LimitReached(PackFault):
    """A template that does too much. Where: the template's line in the traceback."""

    def __init__(self, message: str) -> None:
        super().__init__("", 1, message)


class Allowance(Struct, frozen=True):
    """What one site may use."""

    steps: int = STEPS
    steps_of_a_file: int = STEPS_OF_A_FILE
    output: int = OUTPUT
    code: int = CODE


UNLIMITED = Allowance(1 << 62, 1 << 62, 1 << 62, 1 << 62)
"""For our own templates, whose work grows with the portfolio."""


def allowance(pages: int, letters: int) -> Allowance:
    """Return what a site with so many content pages, and letters in them, may use."""
    output = OUTPUT + pages * OUTPUT_A_PAGE + letters * OUTPUT_A_LETTER
    steps_of_a_file = STEPS_OF_A_FILE + pages * STEPS_A_ROW
    return Allowance(STEPS + pages * STEPS_A_PAGE, steps_of_a_file, output)
