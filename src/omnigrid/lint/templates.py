"""The templates that a pack can use, parsed: its own, its overrides, those of the shared base."""

from functools import lru_cache
from typing import NamedTuple

from jinja2 import Environment, TemplateSyntaxError, meta, nodes

from omnigrid.lint.sources import SourceText
from omnigrid.model.findings import Finding, Place
from omnigrid.model.names import SourcePath
from omnigrid.model.packs import Pack
from omnigrid.render.environment import BASE_PREFIX, PackFault, pack_environment

ENTRIES = ("index.html", "page.html", "404.html")
"""The templates that pages are made with."""


class Parsed(NamedTuple):
    """A template: what it is called, its text, its parts. ``own``: written for this portfolio."""

    name: str
    source: SourceText
    tree: nodes.Template
    own: bool


class Shared(NamedTuple):
    """The templates of the base, and the names that its pages see."""

    templates: dict[str, Parsed]
    names: frozenset[str]


@lru_cache(maxsize=4)
def shared_templates(base: Pack) -> Shared:
    """Return what packs share; nobody looks for faults there."""
    environment, found, names = pack_environment(base, base), {}, set()
    for file, data in base.files.items():
        if file.endswith(".html"):
            source = SourceText(SourcePath(f"omnigrid/{BASE_PREFIX}{file}"), data.decode())
            tree = environment.parse(source.text, file)
            found[BASE_PREFIX + file] = Parsed(BASE_PREFIX + file, source, tree, own=False)
            # From the text: to look for its names changes a tree.
            names |= meta.find_undeclared_variables(environment.parse(source.text, file))
    return Shared(found, frozenset(names - environment.globals.keys()))


class Templates:
    """Finds templates by name; those that cannot be parsed are findings."""

    def __init__(self, pack: Pack, base: Pack) -> None:
        self._pack, self._base = pack, base
        self.environment: Environment = pack_environment(pack, base)
        self._known: dict[str, Parsed | None] = {}
        self.faults: list[Finding] = []

    def entry(self, name: str) -> str:
        """Return which template pages of a kind are made with: the pack's, or the shared one."""
        return name if name in self._pack.files else BASE_PREFIX + name

    @property
    def shared_names(self) -> frozenset[str]:
        """The names that the pages of the base see."""
        return shared_templates(self._base).names

    def own(self) -> list[str]:
        """Return the names of the pack's templates, and of what replaces some of them."""
        return [name for name in sorted(self._pack.files) if name.endswith(".html")]

    def names(self) -> list[str]:
        """Return every name that a template may give."""
        shared = [BASE_PREFIX + name for name in self._base.files if name.endswith(".html")]
        return [*self.own(), *sorted(shared)]

    def exists(self, name: str) -> bool:
        """Whether there is such a file."""
        if name.startswith(BASE_PREFIX):
            return name.removeprefix(BASE_PREFIX) in self._base.files
        return name in self._pack.files

    def get(self, name: str) -> Parsed | None:
        """Return a template; None where there is none, or it cannot be parsed."""
        if name not in self._known:
            self._known[name] = self._parse(name) if self.exists(name) else None
        return self._known[name]

    def _parse(self, name: str) -> Parsed | None:
        if name.startswith(BASE_PREFIX):
            return shared_templates(self._base).templates.get(name)
        path = self._pack.source_of(name)
        try:
            source = SourceText(path, self._pack.files[name].decode())
        except UnicodeDecodeError:
            return None  # The check of files says so.
        try:
            tree = self.environment.parse(source.text, name)
            self._compile(tree, source, name)
        except TemplateSyntaxError as error:
            self._fault(source, error.lineno, error.message or "it cannot be read")
        except PackFault as error:
            self._fault(source, error.line, str(error))
        except (RecursionError, MemoryError, SyntaxError, ValueError, OverflowError):
            self._fault(source, 1, "it is nested too deeply, or has a number that is too large")
        else:
            return Parsed(name, source, tree, not path.startswith("omnigrid/"))
        return None

    def _compile(self, tree: nodes.Template, source: SourceText, name: str) -> None:
        """Raise what Jinja2 and Python have against a template; names of filters are told apart."""
        filters = {each.name for each in tree.find_all(nodes.Filter)}
        tests = {each.name for each in tree.find_all(nodes.Test)}
        if filters <= self.environment.filters.keys() and tests <= self.environment.tests.keys():
            # From the text: to compile a tree changes it.
            compile(self.environment.compile(source.text, name, raw=True), name, "exec")

    def _fault(self, source: SourceText, line: int, message: str) -> None:
        place = Place(source.path, span=source.whole_line(max(line, 1)))
        hint = "Jinja2 cannot read the template from here on; look at the braces before it"
        self.faults.append(Finding("OG416", f"the template has a mistake: {message}", place, hint))
