"""Rules for ``measurements.json``: of a version that we know, and each thing said once."""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from omnigrid.model.findings import Finding, Place
from omnigrid.model.measurements import MEASUREMENTS_VERSION, MeasurementsFile
from omnigrid.model.names import BrandId, SourcePath
from omnigrid.model.source import Document, Reading

_AGAIN = "take the file back as it was in git, or remove it, and run `omnigrid measure`"


def check_version(document: Document) -> Finding | None:
    """Return why measurements are of a shape that we do not know; None where they are not."""
    data = document.data if isinstance(document.data, dict) else {}
    version = data.get("version")
    if not isinstance(version, str) or version == str(MEASUREMENTS_VERSION):
        return None
    return Finding(
        "OG241",
        f"the measurements are of version {version[:20]}, and this omnigrid knows "
        f"{MEASUREMENTS_VERSION}",
        Place(document.path, ("version",)),
    )


def check_measurements(path: SourcePath, file: object) -> Iterator[Finding]:
    """Yield brands and days that stand twice."""
    if not isinstance(file, MeasurementsFile):
        return
    seen: set[BrandId] = set()
    for number, group in enumerate(file.brands):
        for at, brand in enumerate(group.brands):
            if brand in seen:
                place = Place(path, ("brands", number, "brands", at))
                yield Finding("OG242", f"{brand} was measured twice", place)
            seen.add(brand)
    for at, (one, other) in enumerate(zip(file.days, file.days[1:], strict=False)):
        if one.day >= other.day:
            message = f"{other.day} stands after {one.day}"
            yield Finding("OG242", message, Place(path, ("days", at + 1, "day")))


def advised(reading: Reading) -> Reading:
    """Return the reading of measurements with what to do about each finding.

    Nobody writes them by hand, so what would mend the line is of no use.
    """
    return replace(reading, findings=tuple(_advised(reading.findings)))


def _advised(findings: Iterable[Finding]) -> Iterator[Finding]:
    return (replace(each, hint=_AGAIN) for each in findings)
