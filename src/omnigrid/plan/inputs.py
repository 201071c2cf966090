"""The inputs of jobs: named digests, known before anything is rendered."""

from collections.abc import Iterator

from omnigrid.model.digests import digest_value
from omnigrid.model.names import Digest, PackId
from omnigrid.model.packs import BASE_PACK, PORTFOLIO_PACK, Packs
from omnigrid.model.plan import PLAIN, Edition, Input
from omnigrid.model.portfolio import Brand, Sector
from omnigrid.model.tree import CONFIG_NAME
from omnigrid.model.views import View
from omnigrid.plan.views import Views


class Inputs:
    """Makes inputs; those that many jobs share are made once."""

    def __init__(self, views: Views, packs: Packs, renderer: str, edition: Edition = PLAIN) -> None:
        self.views, self.release = views, edition.is_release
        sites, sectors = views.sites, views.portfolio.sectors
        self._renderer = (Input("renderer", digest_value(renderer), renderer),)
        released = Input("release", digest_value(edition), f"--release, {edition.minifier}")
        # Of pages alone: data are the same in every edition.
        self._pages = (*self._renderer, released) if self.release else self._renderer
        self._packs = {
            pack_id: _pack_input(pack_id, pack.digest) for pack_id, pack in packs.items()
        }
        self._shared = tuple(Input(n, d, CONFIG_NAME) for n, d in sites.shared_digests.items())
        common = (*self._shared, *self.packs(BASE_PACK))
        self._common = "".join(each.digest for each in common)
        self._sectors = {
            s.id: Input("sector", sites.sector_digests[s.id], s.source) for s in sectors
        }

    def of_site(self, brand: Brand) -> tuple[Input, ...]:
        sites = self.views.sites
        pages = sites.pages_of(brand)
        origin = ", ".join([page.source for page in pages]) or "content/ (none matches)"
        return (
            Input("brand", brand.digest, brand.source),
            self._sectors[brand.sector],
            *self._shared,
            Input("pages", sites.pages_digest(brand), origin),
            Input("related", sites.related_digest(brand), "other brands of the sector"),
            *self.packs(brand.template, BASE_PACK),
        )

    def family_state(self, sector: Sector) -> Digest:
        """Return the digest of the inputs of a sector's sites; equal ones, equal inputs."""
        sites, family = self.views.sites, self.views.families.of(sector.id)
        brands = [f"{brand.digest} {brand.id}" for brand in family]
        pages = [[page.digest for page in sites.pages_by_brand[brand.id]] for brand in family]
        used = dict.fromkeys([brand.template for brand in family])
        packs = {pack: self._packs[pack].digest for pack in used}
        names = [self.views.portfolio.packs[pack].name for pack in used]
        label = self._sectors[sector.id].digest
        return digest_value([brands, pages, label, packs, names, self._common])

    def state(self, brand: Brand) -> tuple[str, ...]:
        """Return the digests of a site's inputs; equal ones, equal inputs."""
        sites = self.views.sites
        return (
            brand.digest,
            self._sectors[brand.sector].digest,
            sites.pages_digest(brand),
            sites.related_digest(brand),
            self._packs[brand.template].digest,
            self._common,
        )

    def packs(self, *packs: PackId) -> Iterator[Input]:
        """Yield what a job's templates and its renderer are; without packs it makes data."""
        yield from (self._packs[pack_id] for pack_id in packs)
        yield from self._pages if packs else self._renderer

    def of_view(self, view: View, origin: str, *packs: PackId) -> tuple[Input, ...]:
        """Return the inputs of a job whose view is small: each of its fields."""
        fields = view.__struct_fields__
        named = (Input(name, digest_value(getattr(view, name)), origin) for name in fields)
        return (*named, *self.packs(*packs))


def _pack_input(pack_id: PackId, digest: Digest) -> Input:
    builtin = pack_id in {BASE_PACK, PORTFOLIO_PACK}
    origin = "omnigrid's own templates" if builtin else f"template_packs/{pack_id}/"
    return Input(f"pack {pack_id}", digest, origin)
