"""Domains of targets: each is a name that a browser takes, and leads to whom it belongs."""

import re
from collections.abc import Iterable, Iterator

from omnigrid.model.findings import Finding, Place
from omnigrid.model.names import Slug, SourcePath
from omnigrid.model.portfolio import Portfolio
from omnigrid.model.publishing import Destination
from omnigrid.model.tree import CONFIG_NAME

_DOMAIN = re.compile(
    r"(?=.{4,253}\Z)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]"
)
"""As brands have them; the last part may also be that of a domain with other letters, xn--p1ai."""


def domain_findings(destinations: Iterable[Destination], portfolio: Portfolio) -> Iterator[Finding]:
    """Yield each domain that is none, that belongs to a brand which is not what stands there, or
    that two targets give to different sites."""
    numbers = {rule.name: number for number, rule in enumerate(portfolio.config.targets)}
    owners = {brand.domain: brand.slug for brand in portfolio.brands if brand.domain}
    holders: dict[str, Destination] = {}
    for each in destinations:
        if each.domain is None:
            continue
        key = "domain" if each.rule.domain else "name"
        place = Place(SourcePath(CONFIG_NAME), ("targets", numbers[each.rule.name], key))
        if not _DOMAIN.fullmatch(each.domain):
            yield _no_domain(each, place)
        elif each.domain in owners and not _is_alone(each, owners[each.domain]):
            yield _of_another(each, owners[each.domain], place)
        elif _sites(holders.setdefault(each.domain, each)) != _sites(each):
            yield _shared(holders[each.domain], each, place)


def _is_alone(destination: Destination, slug: Slug) -> bool:
    return set(destination.folders or ()) == {slug}


def _sites(destination: Destination) -> object:
    """What stands there: a mirror may have the same domain, to take over when it has to."""
    return destination.folders or destination.folder


def _no_domain(destination: Destination, place: Place) -> Finding:
    return Finding(
        "OG505",
        f'target "{destination.name}" would be served at a domain that there cannot be',
        place,
        "write it in lower case without https:// and without a path, such as "
        "{brand.slug}.brands.example; other letters than a to z as their xn-- form",
    )


def _of_another(destination: Destination, slug: Slug, place: Place) -> Finding:
    return Finding(
        "OG505",
        f'the domain of target "{destination.name}" is that of brand {slug}, and more or something '
        "else stands there",
        place,
        f"give the target another domain, or the brand {slug} a repository of its own",
    )


def _shared(one: Destination, other: Destination, place: Place) -> Finding:
    return Finding(
        "OG505",
        f'targets "{one.name}" and "{other.name}" have different sites and one domain, '
        f"{other.domain}",
        place,
        "name the brand or the sector in the domain, such as {brand.slug}.brands.example",
    )
