"""Templates that mean harm: what a pack of strangers may hold. Each is refused, at its line."""

# ruff: noqa: E501  (a template stands on one line)

from typing import NamedTuple


class Hostile(NamedTuple):
    """A template, the line at which it is stopped, and what is said."""

    source: str
    line: int = 1
    said: str = ""


def _nested(opening: str, closing: str, times: int) -> str:
    return opening * times + "x" + closing * times


BOMBS = {
    "repeat text": Hostile("\n{{ 'x' * 10**9 }}", 2, "too much"),
    "repeat a list": Hostile("{{ ([1] * 10**9)|length }}"),
    "repeat a tuple": Hostile("{{ (10**9 * (1,))|length }}"),
    "power": Hostile("{{ 9 ** 9999999 }}", 1, "digits"),
    "power of a variable": Hostile("{% set n = 9 %}{{ n ** 999999999 }}", 1, "digits"),
    "squares": Hostile(
        "{% set ns = namespace(n=3) %}\n{% for i in range(99) %}\n{% set ns.n = ns.n * ns.n %}\n{% endfor %}",
        3,
    ),
    "differences": Hostile(
        "{% set ns = namespace(n=3) %}{% for i in range(90000) %}{% set ns.n = ns.n - (0 - ns.n) %}{% endfor %}"
    ),
    "doubling with +": Hostile(
        "{% set ns = namespace(x='ab') %}\n{% for i in range(99) %}\n{% set ns.x = ns.x + ns.x %}\n{% endfor %}",
        3,
    ),
    "doubling with ~": Hostile(
        "{% set ns = namespace(x='ab') %}\n{% for i in range(99) %}\n{% set ns.x = ns.x ~ ns.x %}\n{% endfor %}",
        3,
    ),
    "doubling a list": Hostile(
        "{% set ns = namespace(x=[1]) %}{% for i in range(99) %}{% set ns.x = ns.x + ns.x %}{% endfor %}"
    ),
    "doubling with join": Hostile(
        "{% set ns = namespace(x='ab') %}{% for i in range(99) %}{% set ns.x = [ns.x, ns.x]|join(ns.x) %}{% endfor %}"
    ),
    "doubling with a macro": Hostile(
        "{% macro m(x) %}{{ x }}{{ x }}{% endmacro %}{% set ns = namespace(x='ab') %}"
        "{% for i in range(99) %}{% set ns.x = m(ns.x) %}{% endfor %}"
    ),
    "doubling with set": Hostile(
        "{% set ns = namespace(x='ab') %}{% for i in range(99) %}{% set y %}{{ ns.x }}{{ ns.x }}{% endset %}"
        "{% set ns.x = y %}{% endfor %}"
    ),
    "doubling with replace": Hostile(
        "{% set ns = namespace(x='aa') %}{% for i in range(99) %}{% set ns.x = ns.x|replace('a', ns.x) %}{% endfor %}"
    ),
    "doubling with .replace": Hostile(
        "{% set ns = namespace(x='aa') %}{% for i in range(99) %}{% set ns.x = ns.x.replace('a', ns.x) %}{% endfor %}"
    ),
    "percent width": Hostile("{{ '%999999999d' % 1 }}"),
    "percent precision": Hostile("{{ '%.999999999f' % 1 }}"),
    "percent star": Hostile("{{ '%*d' % (999999999, 1) }}"),
    "percent filter": Hostile("{{ '%999999999s'|format('x') }}"),
    "percent many": Hostile("{% set x = 'y' * 9999 %}{{ ('%(x)s' * 30000)|format(x=x) }}"),
    "percent in a test": Hostile("{{ '%999999999d' is odd }}"),
    "percent in divisibleby": Hostile("{{ '%999999999d' is divisibleby(3) }}"),
    "percent in select": Hostile("{{ ['%999999999d']|select('even')|list }}"),
    "format width": Hostile("{{ '{:999999999}'.format('x') }}"),
    "format nested width": Hostile("{{ '{:{}}'.format('x', 999999999) }}"),
    "format precision": Hostile("{{ '{:.999999999f}'.format(1) }}"),
    "format map": Hostile("{{ '{x:999999999}'.format_map({'x': 1}) }}"),
    "center": Hostile("{{ 'x'.center(10**9) }}"),
    "ljust": Hostile("{{ 'x'.ljust(10**9) }}"),
    "rjust": Hostile("{{ 'x'.rjust(10**9) }}"),
    "zfill": Hostile("{{ 'x'.zfill(10**9) }}"),
    "expandtabs": Hostile("{{ '\\t'.expandtabs(10**9) }}"),
    "encode": Hostile("{{ 'x'.encode('utf-32') }}", 1, "encode"),
    "translate": Hostile("{{ 'x'.translate({120: 'y' * 999}) }}", 1, "translate"),
    "join": Hostile("{{ ('x' * 9999).join(range(90000)|list|map('string')) }}"),
    "join filter": Hostile("{{ range(90000)|join('x' * 9999) }}"),
    "strip": Hostile("{% set x = 'ab' * 900000 %}{{ (x|trim('c' * 900000 ~ x))|length }}"),
    ".strip": Hostile("{% set x = 'a' * 900000 %}{{ x.strip('b' * 900000 + 'a')|length }}"),
    "rfind": Hostile("{% set x = 'a' * 900000 %}{{ x.rfind('b' + 'a' * 400000) }}"),
    "range": Hostile("{% for i in range(10**9) %}{% endfor %}", 1, "range"),
    "range too long for a number": Hostile("{% for i in range(10**99) %}{% endfor %}"),
    "loops": Hostile(
        "{% for i in range(99999) %}\n{% for j in range(99999) %}\n{{ i }}\n{% endfor %}\n{% endfor %}",
        2,
        "too much",
    ),
    "loops with nothing in them": Hostile(
        "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}"
    ),
    "loops with a condition": Hostile(
        "{% for i in range(99999) %}{% for j in range(99999) if false %}{% endfor %}{% endfor %}"
    ),
    "a loop over itself": Hostile(
        "{% for i in range(9) %}{% for j in loop %}{% endfor %}{% endfor %}", 1, "looped"
    ),
    "a recursive loop": Hostile(
        "{% for i in [1] recursive %}{{ loop([i]) }}{% endfor %}", 1, "deep"
    ),
    "a recursive loop that branches": Hostile(
        "{% for i in range(9) recursive %}{% if loop.depth < 20 %}{{ loop(range(9)) }}{% endif %}{% endfor %}"
    ),
    "list": Hostile("{% for i in range(999) %}{% set x = range(99999)|list %}{% endfor %}"),
    "batch": Hostile("{{ [1]|batch(10**9, 'x')|list|length }}"),
    "slice": Hostile("{{ [1]|slice(10**9)|list|length }}"),
    "slices": Hostile(
        "{% set x = 'x' * 9999999 %}{% for i in range(9999) %}{% set y = x[1:] %}{% endfor %}"
    ),
    "groupby": Hostile(
        "{% for i in range(99) %}{{ (range(99999)|groupby(0))|length }}{% endfor %}"
    ),
    "sort": Hostile(
        "{% for i in range(99) %}{{ (range(99999)|sort(reverse=true))|length }}{% endfor %}"
    ),
    "unique": Hostile(
        "{% for i in range(99) %}{{ (range(99999)|unique|list)|length }}{% endfor %}"
    ),
    "sum of lists": Hostile("{{ (range(90000)|batch(1))|sum(start=[])|length }}"),
    "upper": Hostile(
        "{% set x = 'x' * 9999999 %}{% for i in range(999) %}{% set y = x|upper %}{% endfor %}"
    ),
    "title": Hostile(
        "{% set x = 'x ' * 999999 %}{% for i in range(999) %}{% set y = x|title %}{% endfor %}"
    ),
    "truncate": Hostile(
        "{% set x = 'x ' * 999999 %}{% for i in range(999) %}{% set y = x|truncate(9999) %}{% endfor %}"
    ),
    "wordcount": Hostile(
        "{% set x = 'x ' * 999999 %}{% for i in range(999) %}{{ x|wordcount }}{% endfor %}"
    ),
    "urlencode": Hostile(
        "{% set x = '%' * 999999 %}{% for i in range(999) %}{% set y = x|urlencode %}{% endfor %}"
    ),
    "escape": Hostile(
        "{% set x = '&' * 999999 %}{% for i in range(999) %}{% set y = x|e %}{% endfor %}"
    ),
    "split": Hostile(
        "{% set x = 'a ' * 999999 %}{% for i in range(999) %}{% set y = x.split() %}{% endfor %}"
    ),
    "round": Hostile("{{ 1.5|round(10**9, 'ceil') }}", 1, "rounded"),
    "round down": Hostile("{{ 1.5|round(-10**9, 'floor') }}"),
    "int": Hostile("{{ ('9' * 5000)|int }}", 1, "digits"),
    "int of another base": Hostile("{{ ('f' * 999999)|int(base=16) }}", 1, "digits"),
    "a number of 5,000 digits": Hostile("one\n{{ " + "9" * 5000 + " }}", 2, "number"),
    "a float that has no end": Hostile("{{ 1e999999 }}", 1),
    "lists of themselves": Hostile(
        "{% set ns = namespace(x=[1]) %}{% for i in range(60) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}\n{{ ns.x }}",
        2,
    ),
    "lists of themselves, compared": Hostile(
        "{% set a = namespace(x=[1], y=[1]) %}{% for i in range(50) %}{% set a.x = [a.x, a.x] %}"
        "{% set a.y = [a.y, a.y] %}{% endfor %}\n{{ a.x == a.y }}",
        2,
    ),
    "lists of themselves, searched": Hostile(
        "{% set a = namespace(x=[1], y=[1]) %}{% for i in range(50) %}{% set a.x = [a.x, a.x] %}"
        "{% set a.y = [a.y, a.y] %}{% endfor %}\n{{ a.x in [a.y] }}",
        2,
    ),
    "tuples of themselves as a key": Hostile(
        "{% set a = namespace(x=(1,)) %}{% for i in range(50) %}{% set a.x = (a.x, a.x) %}{% endfor %}\n{{ {a.x: 1} }}",
        2,
    ),
    "tuples of themselves, looked up": Hostile(
        "{% set a = namespace(x=(1,)) %}{% for i in range(50) %}{% set a.x = (a.x, a.x) %}{% endfor %}\n{{ {}[a.x] }}",
        2,
    ),
    "tuples of themselves, got": Hostile(
        "{% set a = namespace(x=(1,)) %}{% for i in range(50) %}{% set a.x = (a.x, a.x) %}{% endfor %}\n{{ {}.get(a.x) }}",
        2,
    ),
    "tuples of themselves in dict": Hostile(
        "{% set a = namespace(x=(1,)) %}{% for i in range(50) %}{% set a.x = (a.x, a.x) %}{% endfor %}\n{{ dict([(a.x, 1)]) }}",
        2,
    ),
    "lists of themselves, changed": Hostile(
        "{% set a = namespace(x=[1], y=[1]) %}{% for i in range(50) %}{% set a.x = [a.x, a.x] %}"
        "{% set a.y = [a.y, a.y] %}{% endfor %}\n{% for i in [1, 2] %}{{ loop.changed(a.x) }}{% endfor %}",
        2,
    ),
    "a list deep in itself": Hostile(
        "{% set ns = namespace(x=[]) %}{% for i in range(9000) %}{% set ns.x = [ns.x] %}{% endfor %}\n{{ ns.x }}",
        2,
    ),
    "sets": Hostile("{{ {'a': 1}.keys() - ['b'] }}", 1, "unsupported"),
    "a macro that calls itself": Hostile(
        "{% macro m() %}\n{{ m() }}\n{% endmacro %}\n{{ m() }}", 1, "deep"
    ),
    "a macro that calls itself twice": Hostile(
        "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}\n{{ m(25) }}",
        1,
        "too much",
    ),
    "a macro whose default calls it": Hostile(
        "{% macro m(x=m()) %}{{ x }}{% endmacro %}\n{{ m() }}", 1, "deep"
    ),
    "a caller that calls itself": Hostile(
        "{% macro m() %}{{ caller() }}{% endmacro %}{% macro n() %}{% call m() %}{{ n() }}{% endcall %}{% endmacro %}"
        "\n{{ n() }}",
        1,
        "deep",
    ),
    "a block that is in itself": Hostile(
        "{% block a %}\n{{ self.a() }}\n{% endblock %}", 2, "deep"
    ),
    "many arguments": Hostile(
        "{% macro m() %}{{ varargs|length }}{% endmacro %}{% set x = range(99999)|list %}"
        "{% for i in range(9999) %}{{ m(*x) }}{% endfor %}"
    ),
    "cycler": Hostile(
        "{% set c = cycler(*range(99999)) %}{% for i in range(9999) %}{{ cycler(*range(99999)).next() }}{% endfor %}"
    ),
    "joiner": Hostile(
        "{% set j = joiner('x' * 9999999) %}{{ j() }}{% for i in range(999) %}{{ j() }}{% endfor %}"
    ),
    "much output": Hostile(
        "{% set x %}"
        + "x" * 900
        + "{% endset %}\n{% for i in range(20000) %}\n{{ x }}\n{% endfor %}",
        3,
    ),
    "includes itself": Hostile("\n{% include 'index.html' %}", 1, "deep"),
    "extends itself": Hostile("{% extends 'index.html' %}", 1, "extend"),
    "imports itself": Hostile("{% import 'index.html' as x %}", 1, "deep"),
    "imports itself with context": Hostile(
        "{% import 'index.html' as x with context %}", 1, "deep"
    ),
    "imports a name of itself": Hostile("{% from 'index.html' import x %}", 1, "deep"),
}
"""Small texts that become large, or take long."""

BURIED = {
    "brackets": Hostile("\n{{ " + _nested("(", ")", 100_000) + " }}", 2, "brackets"),
    "lists": Hostile("{{ " + _nested("[", "]", 5_000) + " }}", 1, "brackets"),
    "ifs": Hostile(_nested("{% if 1 %}\n", "{% endif %}", 10_000), 17, "deep"),
    "loops": Hostile(_nested("{% for i in [1] %}", "{% endfor %}", 5_000), 1, "deep"),
    "macros": Hostile(_nested("{% macro m() %}", "{% endmacro %}", 5_000), 1, "deep"),
    "sets": Hostile(_nested("{% set x %}", "{% endset %}", 5_000), 1, "deep"),
    "filters": Hostile(_nested("{% filter upper %}", "{% endfilter %}", 5_000), 1, "deep"),
    "blocks": Hostile("".join(f"{{% block b{i} %}}" for i in range(5_000)), 1, "deep"),
    "withs": Hostile(_nested("{% with %}", "{% endwith %}", 5_000), 1, "deep"),
    "calls": Hostile(_nested("{% call m() %}", "{% endcall %}", 5_000), 1, "deep"),
    "not": Hostile("{{ " + "not " * 20_000 + "1 }}", 1, "too long"),
    "minus": Hostile("{{ " + "-" * 20_000 + "1 }}", 1, "too long"),
    "else": Hostile("{{ " + "1 if 1 else " * 5_000 + "1 }}", 1, "too long"),
    "sums": Hostile("{{ 1" + " + 1" * 5_000 + " }}", 1, "too long"),
    "names": Hostile("{{ a" + ".a" * 9_000 + " }}", 1, "too long"),
    "items": Hostile("{{ a" + "[0]" * 5_000 + " }}", 1, "too long"),
    "chain of filters": Hostile("{{ 1" + "|abs" * 9_000 + " }}", 1, "too long"),
    "ands": Hostile("{{ 1" + " and 1" * 5_000 + " }}", 1, "too long"),
    "elifs": Hostile("{% if 1 %}" + "{% elif 1 %}" * 2_000 + "{% endif %}", 1, "branches"),
    "words": Hostile("{{ " + "1, " * 40_000 + " }}", 1, "words"),
    "names and includes": Hostile(
        "".join(f"{{% set a{i} = 1 %}}" for i in range(3_000))
        + "{% include 'index.html' %}" * 3_000,
        1,
    ),
    "8 MB": Hostile("x" * 8_000_000, 1, "characters"),
}
"""What would exhaust a parser or a compiler."""

ESCAPES = {
    "CVE-2014-1402, a cache that others write": Hostile(
        "{% include '/tmp/__jinja2_x.cache' %}", 1, "x.cache"
    ),
    "CVE-2016-10745, str.format": Hostile("{{ '{0.__class__.__mro__}'.format('') }}"),
    "CVE-2019-10906, str.format_map": Hostile("{{ '{a.__class__}'.format_map({'a': ''}) }}"),
    "CVE-2024-22195, xmlattr": Hostile("{{ {'a b': 1}|xmlattr }}", 1, "xmlattr"),
    "CVE-2024-34064, xmlattr": Hostile("{{ {'a/b': 1}|xmlattr }}", 1, "xmlattr"),
    "CVE-2024-56201, a name that is code": Hostile(
        "\n{% from 'x{__import__(\"os\").abort()}.html' import y %}{{ y }}", 2
    ),
    "CVE-2024-56326, format kept": Hostile(
        "{% set f = '{0.__class__}'.format %}{{ f('') }}", 1, "unsafe"
    ),
    "CVE-2024-56326, format mapped": Hostile(
        "{{ ['{0.__class__.__init__.__globals__}']|map(attribute='format')|map('string')|list }}"
    ),
    "CVE-2025-27516, attr": Hostile("{{ '{0.__class__}'|attr('format') }}", 1, "attr"),
    "class": Hostile("{{ ''.__class__ }}", 1, "unsafe"),
    "class of a brand": Hostile("{{ brand.__class__ }}", 1, "unsafe"),
    "class by item": Hostile("{{ brand['__class__'] }}", 1, "unsafe"),
    "class by a name in escapes": Hostile("{{ ''['\\x5f\\x5fclass\\x5f\\x5f'] }}", 1, "unsafe"),
    "class by a name in wide letters": Hostile("{{ ''['__\uff43lass__'] }}"),
    "class by a joined name": Hostile("{{ ''['__cla' ~ 'ss__'] }}", 1, "unsafe"),
    "subclasses": Hostile("{{ ().__class__.__base__.__subclasses__() }}", 1, "unsafe"),
    "mro": Hostile("{{ dict.mro() }}"),
    "fromkeys": Hostile("{{ dict.fromkeys('x') }}"),
    "globals of a function": Hostile("{{ range.__globals__ }}", 1, "unsafe"),
    "builtins of a function": Hostile("{{ range.__builtins__ }}", 1, "unsafe"),
    "init of a cycler": Hostile("{{ cycler.__init__.__globals__ }}", 1, "unsafe"),
    "init of a namespace": Hostile("{{ namespace.__init__ }}", 1, "unsafe"),
    "attributes of a namespace": Hostile("{{ namespace()._Namespace__attrs }}", 1, "unsafe"),
    "init of a joiner": Hostile("{{ joiner.__init__ }}", 1, "unsafe"),
    "lipsum": Hostile("{{ lipsum.__globals__ }}", 1, "lipsum"),
    "context of self": Hostile("{{ self._TemplateReference__context }}", 1, "unsafe"),
    "self": Hostile("{{ self }}", 1, "no plain data"),
    "init of self": Hostile("{{ self.__init__ }}", 1, "unsafe"),
    "context of a block": Hostile("{% block a %}{{ self.a._context }}{% endblock %}", 1, "unsafe"),
    "stack of super": Hostile("{% block a %}{{ super._stack }}{% endblock %}"),
    "function of a macro": Hostile("{% macro m() %}{% endmacro %}{{ m._func }}", 1, "unsafe"),
    "environment of a macro": Hostile(
        "{% macro m() %}{% endmacro %}{{ m._environment }}", 1, "unsafe"
    ),
    "undefined of a loop": Hostile(
        "{% for i in [1] %}{{ loop._undefined }}{% endfor %}", 1, "unsafe"
    ),
    "iterable of a loop": Hostile(
        "{% for i in [1] %}{{ loop._iterable }}{% endfor %}", 1, "unsafe"
    ),
    "body of a module": Hostile(
        "{% import 'base/404.html' as m %}{{ m._body_stream }}", 1, "unsafe"
    ),
    "name of a module": Hostile("{% import 'base/404.html' as m %}{{ m.__name__ }}", 1, "unsafe"),
    "class of an undefined": Hostile("{{ nothing.__class__ }}", 1, "nothing"),
    "hint of an undefined": Hostile("{{ nothing._undefined_hint }}", 1, "nothing"),
    "map": Hostile("{{ ['']|map(attribute='__class__')|list }}"),
    "sort": Hostile("{{ ['', 'a']|sort(attribute='__class__') }}"),
    "groupby": Hostile("{{ ['']|groupby('__class__') }}"),
    "unique": Hostile("{{ ['']|unique(attribute='__class__')|list }}"),
    "max": Hostile("{{ ['', '']|max(attribute='__class__') }}"),
    "join": Hostile("{{ ['']|join(attribute='__class__') }}"),
    "sum": Hostile("{{ ['']|sum(attribute='__class__') }}"),
    "selectattr": Hostile("{{ ['']|selectattr('__class__')|list }}"),
    "rejectattr": Hostile("{{ ['']|rejectattr('__class__.__mro__')|list }}"),
    "fields": Hostile("{{ ([1]|groupby(0))[0]._fields }}"),
    "a frame": Hostile("{{ ([1]|map('string')).gi_frame }}"),
    "a frame of a coroutine": Hostile("{{ ([1]|map('string')).cr_frame }}"),
    "request": Hostile("{{ request|attr('application') }}", 1, "attr"),
    "config": Hostile("{{ config.items() }}", 1, "config"),
    "a method that changes": Hostile("{{ brand.update({'name': 'x'}) }}"),
    "a method that takes away": Hostile("{{ brand.keywords.pop() }}"),
    "a method that adds": Hostile("{{ [].append(1) }}"),
    "a method that sorts": Hostile("{{ brand.keywords.sort() }}"),
    "setting a value": Hostile("{% set brand.name = 'x' %}", 1, "namespace"),
    "setting the pack": Hostile("{% set pack.id = 'x' %}", 1, "namespace"),
    "a function": Hostile("{{ range }}", 1, "no plain data"),
    "a function in a list": Hostile("{{ [dict] }}", 1, "no plain data"),
    "a function, joined": Hostile("{{ [dict]|join }}", 1, "no plain data"),
    "a function as text": Hostile("{{ range|string }}", 1, "no plain data"),
    "a function and text": Hostile("{{ range ~ '' }}", 1, "no plain data"),
    "a function, formatted": Hostile("{{ '%s' % range }}", 1, "no plain data"),
    "a function, put in": Hostile("{{ '{}'.format(range) }}", 1, "no plain data"),
    "a function, represented": Hostile("{{ '{!r}'.format(range) }}", 1, "no plain data"),
    "a function, in capitals": Hostile("{{ range|upper }}", 1, "no plain data"),
    "a loop": Hostile("{% for i in [1] %}{{ loop }}{% endfor %}", 1, "no plain data"),
    "a method": Hostile("{{ ''.upper }}", 1, "unsafe"),
    "half a character": Hostile("{{ '%c' % 55296 }}"),
    "half a character, formatted": Hostile("{{ '{:c}'.format(55296) }}"),
    "half a character, written": Hostile("{{ '\\ud800' }}"),
    "no escaping": Hostile(
        "{% autoescape false %}{{ brand.name }}{% endautoescape %}", 1, "autoescape"
    ),
    "safe": Hostile("{{ brand.name|safe }}", 1, "safe"),
    "a file above": Hostile("\n{% include '../plain/index.html' %}", 2, "../plain"),
    "a file of another pack": Hostile("{% include 'other/index.html' %}", 1, "other"),
    "a file anywhere": Hostile("{% include '/etc/passwd' %}", 1, "passwd"),
    "a file by a made name": Hostile("{% include brand.id ~ '.html' %}", 1, "TST-001.html"),
    "a file above the base": Hostile("{% extends 'base/../../pack.yaml' %}", 1, "pack.yaml"),
    "a number as a name": Hostile("{% include 5 %}", 1, "int"),
    "a list of names": Hostile("{% include ['/etc/passwd', 'a.html'] %}", 1, "passwd"),
    "debug": Hostile("{% debug %}", 1, "debug"),
    "a body that is kept": Hostile(
        "{% include 'base/404.html' without context %}", 1, "without context"
    ),
}
"""Ways out of a sandbox, by the names of those who were found out of it."""

SIGNS = {
    "text that runs backwards": Hostile("one\ntwo \u202e drawkcab", 2, "U+202E"),
    "text that runs backwards in a tag": Hostile("{{ '\u2067' }}", 1, "U+2067"),
    "a space without width": Hostile("{% include 'ba\u200bse/404.html' %}", 1, "U+200B"),
    "a soft hyphen": Hostile("soft\u00adhyphen", 1, "U+00AD"),
    "NUL": Hostile("one\r\ntwo\r\n\x00", 3, "U+0000"),
    "escape": Hostile("\x1b[31m", 1, "U+001B"),
    "a BOM that is not the first": Hostile("one\ufeff", 1, "U+FEFF"),
    "a line separator": Hostile("one\u2028two", 1, "U+2028"),
}
"""Signs that cannot be seen, or make a line look like another."""
