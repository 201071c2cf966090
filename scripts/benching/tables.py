"""Tables in Markdown, and the machine that they were measured on."""

import os
import platform
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from statistics import median

from benching.measure import Measured


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table whose first column is text and whose other columns are figures."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def middle(runs: Sequence[Measured]) -> Measured:
    """Return the median of each figure."""
    return Measured(*(median(column) for column in zip(*runs, strict=True)))


def seconds(value: float) -> str:
    """Return a duration with about three digits."""
    return f"{value:.1f} s" if value >= 10 else f"{value:.2f} s" if value >= 0.1 else _ms(value)


def _ms(value: float) -> str:
    return f"{value * 1000:.0f} ms"


def spread(ours: Sequence[float], theirs: Sequence[float]) -> str:
    """Return the median of the ratios of paired runs, with the least and the greatest."""
    ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
    if len(ratios) == 1:
        return _ratio(ratios[0])
    return f"{_ratio(median(ratios))} ({_ratio(min(ratios))}–{_ratio(max(ratios))})"


def _ratio(value: float) -> str:
    return f"{value:.3f}" if value < 0.1 else f"{value:.2f}"


def machine(*others: str) -> str:
    """Return what it was measured on; ``others`` are versions that are not Python packages."""
    packages = [f"{name} {version(name)}" for name in ("omnigrid", "msgspec", "PyYAML", "Jinja2")]
    return (
        f"{_processor()}, {os.cpu_count()} cores, {_memory()}{platform.system()} "
        f"{platform.machine()}; {platform.python_implementation()} {platform.python_version()}, "
        f"{', '.join([*packages, *others])}. Load before: {os.getloadavg()[0]:.1f}."
    )


def _memory() -> str:
    try:
        size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError):
        return ""
    return f"{size / 1024**3:.0f} GiB, "


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown processor"
    names = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(names, "unknown processor")
