"""What a field of a file may hold: texts and numbers, each with what a hint calls it."""

from typing import Annotated

from msgspec import Meta, Struct

from omnigrid.model.names import BrandId, PackId, SectorId


class Shape(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base of the shape of every file, and of every part of one: frozen, no unknown key."""


Text = Annotated[str, Meta(min_length=1, max_length=2000)]
Line = Annotated[str, Meta(min_length=1, max_length=200, pattern=r"^[^\n]*$")]
Colour = Annotated[
    str, Meta(pattern=r"^#[0-9a-fA-F]{6}$", description='a colour such as "#0b7285"')
]
WebAddress = Annotated[
    str,
    Meta(
        pattern=r"""^https?://[A-Za-z0-9][A-Za-z0-9.-]*(:[0-9]+)?(/[^\s"'<>\\]*)?$""",
        description="a web address that begins with https://",
    ),
]
Domain = Annotated[
    str,
    Meta(
        pattern=r"^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$",
        description="a domain in lower case such as actuary.example",
    ),
]
Email = Annotated[
    str,
    Meta(pattern=r"""^[^@\s<>"']+@[^@\s<>"']+\.[a-zA-Z]{2,}$""", description="an e-mail address"),
]
Percent = Annotated[float, Meta(ge=0, le=100, description="a number from 0 to 100")]
Whole = Annotated[int, Meta(ge=0, le=100, description="a whole number from 0 to 100")]
Same = Annotated[tuple[Line, ...], Meta(min_length=2)]
NiceClass = Annotated[int, Meta(ge=1, le=45, description="a Nice class, 1 to 45")]
BrandIdText = Annotated[
    BrandId, Meta(pattern=r"^[A-Z]{2,6}-[0-9]{3,7}$", description="an id such as FAA-001")
]
NameId = r"^[A-Za-z][A-Za-z0-9_]{0,63}$"
SectorIdText = Annotated[
    SectorId, Meta(pattern=NameId, description="an id such as Legal_Tech_Compliance")
]
PackIdText = Annotated[PackId, Meta(pattern=NameId, description="an id such as ip_tracking")]
LanguageTag = Annotated[
    str,
    Meta(
        pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
        description="a language tag such as en or pt-BR (BCP 47)",
    ),
]
Logo = Annotated[
    str,
    Meta(
        pattern=r"^(?!.*\.\.)[A-Za-z0-9][A-Za-z0-9._/-]*\.(svg|png|jpg|jpeg|webp)$",
        description="the path of an svg, png, jpg or webp file in the portfolio",
    ),
]
BranchName = Annotated[
    str,
    Meta(
        pattern=r"^(?!.*(\.\.|//|@\{|\.lock$))[A-Za-z0-9][A-Za-z0-9._/-]{0,98}[A-Za-z0-9]$",
        description="a branch name such as main",
    ),
]
ForgeAddress = Annotated[
    str,
    Meta(
        max_length=200,
        pattern=r"^https://[A-Za-z0-9][A-Za-z0-9.-]*(:[0-9]+)?(/[A-Za-z0-9_][A-Za-z0-9._-]*){2,8}$",
        description="a repository's web address such as https://github.com/owner/name",
    ),
]
Variable = Annotated[
    str,
    Meta(
        pattern=r"^[A-Z][A-Z0-9_]{0,99}$",
        description="the name of an environment variable such as HOSTING_TOKEN",
    ),
]
