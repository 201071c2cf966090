"""The argument that names a kind of things, in the singular or the plural."""

from typing import Any

import click
from click.shell_completion import CompletionItem

from omnigrid.cli.catalogue import CATALOGUE


class KindName(click.ParamType[str]):
    """``brand`` or ``brands``, and so on."""

    name = "kind"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        singular = str(value).lower().removesuffix("s")
        if singular not in CATALOGUE:
            self.fail(f'"{value}" is none of {", ".join(CATALOGUE)}', param, ctx)
        return singular

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        return "[" + "|".join(CATALOGUE) + "]"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        return [CompletionItem(kind) for kind in CATALOGUE if kind.startswith(incomplete)]
