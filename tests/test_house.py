"""The taste of the house, held by tests. What each asks for is in ../shared/house.md."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).parents[1]
HOUSE = ROOT / "holdfast"
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
    "contracts"
]
LAYERS = [
    layer.strip("()")
    for contract in CONTRACTS
    if contract["id"] == "areas"
    for layer in contract["layers"]
]
FEATURES = next(contract["containers"] for contract in CONTRACTS if contract["id"] == "features")
EDGES = {
    tuple(end.strip().removesuffix(".**") for end in edge.split("->"))
    for contract in CONTRACTS
    for edge in contract.get("ignore_imports", [])
}

# Everyone may open these; each says why.
PUBLIC = {
    "access:welcome",  # before there is anyone
    "access:enter",  # the link is the key
    "account_login",
    "ui:theme",  # light or dark, also on the sign-in page; ui stands below access
}
# SQL text stands in merge.py, in migrations, and here.
SQL = {
    "config/health.py": "asks the server how it is",
    "config/server.py": "makes the database",
    "lake/mirror.py": "COPY out of PostgreSQL, inside one snapshot",
    "lake/follow.py": "the trigger that marks a changed record",
    "lib/append_only.py": "the trigger that refuses a change",
}
# Functions of actions that are no verbs of people.
NO_VERBS = {
    ("facts", "record"): "verbs call it; its kind reads first",
    ("facts", "reaction"): "registers at start, changes no row",
    ("access", "find"): "only looks",
}


def sources(*folders: str) -> list[Path]:
    found = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    assert found
    return sorted(path for path in found if "migrations" not in path.parts)


def templates() -> list[Path]:
    found = sorted(HOUSE.rglob("templates/**/*.html"))
    assert found
    return found


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("holdfast.")]


def feature(model: type[models.Model]) -> str:
    return apps.get_app_config(model._meta.app_label).name


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_foreign_keys_point_down(model):
    for field in model._meta.get_fields():
        if not (field.is_relation and field.concrete and field.related_model):
            continue
        here, there = feature(model), feature(field.related_model)
        if here == there or not there.startswith("holdfast."):
            continue
        area, below = here.split(".")[1], there.split(".")[1]
        assert area != "facts", f"{field} is a foreign key of a fact"
        if area == below:
            assert (here, there) in EDGES, f"{here} → {there} is no edge named in pyproject.toml"
        else:
            assert LAYERS.index(area) < LAYERS.index(below), f"{field} points up to {there}"


def views(
    patterns: list[URLPattern | URLResolver], namespace: str = ""
) -> Iterator[tuple[str, object]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = ":".join(part for part in (namespace, pattern.namespace) if part)
            yield from views(pattern.url_patterns, inner)
        else:
            yield f"{namespace}:{pattern.name}".lstrip(":"), pattern.callback


def test_every_view_names_a_permission_or_is_listed_as_public():
    found = dict(views(get_resolver().url_patterns))

    open_to_all = {
        view
        for view, call in found.items()
        if getattr(call, "permission", None) in {None, "public"}
    }

    assert open_to_all == PUBLIC
    assert len(found) > len(PUBLIC)


def action_files() -> list[Path]:
    return [*HOUSE.rglob("actions.py"), HOUSE / "access/people.py", HOUSE / "access/links.py"]


@pytest.mark.parametrize("path", action_files(), ids=name)
def test_actions_are_keyword_only_and_take_by_and_at(path):
    verbs = [
        node
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]
    assert verbs
    for verb in verbs:
        if (path.parent.name, verb.name) in NO_VERBS:
            continue
        given = verb.args
        assert not [*given.posonlyargs, *given.args], f"{verb.name} takes words by place"
        assert {"by", "at"} <= {arg.arg for arg in given.kwonlyargs}, f"{verb.name}: by=, at="


@pytest.mark.parametrize("path", sources("holdfast", "tests"), ids=name)
def test_files_and_functions_are_short(path):
    assert len(path.read_text().splitlines()) <= 400
    limit = {"views.py": 25, "tasks.py": 10}.get(path.name, 40)
    if path.is_relative_to(ROOT / "tests"):
        limit = 60  # a test that tells a whole story
    for function in functions(path):
        lines = (function.end_lineno or 0) - function.body[0].lineno + 1
        assert lines <= limit, f"{function.name} has {lines} lines, {limit} are allowed"


@pytest.mark.parametrize("path", sorted(HOUSE.rglob("__init__.py")), ids=name)
def test_packages_say_what_they_are(path):
    said = ast.get_docstring(ast.parse(path.read_text()))
    if not {"migrations", "templatetags", "commands"} & set(path.parts):
        assert said, "a package says what it is"
    assert len((said or "").splitlines()) <= 15


@pytest.mark.parametrize("path", templates(), ids=name)
def test_templates_are_short_and_keep_to_the_policy(path):
    text = path.read_text()

    assert len(text.splitlines()) <= 120
    assert not re.search(r"\sstyle=", text), "no style attribute: the policy forbids it"
    assert not re.search(r"\son[a-z]+=", text), "no handler attribute: the policy forbids it"
    assert "<style" not in text


@pytest.mark.parametrize(
    "path", [path for path in templates() if path.name.startswith("_")], ids=name
)
def test_no_fragment_without_a_page(path):
    said = path.relative_to(next(p for p in path.parents if p.name == "templates")).as_posix()
    users = [other for other in templates() if other != path and said in other.read_text()]
    assert users, f"no page includes {said}"


def test_no_file_hides_a_step():
    words = {"services", "selectors", "repositories", "managers", "helpers", "utils", "mixins"}
    words |= {"signals", "common", "misc"}
    hidden = [
        name(path)
        for path in HOUSE.rglob("*.py")
        if path.stem in words and path.parent.name != "measures"  # there a signal is a noun
    ]
    assert hidden == []


@pytest.mark.parametrize("path", sources("holdfast"), ids=name)
def test_no_mixins_model_signals_or_saves_of_our_own(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ClassDef):
            assert not node.name.endswith("Mixin"), node.name
            verbs = {verb.name for verb in node.body if isinstance(verb, ast.FunctionDef)}
            assert "save" not in verbs or path.name == "append_only.py", "save() is overridden"
        if isinstance(node, ast.ImportFrom):
            assert node.module not in {"django.db.models.signals", "django.dispatch"}
            assert node.module != "django.contrib.admin"


STATEMENT = re.compile(
    r"\s*(select\s.+\sfrom|insert into|update\s.+\sset|delete from|create|alter|drop|copy"
    r"|merge into|truncate|with\s+\w+\s+as|set transaction)\s",
    re.IGNORECASE | re.DOTALL,
)


@pytest.mark.parametrize("path", sources("holdfast"), ids=name)
def test_sql_text_stands_in_named_files_only(path):
    if path.name == "merge.py" or str(path.relative_to(HOUSE)) in SQL:
        return
    tree = ast.parse(path.read_text())
    calls = {node.func.attr for node in ast.walk(tree) if _is_method(node)}
    assert not calls & {"RunSQL", "raw", "extra", "executemany", "copy_expert"}
    for node in ast.walk(tree):
        if _is_method(node) and node.func.attr == "execute":
            said = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
            assert not any(STATEMENT.match(str(text) + " ") for text in said), said


def _is_method(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)


def test_every_feature_is_under_the_contract():
    ours = {app.name for app in apps.get_app_configs() if app.name.startswith("holdfast.")}

    assert ours - {"holdfast.config", "holdfast.lib"} == set(FEATURES)


def documentation() -> str:
    pages = [ROOT / "README.md", *(ROOT / "docs/guide").glob("*.md")]
    return "\n".join(page.read_text() for page in pages if page.exists())


def test_every_command_is_documented():
    import typer.main

    from holdfast.config.commands.root import app

    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]

    said = documentation()

    assert commands
    assert [verb for verb in commands if f"holdfast {verb}" not in said] == []


def test_every_setting_is_documented():
    texts = [path.read_text() for path in sources("holdfast")]
    texts += [path.read_text() for path in (ROOT / "bin").iterdir() if path.is_file()]
    used = {
        word
        for text in texts
        for word in re.findall(r"\b(?:HOLDFAST_[A-Z_]+|DATABASE_URL)\b", text)
    }

    said = (ROOT / "docs/guide/settings.md").read_text()

    assert {"HOLDFAST_HOME", "DATABASE_URL"} <= used
    assert sorted(word for word in used if f"`{word}`" not in said) == []
    assert sorted(set(re.findall(r"`(HOLDFAST_[A-Z_]+)`", said)) - used) == []


def test_every_crash_point_has_a_name_of_its_own():
    points = [
        point
        for path in sources("holdfast")
        for point in re.findall(r'crash\.here\("([^"]+)"\)', path.read_text())
    ]
    assert sorted(points) == sorted(set(points))
