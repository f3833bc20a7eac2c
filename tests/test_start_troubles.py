"""start.py on a bad day: broken off, broken, without network, disk, rights or venv module."""

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
from types import SimpleNamespace

import pytest
from stand_in import (
    FOLDER,
    OFFLINE,
    copy_of_ready,
    did_set_up,
    environment,
    load,
    make_project,
    need_a_new_package,
    site_packages,
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


def lose_the_stamp(project):
    (project / ".venv/set-up-finished.json").unlink()


def lose_half_of_the_packages(project):
    shutil.rmtree(site_packages(project) / "pip")


def lose_python(project):
    for program in (project / ".venv").glob("[bS]*/python*"):
        program.unlink()


def change_python(project):
    """Note another Python, as when a system upgrade puts a new one under the same name."""
    stamp = project / ".venv/set-up-finished.json"
    stamp.write_text(json.dumps(json.loads(stamp.read_text()) | {"python": "3.10"}))


@pytest.mark.parametrize(
    "lose", [lose_the_stamp, lose_half_of_the_packages, lose_python, change_python]
)
def test_a_broken_environment_is_noticed(ready, monkeypatch, lose):
    set_up = load(ready, monkeypatch).set_up
    assert set_up.sound_stamp() != {}
    lose(ready)
    assert set_up.sound_stamp() == {}


def test_a_broken_environment_is_made_anew(ready):
    lose_half_of_the_packages(ready)
    lose_python(ready)
    code, output = start(ready, "refresh", **OFFLINE)
    assert code == 0 and "Setting up" in output
    code, output = start(ready, "refresh", **OFFLINE)
    assert code == 0 and not did_set_up(output)


def test_an_interrupted_set_up_ends_in_plain_words_and_is_taken_up_again(fresh):
    if os.name == "nt":
        pytest.skip("Windows cannot send Ctrl-C to one program only")
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "encoding": "utf-8"}
    command = [sys.executable, fresh / "start.py", "refresh"]
    with subprocess.Popen(command, env=environment({}), start_new_session=True, **pipes) as run:
        assert "Setting up" in run.stdout.readline()
        os.killpg(run.pid, signal.SIGINT)
        rest = run.stdout.read()
    assert run.returncode == 130
    assert "Nothing is spoilt" in rest and "Traceback" not in rest
    code, output = start(fresh, "refresh", **OFFLINE)
    assert code == 0 and "Setting up" in output


def test_two_at_once_wait_for_each_other(fresh):
    command = [sys.executable, fresh / "start.py", "refresh"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "encoding": "utf-8"}
    runs = [subprocess.Popen(command, env=environment(OFFLINE), **pipes) for _ in range(2)]
    outputs = [run.communicate(timeout=120)[0] for run in runs]
    assert [run.returncode for run in runs] == [0, 0], outputs
    assert sum("Setting up" in output for output in outputs) == 1
    assert sum("waiting for it" in output for output in outputs) == 1


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
    assert modules.set_up.sound_stamp() == {}


def test_a_first_run_without_a_network_says_so_and_names_the_log(fresh):
    need_a_new_package(fresh)
    code, output = start(fresh, **OFFLINE)
    assert code == 1 and "pip does not reach its package index" in output
    log = fresh / ".venv-set-up.log"
    assert str(log) in output and "attrs" in log.read_text(encoding="utf-8")


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
        ("OSError: [Errno 122] Disk quota exceeded", "The disk is full."),
        ("ERROR: Could not install packages due to an OSError: [WinError 5] Access is denied: "
         "'C:\\\\two winds\\\\.venv\\\\Lib\\\\site-packages\\\\zmq\\\\_zmq.pyd'", "is in use."),
        ("ERROR: Could not install packages due to an OSError: [Errno 2] No such file\nHINT: This "
         "error might have occurred since this system does not have Windows Long Path support "
         "enabled.", "path is too long for Windows"),
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


def test_a_nearly_full_disk_is_noticed_before_anything_is_made(loaded, fresh, monkeypatch, capsys):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=300_000_000))
    assert loaded.start.main(["test"]) == 1
    assert "The disk is full. Two Winds needs about 900 MB" in capsys.readouterr().out
    assert not (fresh / ".venv").exists()


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
