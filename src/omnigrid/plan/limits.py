"""What hosts take: told before anything is pushed, with the host's name and its own number.

docs/hosts/ says for each number when it was looked up. A target may name what its host grants
beyond that: a paid plan, or a server of one's own.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from omnigrid.model.errors import Conflict
from omnigrid.model.limits import Breach, Force, Limit, Measure, Weight
from omnigrid.model.publishing import Destination, Target
from omnigrid.model.targets import HostKind
from omnigrid.plan.pace import GITHUB, host_of

NEAR = 0.8
"""The share of a limit from which on it is told."""
_MEGA, _MEBI = 1_000_000, 1 << 20
_PAGES = "docs.github.com/en/pages/getting-started-with-github-pages/github-pages-limits"
_GIT = "docs.github.com/en/repositories/creating-and-managing-repositories/repository-limits"
_LARGE = "docs.github.com/en/repositories/working-with-files/managing-large-files"
_GITLAB = "docs.gitlab.com/user/gitlab_com"
_CLOUDFLARE = "developers.cloudflare.com/pages/platform/limits"
_NETLIFY = "docs.netlify.com/site-deploys/overview"
_CODEBERG = "blog.codeberg.org/new-storage-limits-on-codeberg-what-you-need-to-know.html"
_LINUX = "PATH_MAX in linux/limits.h"

_GITHUB_GIT = (
    Limit("GitHub", Measure.FILE, 100 * _MEBI, _LARGE),
    Limit("GitHub", Measure.WIDTH, 3_000, _GIT, hard=False),
    Limit("GitHub", Measure.DEPTH, 50, _GIT, hard=False),
)
_OF_KIND: dict[HostKind, tuple[Limit, ...]] = {
    HostKind.GITHUB_PAGES: (
        Limit("GitHub Pages", Measure.SITE, 1_000 * _MEGA, _PAGES),
        *_GITHUB_GIT,
    ),
    HostKind.GITLAB_PAGES: (
        Limit("GitLab Pages", Measure.ENTRIES, 200_000, _GITLAB),
        Limit("GitLab Pages", Measure.SITE, 1_000 * _MEGA, _GITLAB),
    ),
    HostKind.CLOUDFLARE_PAGES: (
        Limit("Cloudflare Pages", Measure.FILES, 20_000, _CLOUDFLARE),
        Limit("Cloudflare Pages", Measure.FILE, 25 * _MEBI, _CLOUDFLARE),
    ),
    HostKind.NETLIFY: (Limit("Netlify", Measure.WIDTH, 54_000, _NETLIFY),),
    HostKind.CODEBERG_PAGES: (
        Limit("Codeberg", Measure.SITE, 750 * _MEBI, _CODEBERG),
        Limit("Codeberg", Measure.SITE, 100 * _MEBI, _CODEBERG, hard=False),
    ),
}
_PATH = Limit("Linux", Measure.PATH, 4_095, _LINUX)
"""What checks the branch out, on the host, cannot open a longer one."""


def limits_of(destination: Destination) -> tuple[Limit, ...]:
    """Return all limits that apply where a destination is: those of its kind, and of its forge."""
    kind = destination.kind
    if kind is HostKind.LOCAL:
        return ()
    found = [*_OF_KIND.get(kind, ()), _PATH]
    if kind is not HostKind.GITHUB_PAGES and host_of(destination) == GITHUB:
        found += _GITHUB_GIT
    granted = destination.rule.limits
    raised: dict[Measure, int] = {}
    if granted is not None and granted.files is not None:
        raised |= {Measure.FILES: granted.files, Measure.ENTRIES: granted.files}
    if granted is not None and granted.megabytes is not None:
        raised[Measure.SITE] = granted.megabytes * _MEGA
    return tuple(_raised(each, raised) for each in found)


def _raised(limit: Limit, raised: dict[Measure, int]) -> Limit:
    if limit.measure not in raised or not limit.hard:
        return limit
    return Limit(
        limit.host, limit.measure, raised[limit.measure], "`limits` of the target", hard=True
    )


def weigh(files: Iterable[tuple[str, int]]) -> Weight:
    """Return a branch in numbers, from its paths and their sizes in bytes."""
    known = list(files)
    paths = [path for path, _ in known]
    sizes = [size for _, size in known]
    entries = Counter(path.rpartition("/")[0] for path in paths)
    folders = {above for folder in entries for above in _and_above(folder)}
    entries.update(folder.rpartition("/")[0] for folder in folders)
    deepest = max(folders, key=lambda folder: folder.count("/"), default="")
    longest = max(paths, key=lambda path: len(path.encode()), default="")
    return Weight(
        files=len(paths),
        folders=len(folders),
        size=sum(sizes),
        largest=max(zip(sizes, paths, strict=True), default=(0, "")),
        widest=max(((n, folder) for folder, n in entries.items()), default=(0, "")),
        deepest=(deepest.count("/") + 1 if deepest else 0, deepest),
        longest=(len(longest.encode()), longest),
    )


def _and_above(folder: str) -> Iterator[str]:
    """Yield a folder and those that it is in; the topmost has no name and is none."""
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]


def breaches_of(limits: Iterable[Limit], weight: Weight) -> tuple[Breach, ...]:
    """Return every limit that is passed, or of which less than a fifth is left."""
    return tuple(_breaches(limits, weight))


def _breaches(limits: Iterable[Limit], weight: Weight) -> Iterator[Breach]:
    for limit in limits:
        found, where = _found(limit.measure, weight)
        if found > limit.most:
            force = Force.REFUSED if limit.hard else Force.ADVISED
            yield Breach(limit, found, force, where)
        elif limit.hard and found > NEAR * limit.most:
            yield Breach(limit, found, Force.NEAR, where)


def _found(measure: Measure, weight: Weight) -> tuple[int, str]:
    return {
        Measure.SITE: (weight.size, ""),
        Measure.FILE: weight.largest,
        Measure.FILES: (weight.files, ""),
        Measure.ENTRIES: (weight.files + weight.folders, ""),
        Measure.WIDTH: weight.widest,
        Measure.DEPTH: weight.deepest,
        Measure.PATH: weight.longest,
    }[measure]


def refuse_over_limits(target: Target) -> None:
    """Raise Conflict where the host would refuse a target, or not serve all of it."""
    refused = [each for each in target.breaches if each.force is Force.REFUSED]
    if not refused:
        return
    raise Conflict(
        f'target "{target.name}" is more than its host takes: '
        + "; ".join(breach_text(each) for each in refused),
        "nothing was pushed: publish less there (`sectors`, `brands`, a repository a sector), or, "
        "where your plan or your own server takes more, say so in the target: "
        "`limits: {files: …}` or `limits: {megabytes: …}`",
    )


def warnings_of(target: Target) -> tuple[str, ...]:
    """Return what is to be said of a target that is published all the same."""
    kept = [f"{path} is somebody else's there and was kept as it is" for path in target.theirs]
    near = [breach_text(b) for b in target.breaches if b.force is not Force.REFUSED]
    return (*kept, *near)


def breach_text(breach: Breach) -> str:
    """Return a breach in words: what was found, where, and the host's number with its source."""
    limit, where = breach.limit, f" ({breach.where})" if breach.where else ""
    says = "takes" if limit.hard else "advises"
    found, most = _amount(limit, breach.found), _amount(limit, limit.most)
    return f"{found} {limit.measure}{where}, {limit.host} {says} at most {most} ({limit.source})"


def _amount(limit: Limit, number: int) -> str:
    if not limit.measure.is_size:
        return f"{number:,}"
    if limit.most % _MEBI == 0:
        unit, name = _MEBI, "MiB"
    else:
        unit, name = (1_000 * _MEGA, "GB") if limit.most >= 1_000 * _MEGA else (_MEGA, "MB")
    return f"{number / unit:,.1f} {name}".replace(".0 ", " ")
