"""start.py on an ordinary day: which Python, the first run and the next ones, the commands."""

import ast
import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from stand_in import (
    FOLDER,
    OFFLINE,
    ROOT,
    TELL,
    copy_of_ready,
    did_set_up,
    environment,
    first_run,
    load,
    make_project,
    start,
    told,
)


@pytest.fixture
def fresh(tmp_path):
    """A project as somebody downloads it."""
    return make_project(tmp_path / FOLDER)


@pytest.fixture
def ready(tmp_path):
    """A project that has been set up, in another place since."""
    return copy_of_ready(tmp_path)


@pytest.fixture
def loaded(fresh, monkeypatch):
    """The modules of a project that has not been set up."""
    return load(fresh, monkeypatch)


# --- which Python ---


OLD = ("2.7", "3.6", "3.7", "3.8", "3.9", "3.10")


def old_pythons():
    """Return the old Pythons on this machine that can be run, as {version: program}."""
    versions = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    programs = [shutil.which(f"python{version}") for version in OLD]
    found = {}
    for program in [*filter(None, programs), *versions.glob("*/bin/python")]:
        ask = "import sys; print('%d.%d' % sys.version_info[:2])"
        answer = subprocess.run([program, "-c", ask], capture_output=True, text=True).stdout
        if answer.strip() in OLD:
            found[answer.strip()] = program
    return found


def test_an_old_python_is_told_what_is_wrong_by_the_file_itself(fresh):
    pythons = old_pythons()
    if not pythons:
        pytest.skip("no Python older than 3.11 on this machine to try start.py with")
    for version, program in pythons.items():
        code, output = start(fresh, python=program)
        assert code == 1
        assert f"needs Python 3.11 or newer; this is Python {version}." in output


def test_start_py_holds_nothing_that_an_old_python_cannot_read():
    tree = ast.parse((ROOT / "start.py").read_text(encoding="ascii"), feature_version=(3, 4))
    for node in ast.walk(tree):
        assert not isinstance(node, ast.JoinedStr | ast.AnnAssign | ast.NamedExpr), node.lineno
        if isinstance(node, ast.FunctionDef):
            assert not node.returns and not any(arg.annotation for arg in node.args.args)
            assert not node.args.kwonlyargs and not node.args.posonlyargs


@pytest.mark.parametrize(
    ("version", "words"),
    [
        ((3, 8, 18), "Two Winds needs Python 3.11 or newer; this is Python 3.8."),
        ((3, 10, 1), "  python3.11 start.py      (Windows: py -3.11 start.py)"),
        ((3, 15, 0), "so new a Python; this is Python 3.15.\nIt needs Python 3.11 to 3.14."),
    ],
)
def test_a_python_outside_the_limits_is_named_and_nothing_is_made(
    loaded, fresh, monkeypatch, capsys, version, words
):
    monkeypatch.setattr(sys, "version_info", version)
    assert loaded.start.main([]) == 1
    assert words in capsys.readouterr().out
    assert not (fresh / ".venv").exists()


def test_a_python_inside_the_limits_is_welcome(loaded):
    assert loaded.start.python_trouble((3, 11, 0)) == loaded.start.python_trouble((3, 14, 9)) == ""


# --- the ordinary day ---


def test_the_first_run_sets_up_then_hands_arguments_over_and_the_exit_code_back():
    _, code, output = first_run()
    assert did_set_up(output) and code == 7
    assert told(output)[1] == ["-k", "tables"]


def test_no_news_prompt_waits_for_the_student(ready):
    settings = ready / ".venv/etc/jupyter/labconfig/page_config.json"
    disabled = json.loads(settings.read_text())["disabledExtensions"]
    assert disabled["@jupyterlab/apputils-extension:announcements"] is True


def test_nothing_is_set_up_twice_and_jupyterlab_opens_on_the_first_notebook(ready):
    code, output = start(ready, **OFFLINE)
    assert code == 0 and not did_set_up(output)
    options = told(output)[1]
    assert "--LabApp.default_url=/lab/tree/notebooks/00_start_here.ipynb" in options
    assert f"--ServerApp.root_dir={ready}" in options


def test_a_folder_that_was_moved_works_without_a_network(ready):
    moved = ready.rename(ready.parent / "Moved, and renamed")
    code, output = start(moved, "refresh", "05", **OFFLINE)
    assert code == 0 and not did_set_up(output)
    assert told(output)[:2] == [str(moved / "tools/refresh.py"), ["05"]]
    found = subprocess.check_output(
        [next((moved / ".venv").glob("[bS]*/python*")), "-c", "import jupyterlab as j; print(j)"],
        env=environment({}),
        encoding="utf-8",
    )
    assert str(moved / "helpers").replace("\\", "\\\\") in found


def test_the_reading_copy_is_written_by_its_program_inside_the_environment(ready):
    program = ready / "tools/reading_copy.py"
    program.write_text(TELL + "sys.exit(3)\n", encoding="utf-8")
    code, output = start(ready, "html", **OFFLINE)
    assert code == 3 and not did_set_up(output)
    file, arguments, variables = told(output)
    assert file == str(program) and arguments == []
    assert Path(variables["VIRTUAL_ENV"]) == ready / ".venv"


def test_the_users_own_settings_do_not_reach_the_lessons_but_the_proxy_does(ready):
    disturbing = {"MPLBACKEND": "agg", "PYTHONPATH": "/nowhere", "PYTHONOPTIMIZE": "2"}
    _, output = start(ready, "refresh", HTTPS_PROXY="http://school:3128", **disturbing)
    variables = told(output)[2]
    assert not set(disturbing) & set(variables)
    assert variables["HTTPS_PROXY"] == "http://school:3128"
    assert Path(variables["VIRTUAL_ENV"]) == ready / ".venv"


def test_an_unknown_command_shows_the_commands(fresh):
    code, output = start(fresh, "tset")
    assert code == 2 and "no command 'tset'" in output and "start.py test" in output
    assert not (fresh / ".venv").exists()


def test_help_is_given(fresh):
    code, output = start(fresh, "--help")
    assert code == 0 and "start.py html " in output and not (fresh / ".venv").exists()


def test_a_taken_port_is_said_and_another_is_used(ready):
    with contextlib.ExitStack() as stack:
        # Where another program has the port already, so much the better.
        with contextlib.suppress(OSError):
            stack.enter_context(socket.create_server(("127.0.0.1", 8888)))
        code, output = start(ready)
    option = next(o for o in told(output)[1] if o.startswith("--ServerApp.port="))
    port = option.partition("=")[2]
    assert code == 0 and port != "8888"
    assert f"Port 8888 is in use, perhaps by another JupyterLab; using {port}." in output


def test_a_free_port_or_one_that_the_user_names_is_left_alone(loaded, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setattr(loaded.start, "FIRST_PORT", taken.getsockname()[1])
        assert loaded.start.port_options(["--port=9999"]) == []
        assert loaded.start.port_options([]) != []
    assert loaded.start.port_options([]) == []


def test_opening_a_project_that_is_set_up_writes_nothing_into_its_folder(ready):
    def files():
        found = (path for path in ready.rglob("*") if path.is_file())
        return {path: path.stat().st_mtime_ns for path in found if path.suffix != ".pyc"}

    before = files()
    assert start(ready)[0] == 0
    assert files() == before
