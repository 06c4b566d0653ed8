"""Every name has one definition: what two files both define in one namespace is whichever the linker meets first."""

from collections import defaultdict
from pathlib import Path

import pytest
from cpp_definitions import definitions
from test_layers import ROOT, tracked


def place_of(path: str) -> str:
    """The lanes of one instruction set stand in place of those of another: one of these headers is compiled at a time."""
    stem = Path(path).stem
    return "lanes_*" if stem.startswith("lanes_") else path


def defined_twice(files: dict[str, str]) -> dict[str, list[str]]:
    """Names that several files define, or one file several times, with these files."""
    places = defaultdict(list)
    for path, text in files.items():
        for found in definitions(text):
            places[found.name, path if found.local else ""].append(path)
    twice = {}
    for (name, _), found in places.items():
        lanes = {path for path in found if place_of(path) != path}
        if len(found) > max(1, len(lanes)):
            twice[name] = found
    return twice


def sources() -> dict[str, str]:
    paths = [p for p in tracked("include", "src", "python/bindings") if p.suffix in {".hpp", ".tpp", ".cpp"}]
    return {str(path.relative_to(ROOT)): path.read_text() for path in paths}


def test_every_name_has_one_definition():
    assert not defined_twice(sources())


def test_the_reader_sees_what_is_there():
    found = {d.name for text in sources().values() for d in definitions(text)}
    assert len(found) > 1000
    for name in [
        "schelling::Monitor",
        "schelling::cutoff::BestReplies",
        "schelling::refinements::BestReplies",
        "schelling::expectation(std :: string_view, std :: string_view, std :: string_view)",
        "schelling::cutoff::BestReplies :: BestReplies(const PrivateTypeGame &)",
        "schelling::cutoff::Envelope :: at(double) const",
    ]:
        assert name in found
    assert any(name.startswith("template") and "schelling::survives(" in name for name in found)


TWO_FILES = [
    ("namespace a { class B {}; }", "namespace a { struct B { int x; }; }"),
    ("namespace a { enum class B { x }; }", "namespace a { enum B : int { y }; }"),
    ("namespace a::b { class C final : D<int> {}; }", "namespace a { namespace b { class C {}; } }"),
    ("namespace a { template <class T> struct B {}; }", "namespace a { template <class S> struct B {}; }"),
    ("namespace a { template <> struct B<int> {}; }", "namespace a { template <> struct B<int> {}; }"),
    ("namespace a { inline int f(int x) { return x; } }", "namespace a { int f(int y = {}) { return 1; } }"),
    (
        "namespace a { template <class T> T f(const V<T>& x) { return {}; } }",
        "namespace a { template <class S> S f(const V<S>& y) { return {}; } }",
    ),
    (
        "namespace a { A::A(int x) : b_{x}, c_(x) { g({}); } int f() {} }",
        "namespace a { int f() { return 2; } }",
    ),
    (
        "namespace a { auto x = [](int y) { return y; }; }\nint f() {}",
        "int f() { return '}'; }",
    ),
    ("namespace a { bool operator<(B x, B y) {} }", "namespace a { bool operator<(B, B) {} }"),
    (
        "namespace a { template <class T> requires(requires(T t) { t + t; }) void f(T) {} }\nint g() {}",
        "int g() { /* } */ }",
    ),
    ("void A::f() {}", 'void A::f() { x = R"(})"; }'),
    ("#ifdef A\nint f() {\n#else\nint f(int) {\n#endif\n}", "int f() {}"),
]


@pytest.mark.parametrize(("one", "other"), TWO_FILES)
def test_a_second_definition_is_seen(one: str, other: str):
    assert defined_twice({"one.hpp": one, "other.hpp": other})
    assert not defined_twice({"one.hpp": one})
    assert not defined_twice({"other.hpp": other})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("namespace a { class B {}; }", "namespace a::c { class B {}; }"),
        ("namespace a { class B {}; }", "namespace a { class B; }"),
        ("namespace a { namespace { class B {}; } }", "namespace a { namespace { class B {}; } }"),
        ("static int f() {}", "static int f() {}"),
        ("int f(int x) {}", "int f(double x) {}"),
        ("int f(std::size_t x) {}", "int f(std::string x) {}"),
        ("void A::f() {}", "void B::f() {}"),
        ("void A::f() {}", "void A::f() const {}"),
        ("template <class T> void f(T) {}", "template <> void f<int>(int) {}"),
        ("template <class T> struct A {};", "template <> struct A<int> {};"),
        ("template <A T> void f(T) {}", "template <B T> void f(T) {}"),
    ],
)
def test_overloads_and_private_names_are_no_second_definition(one: str, other: str):
    assert not defined_twice({"one.cpp": one, "other.cpp": other})
