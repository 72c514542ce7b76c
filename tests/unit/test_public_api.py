import importlib
import inspect
import subprocess
import sys

import pytest

import casework

HEAVY = {"IPython", "ipywidgets", "matplotlib", "pandas", "sqlalchemy", "tornado", "voila"}


def modules_after(statement):
    """Tell which top-level packages a fresh Python has loaded after a statement."""
    code = f"{statement}; import sys; print(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_every_public_name_is_there():
    assert sorted(casework.__all__) == casework.__all__
    for name in casework.__all__:
        assert getattr(casework, name).__name__ == name


def test_dir_lists_the_public_names():
    assert dir(casework) == casework.__all__


def test_an_unknown_name_is_refused():
    with pytest.raises(AttributeError, match="no attribute 'Sesion'"):
        casework.Sesion  # noqa: B018


def test_every_public_name_explains_itself():
    for name in casework.__all__:
        assert inspect.getdoc(getattr(casework, name)), f"{name} has no docstring"


def test_every_error_has_one_root():
    errors = importlib.import_module("casework.errors")

    classes = [found for _, found in inspect.getmembers(errors, inspect.isclass)]

    assert all(issubclass(found, casework.CaseworkError) for found in classes)
    for found in classes:
        assert found.__name__ in errors.__doc__, f"the tree does not show {found.__name__}"


def test_importing_casework_loads_nothing_heavy():
    assert not modules_after("import casework") & HEAVY


def test_reading_a_case_needs_no_widgets_and_no_database():
    assert not modules_after("from casework import load_case") & HEAVY


def test_the_command_starts_without_what_only_some_commands_need():
    assert not modules_after("import casework.cli") & HEAVY


def test_a_session_waits_with_pandas_until_something_is_drawn():
    assert not modules_after("from casework import Session") & {"matplotlib", "pandas"}
