"""Design tokens as CSS custom properties."""

from omnigrid.model.palette import Palette, dark_palette, light_palette


def root_tokens(accent: str) -> str:
    """Return a style sheet that sets a page's colours, by the visitor's scheme or by their choice.

    ``data-scheme="light"`` or ``"dark"`` on the root element overrides the system's scheme. Paper
    is light, whatever the screen was.
    """
    light, dark = _properties(light_palette(accent)), _properties(dark_palette(accent))
    return (
        f":root{{color-scheme:light dark;{light}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"
        f':root[data-scheme="light"]{{color-scheme:light;{light}}}\n'
        f'@media screen{{:root[data-scheme="dark"]{{color-scheme:dark;{dark}}}}}\n'
    )


def family_tokens(selector: str, accent: str) -> str:
    """Return rules that give one part of a page the colours of another accent."""
    light, dark = _properties(light_palette(accent)), _properties(dark_palette(accent))
    return (
        f"{selector}{{{light}}}\n"
        f"@media (prefers-color-scheme:dark){{{selector}{{{dark}}}}}\n"
        f'[data-scheme="light"] {selector}{{{light}}}\n'
        f'[data-scheme="dark"] {selector}{{{dark}}}\n'
    )


def _properties(palette: Palette) -> str:
    return ";".join(
        f"--{name.replace('_', '-')}:{colour}" for name, colour in palette._asdict().items()
    )
