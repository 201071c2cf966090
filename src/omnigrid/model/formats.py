"""The kinds of files of a portfolio: what each is for, where it stands, its shape."""

from typing import NamedTuple

from msgspec import Struct

from omnigrid.model.approvals import ApprovalsFile
from omnigrid.model.files import BrandFile, ConfigFile, FrontMatter, PackFile, SectorFile
from omnigrid.model.measurements import MeasurementsFile
from omnigrid.model.tree import MEASUREMENTS_NAME


class Format(NamedTuple):
    """One kind of file. ``either`` names keys of which one is needed; ``files`` are globs."""

    name: str
    shape: type[Struct]
    title: str
    files: tuple[str, ...]
    text: str
    either: tuple[str, ...] = ()

    @property
    def is_json(self) -> bool:
        """Whether its files are JSON, and not YAML."""
        return self.files[0].endswith(".json")


BRAND = Format(
    "brand",
    BrandFile,
    "A brand",
    ("brands/**/*.yaml", "brands/**/*.yml"),
    "One brand and its website. The name of the file is the address of the site.",
)
SECTOR = Format(
    "sector",
    SectorFile,
    "A sector",
    ("sectors/**/*.yaml", "sectors/**/*.yml"),
    "A group of brands, with its health on the heatmap.",
)
PAGE = Format(
    "page",
    FrontMatter,
    "A page",
    ("content/**/*.md",),
    "The head of a Markdown file, between two lines `---`; the text of the page follows. "
    "A page with an intent goes onto the site of the brand that answers it best; "
    "one that names a brand goes onto that brand's site.",
    either=("intent", "brand"),
)
CONFIG = Format(
    "config",
    ConfigFile,
    "The configuration",
    ("omnigrid.yaml",),
    "What holds for the whole portfolio, and where it is published.",
)
PACK = Format(
    "pack",
    PackFile,
    "A template pack",
    ("template_packs/*/pack.yaml",),
    "What a type of site is called, and what it says of itself. The templates stand beside it.",
)
APPROVALS = Format(
    "approvals",
    ApprovalsFile,
    "Approvals",
    ("approvals.yaml",),
    "Who approves of which publish, and until when. Only what is committed counts.",
)
MEASUREMENTS = Format(
    "measurements",
    MeasurementsFile,
    "Measurements",
    (MEASUREMENTS_NAME,),
    "What `omnigrid measure` found out, and what the health of the portfolio is blended from. "
    "Nobody writes it by hand; programs may read it.",
)
FORMATS = (BRAND, SECTOR, PAGE, CONFIG, PACK, APPROVALS, MEASUREMENTS)
