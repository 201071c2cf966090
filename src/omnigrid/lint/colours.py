"""The colours of a pack: whether its texts can be read on their grounds, for every brand."""

from collections.abc import Iterator, Sequence

from omnigrid.model.findings import Finding, Place
from omnigrid.model.names import SourcePath
from omnigrid.model.readable import unreadable
from omnigrid.model.tokens import TokenFile, TokenKind


def check_colours(path: SourcePath, tokens: Sequence[TokenFile]) -> Iterator[Finding]:
    """Yield every colour of a text that cannot be read on a ground where it stands."""
    values = {token.name: token.default for token in tokens}
    for number, token in enumerate(tokens):
        for at, ground in enumerate(token.grounds):
            worst = unreadable(token.default, ground, values)
            if worst is not None and token.type is TokenKind.COLOUR:
                yield Finding(
                    "OG418",
                    f'"{token.name}" cannot be read on "{ground}": {worst}',
                    Place(path, ("tokens", number, "grounds", at)),
                    "choose a darker or lighter default, or two of them: light, then dark",
                )
