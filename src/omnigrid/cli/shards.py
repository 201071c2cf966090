"""The option that names a shard of a build."""

import re
from typing import Any

import click

from omnigrid.model.shards import Shard

MOST = 1000
"""Shards. Each of them looks at all files of the portfolio, so that more would not be faster."""


class _ShardType(click.ParamType[Shard]):
    """``2/4``: the second of four."""

    name = "shard"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Shard:
        if isinstance(value, Shard):
            return value
        found = re.fullmatch(r"([1-9]\d{0,3})/([1-9]\d{0,3})", value, re.ASCII)
        number, count = map(int, found.groups()) if found else (0, 0)
        if not 1 <= number <= count <= MOST:
            self.fail(
                f'"{value}" is no shard. Write its number and how many there are, as 2/4 for the '
                f"second of four, at most {MOST}.",
                param,
                ctx,
            )
        return Shard(number, count)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        return "I/N"


shard_option = click.option(
    "--shard", type=_ShardType(), help="Build only share I of N, in a folder of its own."
)
