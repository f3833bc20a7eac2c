"""Submissions that try to get at the answers, at the marks or at the machine, and what they get.

Every kind of them is followed by an honest submission, which must get what it deserves.
"""

import builtins
import contextlib
import hashlib
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from classwork.grading import grader as grading
from classwork.grading.grader import Grader, Limits
from classwork.grading.results import BLANK, STOPPED, UNMARKED
from classwork.grading.sandbox import bubblewrap as confine
from classwork.grading.sandbox import engine
from classwork.grading.static_checks import look
from classwork.grading.student_cells import Step
from classwork.lesson.syntax import python_of, tree_of
from lessons import KEYS, LESSONS, ROOT
from nbformat.v4 import new_code_cell
from submissions import (
    FULL,
    SECRET,
    SECRET_VALUE,
    data,
    marks,
    place_of,
    points,
    small_assignment,
    solved,
)

SHORT = Limits(seconds=1, memory_mb=300)
MARK_OF_OURS = "two-winds-test-stray"


@pytest.fixture(scope="module")
def small():
    return small_assignment()


@pytest.fixture(scope="module")
def confined():
    """Let a test run only where a submission can be confined; the project's own checks must be."""
    if not confine.can_confine():
        if os.environ.get("CI") == "true":
            pytest.fail("bubblewrap is missing: nothing can be confined here")
        pytest.skip("nothing can be confined here")


@pytest.fixture(scope="module")
def grader(confined, small):
    with Grader(small, SHORT, "fork") as one:
        yield one


@pytest.fixture
def unconfined(monkeypatch):
    monkeypatch.setattr(confine, "can_confine", lambda: False)


def state_of(*folders):
    """Return what is in folders, so that a change shows."""
    return {
        path: hashlib.sha256(path.read_bytes()).hexdigest()
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def command_lines():
    """Return the command lines of all processes of this machine."""
    lines = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                lines.append((entry / "cmdline").read_bytes())
            except OSError:
                continue
    return lines


def assert_no_stray_process():
    """Fail if a process of a submission's is still there a while later."""
    deadline = time.monotonic() + 5
    while any(b"4321" in line or MARK_OF_OURS.encode() in line for line in command_lines()):
        assert time.monotonic() < deadline, "a process was left behind"
        time.sleep(0.02)


def grade(grader, small, **instead):
    """Grade a hostile submission."""
    return grader.grade("Mallory", "m.ipynb", data(solved(small, **instead)))


def grade_both(grader, small, **instead):
    """Grade a hostile submission, then an honest one; return what the hostile one got."""
    result = grade(grader, small, **instead)
    assert_an_honest_one_counts(grader, small)
    return result


def assert_an_honest_one_counts(grader, small):
    honest = grader.grade("Anna", "a.ipynb", data(solved(small)))
    assert (points(honest), honest.attention) == (FULL, [])


# Reading the key. Each of these finds it where nothing is confined, which a test below shows.

KEY_PATH = f"{KEYS / '06_overtake_america.json'}"
FIND_KEYS = {
    "open the file": f"""
import json, two_winds, os
folder = os.path.join(os.path.dirname(two_winds.__file__), "keys")
{SECRET} = json.load(open(os.path.join(folder, "06_overtake_america.json")))["{SECRET}"]["expected"]
""",
    "open it by its full path": f"""
import json
{SECRET} = json.load(open({KEY_PATH!r}))["{SECRET}"]["expected"]
""",
    "ask the checker": f"""
from classwork.practice.check import read_keys
{SECRET} = read_keys()["{SECRET}"]["expected"]
""",
    "ask the checker for one": f"""
from classwork.practice import check as exercises
{SECRET} = exercises.key_of("{SECRET}")["expected"]
""",
    "have the checker overheard": f"""
from classwork.practice import check as exercises
heard = []
exercises.same = lambda answer, expected: heard.append(expected)
exercises.check("{SECRET}", 1)
{SECRET} = heard[0]
""",
    "as a resource of the package": f"""
import importlib.resources, json
text = importlib.resources.files("two_winds").joinpath("keys/06_overtake_america.json").read_text()
{SECRET} = json.loads(text)["{SECRET}"]["expected"]
""",
    "pkgutil": f"""
import json, pkgutil
text = pkgutil.get_data("two_winds", "keys/06_overtake_america.json")
{SECRET} = json.loads(text)["{SECRET}"]["expected"]
""",
    "a shell": f"""
import json, subprocess
{SECRET} = json.loads(subprocess.check_output(["cat", {KEY_PATH!r}]))["{SECRET}"]["expected"]
""",
    "os.system": f"""
import json, os, tempfile
with tempfile.NamedTemporaryFile(dir=os.environ.get("TMPDIR")) as copy:
    os.system("cat {KEY_PATH} > " + copy.name)
    {SECRET} = json.load(open(copy.name))["{SECRET}"]["expected"]
""",
    "pandas": f"""
import pandas as pd
{SECRET} = float(pd.read_json({KEY_PATH!r})["{SECRET}"]["expected"])
""",
    "ctypes": f"""
import ctypes, json, os
libc = ctypes.CDLL(None)
room = ctypes.create_string_buffer(100_000)
libc.read(libc.open({KEY_PATH.encode()!r}, 0), room, 100_000)
{SECRET} = json.loads(room.value)["{SECRET}"]["expected"]
""",
    "solve it as the lesson does": f"""
import contextlib, json
from two_winds import course
lesson = json.loads((course.NOTEBOOKS / "06_overtake_america.ipynb").read_text())["cells"]
course.QUIET, names = True, {{}}
for cell in lesson:
    if cell["cell_type"] == "code" and not cell["metadata"].get("tags"):
        with contextlib.suppress(Exception):
            exec("".join(cell["source"]), names)
tag = "solution:{SECRET}"
text = "".join(next(c for c in lesson if tag in c["metadata"].get("tags", []))["source"])
exec(text.split("```python")[1].split("```")[0], names)
{SECRET} = names["{SECRET}"]
""",
    "a walk through all files": f"""
import json, os
import two_winds
start = os.path.dirname(os.path.dirname(two_winds.__file__))
for folder, _, files in [*os.walk(start), *os.walk("/submission")]:
    for file in files:
        if file.endswith(".json"):
            found = json.load(open(os.path.join(folder, file)))
            if "{SECRET}" in found:
                {SECRET} = found["{SECRET}"]["expected"]
""",
}


def test_the_key_cannot_be_read(grader, small, subtests):
    for route, code in FIND_KEYS.items():
        with subtests.test(route):
            assert points(grade(grader, small, **{SECRET: code})) == FULL | {SECRET: 0}
    assert_an_honest_one_counts(grader, small)


def test_these_routes_lead_to_the_key_where_nothing_is_confined():
    code = (
        "import sys\n"
        "for code in sys.argv[1:]:\n"
        "    names = {}\n"
        "    exec(code, names)\n"
        f"    print('found:', names[{SECRET!r}])"
    )
    command = [sys.executable, "-c", code, *FIND_KEYS.values()]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    found = [float(li[6:]) for li in run.stdout.splitlines() if li.startswith("found:")]
    assert found == pytest.approx([SECRET_VALUE["expected"]] * len(FIND_KEYS))


# Where the answer may be in memory, or within another process: a walk over all of it must find
# nothing that counts as right. `found` are the candidates; the first to be right would be taken.

FIND_IN_MEMORY = {
    "gc": """
import gc
found = []
for thing in gc.get_objects():
    if isinstance(thing, dict):
        found += [v for v in thing.values() if isinstance(v, (float, dict))]
found = [v["expected"] if isinstance(v, dict) and "expected" in v else v for v in found]
""",
    "frames": """
import sys
found, frame = [], sys._getframe()
while frame:
    for names in (frame.f_locals, frame.f_globals):
        for v in list(names.values()):
            if isinstance(v, dict):
                found += [w for w in v.values() if isinstance(w, (float, dict))]
            found.append(v)
    frame = frame.f_back
""",
    "a traceback": """
import sys
found = []
try:
    1 / 0
except ZeroDivisionError as error:
    frame = error.__traceback__.tb_frame
    while frame:
        found += list(frame.f_locals.values())
        frame = frame.f_back
""",
    "modules": """
import sys
found = [v for m in list(sys.modules.values()) for v in list(vars(m).values())
         if isinstance(v, (float, dict))]
""",
    "the environment and command line": """
import os
found = list(os.environ.values()) + open("/proc/self/cmdline").read().split("\\0")
""",
}


def taking(code):
    """Return code that answers with the right one of its `found`: it is told by a digest."""
    digest = hashlib.sha256(f"{SECRET_VALUE['expected']:.6f}".encode()).hexdigest()
    return f"""{code}
import hashlib
def is_it(value):
    return hashlib.sha256(f"{{value:.6f}}".encode()).hexdigest() == {digest!r}
{SECRET} = next((v for v in found if type(v) is float and is_it(v)), 0)
"""


def test_the_answer_would_be_known_if_it_were_found():
    names = {}
    exec(taking(f"found = [1.0, {SECRET_VALUE['expected']!r}]"), names)
    assert names[SECRET] == SECRET_VALUE["expected"]


def test_the_answer_is_not_in_the_students_process(grader, small, subtests):
    for route, code in FIND_IN_MEMORY.items():
        with subtests.test(route):
            result = grade(grader, small, **{SECRET: taking(code)})
            assert points(result) == FULL | {SECRET: 0}
            assert marks(result)[SECRET].words.startswith("Not quite")
    assert_an_honest_one_counts(grader, small)


def test_follow_through_does_not_bring_the_exercises_own_answer(grader, small):
    """With `gain` lent for `per_year`, the answer to `per_year` must not be lying about."""
    look = """
import gc
found = [v for d in gc.get_objects() if type(d) is dict for v in list(d.values())
         if type(v) is float and abs(v - 3.428571) < 0.0001]
per_year = found[0] + 0 * gain if found else gain * 0
"""
    result = grade_both(grader, small, gain="gain = 51", per_year=look)
    assert points(result) == FULL | {"gain": 0, "per_year": 0}


def test_answers_that_lean_on_each_other_in_a_circle_earn_nothing(grader, small):
    result = grade_both(grader, small, gain="gain = per_year * 7", per_year="per_year = gain / 7")
    assert points(result) == FULL | {"gain": 0, "per_year": 0}


def test_an_answer_that_equals_another_is_not_got_by_naming_it(grader, small, monkeypatch):
    """The right answers to both are the same: to copy one proves nothing of the other."""
    monkeypatch.setitem(small.key["per_year"], "expected", small.key["gain"]["expected"])
    result = grade(grader, small, gain="gain = 51", per_year="per_year = gain")
    assert points(result) == FULL | {"gain": 0, "per_year": 0}


OTHER_PROCESSES = """
import ctypes, os
found = []
def attempt(what):
    try:
        what()
        found.append(what)
    except OSError:
        pass
own = os.readlink("/proc/self")
others = [n for n in os.listdir("/proc") if n.isdigit() and n != own]
for n in others:
    attempt(lambda: open(f"/proc/{n}/mem", "rb"))
    attempt(lambda: open(f"/proc/{n}/environ", "rb").read())
    for fd in range(10):
        attempt(lambda: open(f"/proc/{n}/fd/{fd}", "wb"))
for n in range(1, 100):
    if n != os.getpid() and ctypes.CDLL(None).ptrace(16, n, 0, 0) == 0:
        found.append("ptrace")
os.kill(1, 9)
gain = 24 if "1" in others and not found else f"{others} {found}"
"""


def test_other_processes_cannot_be_looked_into(grader, small):
    result = grade_both(grader, small, gain=OTHER_PROCESSES, per_year=None)
    assert points(result)["gain"] == 2


# Deceiving the checker

DECEPTIONS = {
    "equal to everything": """
class Anything:
    def __eq__(self, other): return True
    def __hash__(self): return 0
    def __float__(self): return 24.0
    def __abs__(self): return 0
    def __le__(self, other): return True
    __rsub__ = __sub__ = lambda self, other: self
gain = Anything()
""",
    "a number of its own kind": """
class Number(float):
    def __eq__(self, other): return True
    def __float__(self): return 24.0
    def __rsub__(self, other): return 0.0
gain = Number(1)
""",
    "a text of its own kind": """
class Text(str):
    def casefold(self): return "24"
    def __eq__(self, other): return True
gain = Text("x")
""",
    "a type that calls itself float": """
class float(object):
    __module__ = "builtins"
    real = 24.0
    def item(self): return 24
gain = float()
""",
    "a patched checker": """
import classwork.practice.check, builtins
classwork.practice.check.same = classwork.practice.check.verdict = lambda *a: True
builtins.abs = lambda x: 0
builtins.isinstance = lambda *a: True
gain = 1
""",
    "patched pandas": """
import pandas, numpy
pandas.Series.__eq__ = pandas.DataFrame.__eq__ = lambda *a: True
numpy.allclose = numpy.isclose = lambda *a: True
gain = pandas.Series([1])
""",
    "patched JSON": """
import json
json.dumps = lambda *a, **k: '{"values": {"gain": 24, "big": ["steel"]}, "cell": 3}'
gain = 1
""",
    "a forged end": """
import os
for fd in range(3, 20):
    for line in (b'{"end": true}', b'0 runner {"over": "ended"}', b'0' * 32 + b' runner {}'):
        try:
            os.write(fd, b"\\n" + line + b"\\n")
        except OSError:
            pass
gain = 1
""",
    "a pickle": """
class Evil:
    def __reduce__(self): return (eval, ("24",))
    def __repr__(self): return "24"
    def __str__(self): return "24"
gain = Evil()
""",
    "not a number": "gain = float('nan')",
    "infinite": "gain = float('inf')",
    "many digits": "gain = 10 ** 100_000",
    "within itself": "gain = []\ngain.append(gain)",
    "lone surrogates": "gain = '\\ud800'",
    "a generator": "gain = (n for n in range(25))",
}


def test_the_checker_is_not_deceived(grader, small, subtests):
    for way, code in DECEPTIONS.items():
        with subtests.test(way):
            result = grade(grader, small, gain=code, per_year="per_year = 24 / 7")
            assert points(result) | {"claim": None} == FULL | {"gain": 0}
    assert_an_honest_one_counts(grader, small)


MONSTERS = {
    "signs": "gain = " + "-" * 40_000 + "1",
    "brackets": "gain = " + "(" * 20_000 + "1" + ")" * 20_000,
    "dots": "gain = x" + ".a" * 20_000,
    "a sum": "gain = " + "+".join(["1"] * 20_000),
    "magic": "!ls\n" * 700 + "gain = 1",
    "a null": "gain = 1\0",
    "half a character": "gain = '\ud800'",
    "a long line": "gain = '" + "x" * 900_000 + "'",
    "an old escape": 'gain = "\\d"',
    "odd spaces": "\u00a0gain\u2028=\x0c1",
}


def test_code_that_no_parser_likes(grader, small, subtests):
    for name, code in MONSTERS.items():
        with subtests.test(name):
            result = grade(grader, small, gain=code, per_year="per_year = 24 / 7")
            assert points(result) in (FULL | {"gain": 0}, FULL | {"gain": None})
            assert not [line for line in result.attention if "fault of ours" in line]
    assert_an_honest_one_counts(grader, small)


def test_a_fault_of_ours_costs_one_submission_alone(grader, small, monkeypatch):
    with monkeypatch.context() as spoilt:
        spoilt.setattr(grading, "find_work", lambda *_: 1 / 0)
        result = grader.grade("A", "a.ipynb", data(solved(small)))
    assert result.marks == []
    assert "mark it by hand. (ZeroDivisionError" in result.attention[0]
    assert points(grader.grade("A", "a.ipynb", data(solved(small)))) == FULL


# Taking too much

TOO_MUCH = {
    "asleep, and no signal wakes it": (
        "import signal, time\n"
        "for n in range(1, 65):\n"
        "    try: signal.signal(n, signal.SIG_IGN)\n"
        "    except (OSError, ValueError): pass\n"
        "while True:\n"
        "    try: time.sleep(1000)\n"
        "    except BaseException: pass",
        "ran over time",
    ),
    "a computation in C": ("sum(range(10 ** 12))", "ran over time"),
    "the process ended": ("import os\nos._exit(0)", "ended the process"),
    "a crash": ("import ctypes\nctypes.string_at(0)", "ended the process"),
    "killed by itself": ("import os\nos.kill(os.getpid(), 9)", "ended the process"),
}


def test_a_cell_that_does_not_end_as_it_should_costs_its_own_points_alone(grader, small, subtests):
    for way, (code, what) in TOO_MUCH.items():
        with subtests.test(way):
            result = grade(grader, small, big=f"{code}\nbig = ['steel']")
            assert points(result) == FULL | {"big": 0}
            assert [line for line in result.attention if what in line and "(big)" in line]
            assert marks(result)["big"].verdict == STOPPED
    assert_an_honest_one_counts(grader, small)


def test_many_endless_loops_do_not_take_for_ever(grader, small, monkeypatch):
    monkeypatch.setattr(grading, "MOST_CUT", 1)
    notebook = solved(small)
    place = place_of(notebook, "per_year")
    notebook.cells[place:place] = [new_code_cell(f"{n}\nwhile True: pass") for n in range(20)]
    result = grader.grade("Mallory", "m.ipynb", data(notebook))
    assert points(result)["gain"] == 2
    assert {m.verdict for m in result.marks[1:]} == {UNMARKED}
    assert any("not all of its cells were run" in line for line in result.attention)
    assert points(grader.grade("Anna", "a.ipynb", data(solved(small)))) == FULL


MEMORY = "hoard = []\nwhile True: hoard.append(bytearray(20_000_000))\nbig = ['steel']"
FLOOD = "import sys\nfor _ in range(20_000): print('x' * 10_000); sys.stderr.write('y' * 10_000)"


def test_memory_is_bounded(grader, small):
    result = grade_both(grader, small, big=f"big = ['steel']\n{MEMORY}")
    assert points(result) == FULL
    result = grade_both(grader, small, big=MEMORY)
    assert points(result) == FULL | {"big": 0}
    assert "MemoryError" in marks(result)["big"].words


def test_flooded_output_is_no_matter(grader, small):
    assert points(grade_both(grader, small, gain=f"{FLOOD}\ngain = 24")) == FULL


def test_flooding_the_way_out_is_stopped(grader, small):
    # As much as is refused, and no more: an old IPython holds /dev/null open, which is never full.
    flood = """
import os
for fd in range(3, 20):
    try:
        for _ in range(1000): os.write(fd, b'{"begin": 3}' * 5000 + b"\\n" * 5000)
    except OSError: pass
gain = 24
"""
    result = grade_both(grader, small, gain=flood, per_year="per_year = 24 / 7")
    assert points(result) == FULL | {"gain": 0}
    assert any("wrote far too much" in line for line in result.attention)


def test_large_files_are_refused(grader, small):
    fill = "open('big', 'wb').write(bytes(40_000_000))\ngain = 24"
    result = grade_both(grader, small, gain=fill)
    assert marks(result)["gain"].words.startswith("Your cell stopped: OSError")


# Leaving something behind

STRAYS = {
    "a background process": "import subprocess\nsubprocess.Popen(['sleep', '4321', ])",
    "a process that has left its group": (
        "import os\n"
        "if os.fork() == 0:\n"
        "    os.setsid()\n"
        "    if os.fork() == 0:\n"
        f"        os.execv('/bin/sh', ['{MARK_OF_OURS}', '-c', 'sleep 4321; true'])\n"
        "    os._exit(0)"
    ),
    "a thread that never ends": (
        "import threading, time\nthreading.Thread(target=time.sleep, args=[4321]).start()"
    ),
    "something for the end": "import atexit, time\natexit.register(time.sleep, 4321)",
    "a fork that goes on": "import os\nos.fork()",
    "a fork in the way": "import os, time\nif os.fork(): time.sleep(0)\nelse: time.sleep(4321)",
}


def test_nothing_goes_on_afterwards(grader, small, subtests):
    for way, code in STRAYS.items():
        with subtests.test(way):
            assert points(grade(grader, small, gain=f"{code}\ngain = 24")) == FULL
            assert_no_stray_process()
    assert_an_honest_one_counts(grader, small)


@pytest.mark.parametrize("way", ["a process that has left its group", "a fork in the way"])
def test_a_process_left_running_is_reported(grader, small, way):
    result = grade_both(grader, small, gain=STRAYS[way] + "\ngain = 24")
    assert any("left it running" in line for line in result.attention)


def test_processes_that_multiply_are_stopped(grader, small):
    code = "import os, time\nwhile True:\n    os.fork()\n    time.sleep(0.01)\ngain = 24"
    result = grade_both(grader, small, gain=code, per_year="per_year = 24 / 7")
    assert points(result) == FULL | {"gain": 0}


def test_nothing_is_written_outside(grader, small, tmp_path):
    outside = [tmp_path / "SUBMISSIONS", KEYS, ROOT / "datasets", ROOT / "notebooks"]
    outside[0].mkdir()
    (outside[0] / "anna.ipynb").write_text("{}", encoding="utf-8")
    places = [str(folder / "planted.txt") for folder in outside]
    places += [f"{ROOT}/helpers/two_winds/planted.py", "/tmp/two_winds_planted", "/planted",
               "/usr/planted", "/dev/shm/planted", "/etc/planted", "/dev/planted",
               os.path.expanduser("~/planted"), f"{sys.prefix}/planted"]  # fmt: skip
    victims = [str(outside[0] / "anna.ipynb"), f"{ROOT}/datasets/production.csv"]
    before = state_of(*outside)
    code = f"""
import os, pathlib, shutil
for place in {places + victims!r}:
    for act in (lambda: os.makedirs(os.path.dirname(place), exist_ok=True),
                lambda: open(place, "w").write("planted"), lambda: os.remove(place),
                lambda: os.rename(place, place + "2"), lambda: os.chmod(place, 0o777)):
        try: act()
        except OSError: pass
shutil.rmtree({str(ROOT)!r}, ignore_errors=True)
gain = 24
"""
    assert points(grade_both(grader, small, gain=code)) == FULL
    assert state_of(*outside) == before
    assert not [place for place in places if os.path.exists(place)]


def test_its_own_folder_is_writable_and_empty_for_the_next(grader, small):
    code = """
import os
assert os.listdir(".") == []
open("own.txt", "w").write("24")
os.makedirs("sub/folder")
os.symlink("/usr", "link")
gain = int(open("own.txt").read())
"""
    for _ in range(2):
        assert points(grader.grade("A", "a.ipynb", data(solved(small, gain=code)))) == FULL


def test_what_one_submission_does_does_not_reach_the_next(grader, small):
    code = """
import builtins, sys, pandas
builtins.len = lambda x: 7
pandas.DataFrame.__getitem__ = None
sys.path.insert(0, ".")
sys.modules["math"] = None
gain = 24
"""
    after = "import math\ngain = math.floor(24.5) if len([1]) == 1 else 0"
    grade_both(grader, small, gain=code)
    assert points(grader.grade("A", "a.ipynb", data(solved(small, gain=after)))) == FULL


# Each leaves something where the next might find it: what leaves it, and whether it is there.
CHANNELS = {
    "a folder that cannot be emptied": (
        "os.mkdir('/submission/d'); open('/submission/d/a', 'w').close()\n"
        "os.chmod('/submission/d', 0o555)",
        "os.path.exists('/submission/d')",
    ),
    "the mode of the folder": (
        "os.chmod('/submission', 0o705)",
        "os.stat('/submission').st_mode & 7",
    ),
    "shared memory": ("libc.shmget(0x1957, 4096, 0o1666)", "libc.shmget(0x1957, 4096, 0o666) >= 0"),
    "a queue of messages": ("libc.msgget(0x1957, 0o1666)", "libc.msgget(0x1957, 0o666) >= 0"),
    "a semaphore": ("libc.semget(0x1957, 1, 0o1666)", "libc.semget(0x1957, 1, 0o666) >= 0"),
    "a key of the user's": (
        "libc.syscall(248, b'user', b'c1957', b'24', 2, -4)",
        "libc.syscall(249, b'user', b'c1957', None, -4) >= 0",
    ),
    "a key of the session's": (
        "libc.syscall(248, b'user', b'c1957', b'24', 2, -3)",
        "libc.syscall(249, b'user', b'c1957', None, -3) >= 0",
    ),
}


@pytest.mark.parametrize("channel", CHANNELS)
def test_nothing_is_handed_on_to_the_next(grader, small, channel):
    start = "import ctypes, os\nlibc = ctypes.CDLL(None)\n"
    leave, find = CHANNELS[channel]
    there = f"{start}{leave}\ngain = 24 if {find} else 0"
    gone = f"{start}gain = 0 if {find} else 24"
    first = grader.grade("M", "m.ipynb", data(solved(small, gain=there)))
    second = grader.grade("N", "n.ipynb", data(solved(small, gain=gone)))
    # A key may be refused from the beginning.
    assert points(first)["gain"] == 2 or "key" in channel
    assert points(second)["gain"] == 2


def test_no_submission_is_in_the_memory_of_the_next(grader, small):
    """One student's work must not be there for another to copy."""
    search = """
import ctypes
own, needle = "".join(["Marks", "_own"]).encode(), "".join(["Annas", "_own"]).encode()
Marks_own = 1
seen = {own: 0, needle: 0}
with open("/proc/self/maps") as maps:
    for line in maps:
        span, rights = line.split()[:2]
        if rights.startswith("rw"):
            start, end = (int(n, 16) for n in span.split("-"))
            piece = ctypes.string_at(start, end - start)
            for word in seen:
                seen[word] += piece.count(word)
# What was looked for is itself in memory, and is found: so would Anna's be.
gain = 24 if seen[own] > seen[needle] and seen[needle] < 5 else f"{seen}"
"""
    anna = "Annas_own = 24\ngain = Annas_own" + "\nprint(Annas_own)" * 500
    assert points(grader.grade("Anna", "a.ipynb", data(solved(small, gain=anna)))) == FULL
    assert points(grader.grade("M", "m.ipynb", data(solved(small, gain=search))))["gain"] == 2


# Network, other code


def test_there_is_no_network(grader, small):
    """A server of ours listens on this machine, and hears nothing."""
    import socket

    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(0.3)
    heard = []

    def listen():
        with contextlib.suppress(TimeoutError):
            heard.append(server.accept())

    listening = threading.Thread(target=listen)
    listening.start()
    code = f"""
import socket
socket.create_connection(("127.0.0.1", {server.getsockname()[1]}), timeout=0.2)
gain = 24
"""
    result = grader.grade("M", "m.ipynb", data(solved(small, gain=code)))
    listening.join()
    server.close()
    assert heard == []
    assert marks(result)["gain"].words.startswith("Your cell stopped: ConnectionRefusedError")


def test_a_module_that_was_handed_in_too_is_not_there(grader, small):
    result = grade_both(grader, small, gain="from my_helpers import f\ngain = f()")
    words = "Your cell stopped: ModuleNotFoundError: No module named 'my_helpers' (line 1)."
    assert marks(result)["gain"].words == words


def test_lines_for_the_shell_do_nothing(grader, small, subtests):
    for line in (
        f"!cat {KEY_PATH}",
        f"x = !cat {KEY_PATH}",
        "get_ipython().system('ls')",
        "%run other.py",
    ):
        with subtests.test(line):
            assert points(grade(grader, small, gain=f"{line}\ngain = 24")) == FULL
    assert_an_honest_one_counts(grader, small)


def test_a_cell_of_another_language_answers_nothing(grader, small):
    result = grade_both(grader, small, gain=f"%%bash\ncat {KEY_PATH}\n", per_year="per_year = 24/7")
    assert points(result) == FULL | {"gain": None}
    assert marks(result)["gain"].verdict == UNMARKED


def test_user_without_rights(grader, small):
    """Rights that the teacher's account may have are not there."""
    code = """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
refused = [libc.unshare(0x10000000), libc.mount(b"x", b"/submission", b"tmpfs", 0, 0),
           libc.chroot(b"/usr"), libc.umount2(b"/submission", 2)]
gain = 24 if all(r == -1 for r in refused) and os.getuid() == 1000 else refused[0]
"""
    assert points(grade_both(grader, small, gain=code)) == FULL


# Where nothing confines

SUSPICIOUS = {
    "open('x')": "uses open",
    "import os": "imports os",
    "from os import path": "imports os",
    "import pandas.io": "imports pandas.io",
    "import IPython": "imports IPython",
    "from IPython.display import os": "imports os from IPython.display",
    "from numpy import load": "imports load from numpy",
    "import json\njson.codecs": "imports json",
    "import typing": "imports typing",
    "import two_winds\ntwo_winds.datasets.DATASETS.joinpath('x').unlink()": "imports two_winds",
    "pd.core": "uses .core",
    "x.open('y')": "uses .open",
    "table.query('@pd.read_pickle(\"x\")')": "runs code from text",
    "table.query(text)": "runs code from text",
    "names['__builtins__']": "marked as private",
    "def f(): import os": "imports os",
    "f = lambda: open": "uses open",
    "print(f'{open}')": "uses open",
    "print('x', file=f)": "uses the argument file",
    "print(**names)": "uses the argument None",
    "from classwork.practice.check import read_keys": "imports classwork.practice.check",
    "from two_winds import exercises": "imports exercises from two_winds",
    "from . import x": "imports a module beside it",
    "exec('1')": "uses exec",
    "f = eval": "uses eval",
    "getattr(f, 'x')": "uses getattr",
    "().__class__": "uses .__class__",
    "__builtins__": "marked as private",
    "'{0.__class__}'": "marked as private",
    "('{0.' + u + 'x}').format([])": "uses .format",
    "pd.read_csv('x')": "uses .read_csv",
    "table.to_csv('x')": "uses .to_csv",
    "table.to_string('x')": "uses .to_string",
    "table.apply('to_csv', path_or_buf='x')": "uses .apply with what is no function",
    "m = 'to_csv'\ntable.apply(m)": "uses .apply with what is no function",
    "f = table.agg\nf('to_csv', args=('x',))": "keeps .agg for later",
    "table.agg(func='to_csv')": "uses .agg with what is no function",
    "table.pivot_table(aggfunc='to_csv')": "uses aggfunc with what is no function",
    "table.plot(backend='x')": "uses the argument backend",
    "pd.io.common": "uses .io",
    "np.load('x')": "uses .load",
    "np.array([1]).dump('x')": "uses .dump",
    "np.testing.runstring('open(1)', {})": "uses .testing",
    "plt.figure().canvas.print_png('x')": "uses .canvas",
    "functions[0]('x')": "calls what is no plain name",
    "type('X', (), {})": "makes a type",
    "class X: pass": "is more than an answer needs (classdef)",
    "with f: pass": "is more than an answer needs (with)",
    "def f(x: 'open(1)'): pass": "annotates an argument",
    "@f\ndef g(): pass": "decorates a function",
    "get_ipython = lambda: np\nget_ipython().load('x')": "uses .load",
    "!ls": "runs a program",
    "x = !ls": "runs a program",
    "%%bash\nls": "runs a program",
    "%run x.py": "uses %run",
    "input()": "uses input",
    f"import os  # {'x' * 60_000}": "too long to look through",
}
HARMLESS = [
    "import pandas as pd, numpy as np, math\nfrom statistics import mean",
    "from two_winds import load, value, growth_rate, show\nshow(load('production'))",
    "%matplotlib inline",
    "this is no Python, and is not run",
    "from classwork.practice.received import received\nreceived('gain', 24)",
    "from IPython.display import display, Markdown\ndisplay(table)",
    "np.array([1]).copy().trace\ntable.select_dtypes('number')",
    "%%time\ngain = 24",
    "table.groupby('year').agg('sum')\ntable['steel'].apply(lambda t: t * 1000)",
    "table['steel'].to_list() + table.to_numpy().tolist()",
    "table.sort_values('year').groupby('year')['steel'].sum().round(1)",
    "for _ in range(3): print(f'{_}')",
    "pd.to_datetime('1957-10-04').year",
    "limit = 30\ntable.query('year > 1950 and steel > @limit')",
    "import matplotlib.pyplot as plt\nplt.plot([1, 2])",
    "def f(x):\n    return x * 2\nf(3)",
]


def looked_at(code):
    python = python_of(code)
    return look(Step(12, code, python, tree_of(python)))


@pytest.mark.parametrize("code", SUSPICIOUS, ids=lambda code: code[:30])
def test_looking_first_finds_what_an_answer_never_needs(code):
    assert [what for what in looked_at(f"x = 1\n{code}") if SUSPICIOUS[code] in what]


@pytest.mark.parametrize("code", HARMLESS)
def test_looking_first_lets_honest_code_pass(code, monkeypatch):
    # As where something was shown at Python's prompt before.
    monkeypatch.setattr(builtins, "_", 24, raising=False)
    assert looked_at(code) == []


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_looking_first_lets_every_lesson_and_its_solutions_pass(lesson):
    own = [code for e in lesson.exercises for code in (e.solution, e.mistakes)]
    for code in [cell.source for cell in lesson.code] + own:
        assert looked_at(code) == []


def test_where_nothing_confines_the_suspicious_are_held_back_and_loops_stopped(
    unconfined, small, tmp_path
):
    planted = tmp_path / "planted"
    code = f"gain = 24\nopen({str(planted)!r}, 'w').write('x')"
    suspicious = data(solved(small, gain=code, big=None))
    with Grader(small, SHORT) as grader:
        assert not grader.confined
        result = grader.grade("M", "m.ipynb", suspicious)
        assert not planted.exists()
        assert {m.verdict for m in result.marks if m.exercise != "big"} == {UNMARKED}
        assert marks(result)["big"].verdict == BLANK
        assert marks(result)["gain"].answer == code
        assert "cell 3, line 2: uses open" in result.attention[0]
        assert "--release" in result.attention[0]
        assert points(grader.grade("A", "a.ipynb", data(solved(small)))) == FULL
        endless = data(solved(small, gain=code, big="while True: pass"))
        released = grader.grade("M", "m.ipynb", endless, released=True)
        assert points(released) == FULL | {"big": 0}
        assert marks(released)["big"].verdict == STOPPED
        assert planted.exists()


def test_confined_what_is_suspicious_is_run_and_reported(grader, small):
    result = grade_both(grader, small, gain="import os\ngain = 24")
    assert points(result) == FULL
    assert result.attention == ["It goes beyond what answers need: cell 3, line 1: imports os."]


def test_the_watching_process_gone_in_the_middle(grader, small):
    """Whatever brings it down, the pile goes on."""
    assert_an_honest_one_counts(grader, small)
    grader.runs.process.popen.kill()
    assert_an_honest_one_counts(grader, small)
    assert_an_honest_one_counts(grader, small)


FOR_BOTH = [
    {"gain": "gain = 51", "big": "import os\nos._exit(0)\nbig = []", "claim": None},
    {"gain": f"{DECEPTIONS['equal to everything']}\n{STRAYS['a process that has left its group']}",
     "big": "while True: pass\nbig = ['steel']", SECRET: FIND_KEYS["open the file"],
     "per_year": "per_year = undefined"},
]  # fmt: skip


def test_both_engines_give_the_same(grader, small, monkeypatch):
    """Honest, following through, crashing, deceiving, endless, leaving a process."""
    # A loop is to be ended for what it takes of the processor, long before its time is over.
    monkeypatch.setattr(engine, "BY_THE_CLOCK", 60)
    began = time.monotonic()
    sheets = [data(solved(small, **instead)) for instead in FOR_BOTH]
    got = [grader.grade("A", "a.ipynb", sheet) for sheet in sheets]
    assert_no_stray_process()
    assert points(got[0]) == FULL | {"gain": 0, "big": 0, "claim": 0}
    assert points(got[1]) == FULL | {"gain": 0, "big": 0, SECRET: 0, "per_year": 0}
    with Grader(small, SHORT, "fresh") as fresh:
        for sheet, other in zip(sheets, got, strict=True):
            one = fresh.grade("A", "a.ipynb", sheet)
            assert_no_stray_process()
            assert [(m.points, m.verdict) for m in one.marks] == [
                (m.points, m.verdict) for m in other.marks
            ]
    assert time.monotonic() - began < SHORT.cell
