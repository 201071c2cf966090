"""The sandbox: plain data, and for each kind of value the names that a template may ask it for.

What is not listed here is refused, so that nothing needs to be known of ways out of Jinja2's own.
Methods are called by their name and are no values: no template can print or keep one.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from jinja2 import Template, TemplateSyntaxError, nodes
from jinja2.environment import TemplateModule
from jinja2.filters import _GroupTuple
from jinja2.runtime import (
    BlockReference,
    Context,
    LoopContext,
    Macro,
    TemplateReference,
    Undefined,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Cycler, Joiner, Namespace, missing
from markupsafe import Markup

from omnigrid.render.compile import PackGenerator
from omnigrid.render.limits import PARENTS, LimitReached, PackFault
from omnigrid.render.meter import Meter
from omnigrid.render.methods import METHODS
from omnigrid.render.operators import OPERATORS, Operators
from omnigrid.render.printing import Printer, escape_text
from omnigrid.render.source import check_source, check_tree

_LOOP = "depth depth0 first index index0 last length nextitem previtem revindex revindex0"
_ATTRIBUTES: dict[type, frozenset[str]] = {
    LoopContext: frozenset(_LOOP.split()),
    Cycler: frozenset({"current"}),
    BlockReference: frozenset({"super"}),
    Macro: frozenset({"name", "arguments", "caller"}),
    _GroupTuple: frozenset({"grouper", "list"}),
}
_INDEXED = frozenset({list, tuple, str, Markup, range, _GroupTuple})
_NAMING = frozenset({Namespace, TemplateReference})
_STEPPING: dict[type, frozenset[str]] = {
    LoopContext: frozenset({"changed", "cycle"}),
    Cycler: frozenset({"next", "reset"}),
}
"""Methods of what goes round."""
_CALLED = frozenset({Macro, BlockReference, LoopContext, Joiner})

# What a macro printed is escaped already; this is ``Markup(text)`` without its questions.
_markup: Callable[[str], Markup] = partial(str.__new__, Markup)


def _called(macro: Macro, args: tuple[Any, ...]) -> Markup | None:
    """Return what a macro makes of arguments without names; None where it takes others as well.

    What most calls are: they need nothing of what Jinja2 does for the others.
    """
    absent = macro._argument_count - len(args)
    if absent < 0 or macro.caller or macro.catch_varargs or macro.catch_kwargs:
        return None
    return _markup(macro._func(*args, *(missing,) * absent) if absent else macro._func(*args))


class PackTemplate(Template):
    """A template, whose pages are counted while it prints them."""

    def page(self, shown: dict[str, Any]) -> bytes:
        """Return a page as UTF-8, from what it may show."""
        environment: PackEnvironment = self.environment  # type: ignore[assignment]
        pieces = self.root_render_func(self.new_context(shown))
        try:
            made = environment.printer.page(f"{self.name}", pieces)
        except Exception:
            environment.handle_exception()
        # Each on its own: one "™" makes a joined page wide, and slow to join and to encode.
        return b"".join(map(str.encode, made))

    def render(self, *args: Any, **kwargs: Any) -> str:
        """Return a page as text."""
        return self.page(dict(*args, **kwargs)).decode()


class PackEnvironment(ImmutableSandboxedEnvironment):
    """Compiles and runs templates; each step that they take is told to ``meter``."""

    # Not among the others, of which there are so many that Python would look for each anew.
    __slots__ = ("_called", "_templates", "escape_output", "meter", "operators", "printer")
    code_generator_class = PackGenerator
    joined = "".join
    escape_text = staticmethod(escape_text)
    template_class = PackTemplate
    intercepted_binops = frozenset(OPERATORS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meter = Meter()
        self.printer = Printer(self.meter)
        self.escape_output = self.printer.escape_output()
        self.operators = Operators(self.meter)
        self._templates: dict[str, PackTemplate] = {}

    def offer(
        self, filters: dict[str, Any], tests: dict[str, Any], functions: dict[str, Any]
    ) -> None:
        """Let templates use these, and no others."""
        self.filters, self.tests, self.globals = filters, tests, functions
        self._called = {id(each) for each in functions.values()}

    # -- Templates: what is refused before they run

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        check_source(self, source, name, filename)
        tree = super()._parse(source, name, filename)
        check_tree(tree, name, filename)
        return tree

    def compile(self, source: Any, name: str | None = None, *args: Any, **kwargs: Any) -> Any:
        """Return a template's code. Raises TemplateSyntaxError, or PackFault where Python refuses
        what was made of it."""
        try:
            return super().compile(source, name, *args, **kwargs)
        except (TemplateSyntaxError, PackFault):
            raise
        except Exception as error:  # Neither compiler is made for any text: Jinja2's asserts.
            raise PackFault(name or "", 1, f"the template cannot be compiled: {error}") from None

    def get_template(self, name: Any, *args: Any, **kwargs: Any) -> PackTemplate:
        """Return a template; its code counts once a site."""
        if not isinstance(name, str):
            raise LimitReached("the name of a template is a text")
        template = self._templates.get(name)
        if template is None:
            made: Any = super().get_template(name, *args, **kwargs)
            template = self._templates[name] = made
        root: Any = template.root_render_func
        self.meter.load(name, root.code)
        return template

    def make_globals(self, d: Any) -> dict[str, Any]:
        """Return what every template may use: Jinja2 looks for each of it anew, page by page."""
        return {**self.globals, **(d or {})}

    def count_parent(self, context: Any) -> None:
        """Count the templates that extend one another."""
        context.parents = getattr(context, "parents", 0) + 1
        if context.parents > PARENTS:
            raise LimitReached(f"more than {PARENTS} templates extend one another")

    def module(self, name: Any, parent: str | None) -> TemplateModule:
        """Return the macros and values of a template; made anew where they may remember a site."""
        template = self.get_template(name, parent)
        root: Any = template.root_render_func
        if not root.pure:
            return template.make_module({})
        steps = self.meter.steps  # So that the first site to import it pays as the others do.
        module = template._get_default_module()
        self.meter.steps = steps
        self.meter.burn(1)
        return module

    # -- Values

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return a value of plain data by its key, or what its kind is listed to have."""
        kind = type(obj)
        if kind is dict:
            if attribute in obj:
                return obj[attribute]
            if attribute[:1] != "_":
                return self.undefined(obj=obj, name=attribute)
            return self.unsafe_undefined(obj, attribute)
        if kind is TemplateModule:
            exported = obj.__dict__
            hidden = attribute not in exported or attribute[:1] == "_"
            return self._absent(obj, attribute) if hidden else exported[attribute]
        if attribute in _ATTRIBUTES.get(kind, ()):
            return getattr(obj, attribute)
        return self._named(obj, attribute)

    def _named(self, obj: Any, name: str) -> Any:
        """Return what a template itself has given a name: a value of a namespace, a block."""
        if isinstance(obj, Undefined):
            obj._fail_with_undefined_error()
        if name[:1] != "_" and type(obj) in _NAMING:
            try:
                return getattr(obj, name) if type(obj) is Namespace else obj[name]
            except (AttributeError, LookupError):
                pass
        return self._absent(obj, name)

    def _absent(self, obj: Any, name: str) -> Undefined:
        if name[:1] == "_" or name in METHODS.get(type(obj), ()):
            return self.unsafe_undefined(obj, name)
        return self.undefined(obj=obj, name=name)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return an item of plain data; otherwise as ``getattr``."""
        kind = type(obj)
        if type(argument) is not str and type(argument) is not int:
            self.meter.seen(argument)
        if kind is dict or kind in _INDEXED:
            try:
                return obj[argument]
            except (TypeError, LookupError):
                pass
        if isinstance(argument, str):
            return self.getattr(obj, argument)
        return self.undefined(obj=obj, name=argument)

    # -- Calls

    def call_method(self, obj: Any, name: str, /, *args: Any, **kwargs: Any) -> Any:
        """Call a macro of a module, or a method that is listed for a kind of value."""
        kind = type(obj)
        if kind is TemplateModule:
            macro = obj.__dict__.get(name)
            if type(macro) is Macro and not kwargs and name[:1] != "_":
                made = _called(macro, args)
                return macro(*args) if made is None else made
            return self.call(None, self.getattr(obj, name), *args, **kwargs)
        if kind in METHODS and name in METHODS[kind]:
            return METHODS[kind][name](self.meter, obj, *args, **kwargs)
        if name in _STEPPING.get(kind, ()):
            self.meter.seen(args)
            return getattr(obj, name)(*args, **kwargs)
        return self.call(None, self.getattr(obj, name), *args, **kwargs)

    def call(self, _context: Context | None, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call a macro, or one of the few other things that can be called."""
        kind = type(obj)
        if kind is Macro:
            made = None if kwargs else _called(obj, args)
            return obj(*args, **kwargs) if made is None else made
        if kind in _CALLED:
            return self._nested(obj, args, kwargs)
        if isinstance(obj, Undefined):
            obj._fail_with_undefined_error()
        if id(obj) not in self._called:
            raise LimitReached(f"a value of the kind {kind.__name__} cannot be called")
        for each in args:
            self.meter.seen(each)
        return obj(*args, **kwargs)

    def _nested(self, obj: Any, args: Any, kwargs: Any) -> Any:
        self.meter.enter(1)
        if type(obj) is LoopContext:
            self.meter.loop(args[0] if args else kwargs.get("iterable"), 1)
        found = obj(*args, **kwargs)
        self.meter.depth -= 1
        return found
