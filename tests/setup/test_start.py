"""start.py on an ordinary day, then on a bad one: broken, without network, disk, rights or venv."""

import ast
import contextlib
import errno
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
    bad_first_day,
    copy_of_ready,
    did_set_up,
    environment,
    first_run,
    load,
    lose_python,
    make_project,
    need_a_new_package,
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


@pytest.fixture(scope="module")
def used(tmp_path_factory):
    """The same for tests that leave it as it is."""
    return copy_of_ready(tmp_path_factory.mktemp("used"))


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


def test_nothing_is_set_up_twice_and_jupyterlab_opens_on_the_first_notebook(used):
    code, output = start(used, **OFFLINE)
    assert code == 0 and not did_set_up(output)
    options = told(output)[1]
    assert "--LabApp.default_url=/lab/tree/my_work/00_start_here.ipynb" in options
    assert f"--ServerApp.root_dir={used}" in options


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
    program = ready / "tools/pages/reading_copy.py"
    program.parent.mkdir()
    program.write_text(TELL + "sys.exit(3)\n", encoding="utf-8")
    code, output = start(ready, "html", **OFFLINE)
    assert code == 3 and not did_set_up(output)
    file, arguments, variables = told(output)
    assert file == str(program) and arguments == []
    assert Path(variables["VIRTUAL_ENV"]) == ready / ".venv"


def test_the_users_own_settings_do_not_reach_the_lessons_but_the_proxy_does(used):
    disturbing = {"MPLBACKEND": "agg", "PYTHONPATH": "/nowhere", "PYTHONOPTIMIZE": "2"}
    _, output = start(used, "refresh", HTTPS_PROXY="http://school:3128", **disturbing)
    variables = told(output)[2]
    assert not set(disturbing) & set(variables)
    assert variables["HTTPS_PROXY"] == "http://school:3128"
    assert Path(variables["VIRTUAL_ENV"]) == used / ".venv"


def test_an_unknown_command_shows_the_commands(fresh):
    code, output = start(fresh, "tset")
    assert code == 2 and "no command 'tset'" in output and "start.py test" in output
    assert not (fresh / ".venv").exists()


def test_help_is_given(fresh):
    code, output = start(fresh, "--help")
    assert code == 0 and "start.py html " in output and not (fresh / ".venv").exists()


def test_a_taken_port_is_said_and_another_is_used(used):
    with contextlib.ExitStack() as stack:
        # Where another program has the port already, so much the better.
        with contextlib.suppress(OSError):
            stack.enter_context(socket.create_server(("127.0.0.1", 8888)))
        code, output = start(used)
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


def test_where_no_copies_can_be_laid_the_lessons_themselves_are_opened(ready):
    (ready / "helpers/classwork/__main__.py").write_text("import sys\nsys.exit(1)\n")
    _, output = start(ready, **OFFLINE)
    assert "--LabApp.default_url=/lab/tree/notebooks/00_start_here.ipynb" in told(output)[1]


def test_what_a_teacher_does_with_lessons_is_handed_to_classwork(used, loaded):
    code, output = start(used, "grade", "06", "--only", "claim", **OFFLINE)
    file, arguments, _ = told(output)
    assert code == 0 and file == str(used / "helpers/classwork/__main__.py")
    assert arguments == ["grade", "06", "--only", "claim"]
    for name in ("student", "grade", "merge", "lint", "new", "fresh"):
        assert loaded.start.PROGRAMS[name] == ["-m", "classwork", name]


def test_test_notebooks_asks_for_the_lessons_alone(used):
    code, output = start(used, "test", "notebooks", "-x", **OFFLINE)
    assert code == 7
    assert told(output)[1][-2:] == ["notebooks", "-x"]
    assert "tests" not in told(output)[1]


def test_every_command_is_told_and_there(loaded):
    for name in loaded.start.PROGRAMS:
        assert f"python start.py {name} " in loaded.start.__doc__


def test_opening_a_project_that_is_set_up_writes_nothing_into_its_folder(used):
    def files():
        found = (path for path in used.rglob("*") if path.is_file())
        return {path: path.stat().st_mtime_ns for path in found if path.suffix != ".pyc"}

    before = files()
    assert start(used)[0] == 0
    assert files() == before


# --- a bad day ---


def lose_the_stamp(project):
    (project / ".venv/set-up-finished.json").unlink()


def change_python(project):
    """Note another Python, as when a system upgrade puts a new one under the same name."""
    stamp = project / ".venv/set-up-finished.json"
    stamp.write_text(json.dumps(json.loads(stamp.read_text()) | {"python": "3.10"}))


@pytest.mark.parametrize("lose", [lose_the_stamp, lose_python, change_python])
def test_a_broken_environment_is_noticed(ready, monkeypatch, lose):
    set_up = load(ready, monkeypatch).set_up
    assert set_up.sound_stamp() != {}
    lose(ready)
    assert set_up.sound_stamp() == {}


def test_a_first_run_without_a_network_says_so_and_names_the_log(ready, monkeypatch, capsys):
    need_a_new_package(ready)
    lose_the_stamp(ready)
    modules = load(ready, monkeypatch)
    # The environment is there, so making one anew would only take its time.
    monkeypatch.setattr(modules.set_up, "make_venv", lambda log: None)
    monkeypatch.setattr(os, "environ", environment(OFFLINE))
    assert modules.start.main([]) == 1
    output, log = capsys.readouterr().out, ready / ".venv-set-up.log"
    assert output.startswith("Setting up") and "pip does not reach its package index" in output
    assert str(log) in output and "attrs" in log.read_text(encoding="utf-8")
    assert modules.set_up.sound_stamp() == {}


def test_an_interrupted_set_up_ends_in_plain_words():
    if os.name == "nt":
        pytest.skip("Windows cannot send Ctrl-C to one program only")
    code, output = bad_first_day().broken_off
    assert code == 130 and output.startswith("Setting up")
    assert "Nothing is spoilt" in output and "Traceback" not in output


def test_a_set_up_that_broke_or_was_broken_off_is_made_anew_and_then_stands():
    project, code, output = first_run()
    assert code == 7 and output.startswith("Setting up")
    assert not (project / ".venv/leftover").exists()
    code, output = start(project, "refresh", **OFFLINE)
    assert code == 0 and not did_set_up(output)


def test_changed_pins_are_installed(ready):
    (ready / "constraints.txt").write_text("attrs==26.1.0\n", encoding="utf-8")
    code, output = start(ready, "refresh", **OFFLINE)
    assert code == 0 and "Updating" in output
    code, output = start(ready, "refresh", **OFFLINE)
    assert code == 0 and not did_set_up(output)


def test_an_update_without_a_network_does_not_cost_the_teacher_the_lesson(ready):
    need_a_new_package(ready)
    code, output = start(ready, **OFFLINE)
    assert code == 0 and "pip does not reach its package index" in output
    assert "Opening with the packages of last time." in output
    assert "jupyterlab" in told(output)[0]
    code, output = start(ready, "test", **OFFLINE)
    assert code == 1 and "pip does not reach its package index" in output


def test_an_update_broken_off_half_way_is_not_taken_for_finished(ready, monkeypatch, capsys):
    need_a_new_package(ready)
    modules = load(ready, monkeypatch)

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(modules.set_up, "step", interrupted)
    assert modules.start.main(["open"]) == 130
    assert not modules.set_up.is_ready(modules.set_up.sound_stamp(), with_tests=False)


DEBIAN = """The virtual environment was not created successfully because ensurepip is not
available.  On Debian/Ubuntu systems, you need to install the python3-venv
package using the following command.

    apt install python3.11-venv
"""
THIS = f"{sys.version_info[0]}.{sys.version_info[1]}"


@pytest.mark.parametrize(
    ("said", "advice"),
    [
        (DEBIAN, f"sudo apt install python{THIS}-venv"),
        ("/usr/bin/python3: No module named venv", f"sudo apt install python{THIS}-venv"),
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
         "The disk is full."),
        ("ERROR: Could not install packages due to an OSError: [WinError 5] Access is denied: "
         "'C:\\\\two winds\\\\.venv\\\\Lib\\\\site-packages\\\\zmq\\\\_zmq.pyd'", "is in use."),
        ("WARNING: Retrying (Retry(total=4)) after connection broken by 'SSLError("
         "SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]'))'\nERROR: Could not find "
         "a version that satisfies the requirement setuptools>=77", "a proxy or a certificate?"),
        ("ERROR: No matching distribution found for numpy==2.5.5", "Try the 64-bit Python"),
        ("ERROR: something new\nerror: the dog ate it", "error: the dog ate it"),
        ("Cannot call rmtree on a symbolic link", "Cannot call rmtree on a symbolic link"),
    ],
)  # fmt: skip
def test_what_the_system_says_is_put_into_plain_words(loaded, monkeypatch, capsys, said, advice):
    def failing_step(log, *command):
        log.write(said.encode())
        raise subprocess.CalledProcessError(1, command)

    monkeypatch.setattr(loaded.set_up, "step", failing_step)
    assert loaded.start.main(["test"]) == 1
    output = capsys.readouterr().out
    assert advice in output and ".venv-set-up.log" in output


@pytest.mark.parametrize(
    ("number", "advice"),
    [
        (errno.EACCES, "This folder cannot be written to"),
        (errno.EROFS, "Copy Two Winds to a folder of your own"),
        (errno.ENOSPC, "The disk is full."),
    ],
)
def test_a_folder_that_cannot_be_written_to(loaded, monkeypatch, capsys, number, advice):
    def refuse(*_, **__):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(loaded.set_up.Path, "open", refuse)
    assert loaded.start.main(["open"]) == 1
    assert advice in capsys.readouterr().out
