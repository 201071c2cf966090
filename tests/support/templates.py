"""Any template: expressions and tags that fit together, and some that do not."""

from hypothesis import strategies as st

from omnigrid.render.methods import METHODS
from omnigrid.render.tables import pack_filters, pack_globals, pack_tests

_NAMES = ["brand", "pages", "x", "ns", "loop", "self", "m", "super", "caller", "varargs", "nothing"]
_FIELDS = ["name", "keywords", "items", "x", "__class__", "_x", "next", "index", "format", "first"]
_VALUES = [
    "0",
    "1",
    "-1",
    "99",
    "99999",
    "10**9",
    "1.5",
    "true",
    "none",
    "'a'",
    "'<&>'",
    "'%s %9d'",
]
_LARGE = ["'{:9}'", "'ab' * 9", "range(9)", "[]", "{}", "()", "'\\t'", "'__class__'", "9" * 30]
_OPERATORS = "+ - * / // % ** ~ == != < > in and or".split()
_FILTERS = [*pack_filters(), "plain", "long_date", "letters", "readable_on", "seed", "tojson"]
_TESTS = [*pack_tests(), "filter"]
_METHODS = sorted({name for methods in METHODS.values() for name in methods} | {"up", "encode"})

_simple = st.sampled_from([*_NAMES, *_VALUES, *_LARGE, *pack_globals()])


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    arguments = st.lists(inner, max_size=3).map(", ".join)
    return st.one_of(
        st.tuples(inner, st.sampled_from(_OPERATORS), inner).map(lambda t: f"({' '.join(t)})"),
        st.tuples(inner, st.sampled_from(_FIELDS)).map(".".join),
        st.tuples(inner, inner).map(lambda t: f"{t[0]}[{t[1]}]"),
        st.tuples(inner, inner, inner).map(lambda t: f"{t[0]}[{t[1]}:{t[2]}]"),
        st.tuples(inner, arguments).map(lambda t: f"{t[0]}({t[1]})"),
        st.tuples(inner, st.sampled_from(_METHODS), arguments).map(
            lambda t: f"{t[0]}.{t[1]}({t[2]})"
        ),
        st.tuples(inner, st.sampled_from(_FILTERS), arguments).map(
            lambda t: f"({t[0]}|{t[1]}({t[2]}))"
        ),
        st.tuples(inner, st.sampled_from(_FILTERS)).map(lambda t: f"({t[0]}|{t[1]})"),
        st.tuples(inner, st.sampled_from(_TESTS)).map(lambda t: f"({t[0]} is {t[1]})"),
        st.tuples(inner, inner, inner).map(lambda t: f"({t[0]} if {t[1]} else {t[2]})"),
        arguments.map(lambda t: f"[{t}]"),
        st.tuples(inner, inner).map(lambda t: f"{{{t[0]}: {t[1]}}}"),
    )


_expressions = st.recursive(_simple, _grown, max_leaves=6)
_texts = st.sampled_from(["a", "\n", "<p>", "{{", "%}", "{% endfor %}", "{# #}", "\r\n", "\u202e"])


def _tagged(body: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    names = st.sampled_from(["x", "m", "ns", "a"])
    return st.one_of(
        st.tuples(body, body).map("".join),
        st.tuples(_expressions, body).map(lambda t: f"{{% if {t[0]} %}}{t[1]}{{% endif %}}"),
        st.tuples(names, _expressions, body).map(
            lambda t: f"{{% for {t[0]} in {t[1]} %}}{t[2]}{{% endfor %}}"
        ),
        st.tuples(_expressions, body).map(
            lambda t: f"{{% for x in {t[0]} recursive %}}{t[1]}{{{{ loop(x) }}}}{{% endfor %}}"
        ),
        st.tuples(names, body, _expressions).map(
            lambda t: f"{{% macro {t[0]}(x=1) %}}{t[1]}{{% endmacro %}}{{{{ {t[0]}({t[2]}) }}}}"
        ),
        st.tuples(names, body).map(lambda t: f"{{% set {t[0]} %}}{t[1]}{{% endset %}}"),
        st.tuples(names, body).map(lambda t: f"{{% block {t[0]} %}}{t[1]}{{% endblock %}}"),
        st.tuples(st.sampled_from(_FILTERS), body).map(
            lambda t: f"{{% filter {t[0]} %}}{t[1]}{{% endfilter %}}"
        ),
        st.tuples(_expressions, body).map(lambda t: f"{{% call {t[0]}() %}}{t[1]}{{% endcall %}}"),
        st.tuples(_expressions, body).map(
            lambda t: f"{{% with x = {t[0]} %}}{t[1]}{{% endwith %}}"
        ),
    )


_leaves = st.one_of(
    _texts,
    _expressions.map(lambda each: f"{{{{ {each} }}}}"),
    st.tuples(st.sampled_from(["x", "ns.x"]), _expressions).map(
        lambda t: f"{{% set {t[0]} = {t[1]} %}}"
    ),
    st.sampled_from(["include", "extends", "import"]).flatmap(
        lambda tag: _expressions.map(
            lambda each: f"{{% {tag} {each} {'as x ' if tag == 'import' else ''}%}}"
        )
    ),
)


def templates() -> st.SearchStrategy[str]:
    """Return the texts of templates that use all that there is."""
    start = "{% set ns = namespace(x=[]) %}"
    return st.recursive(_leaves, _tagged, max_leaves=6).map(lambda body: f"{start}{body}")
