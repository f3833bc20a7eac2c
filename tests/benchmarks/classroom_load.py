"""Thirty students on one JupyterHub, each with a lesson: do all finish, and what does it take?

    python tests/benchmarks/classroom_load.py FOLDER [STUDENTS ...]

FOLDER gets an environment of its own with JupyterHub in it (400 MB), and is used again next time.
STUDENTS are the sizes of class to try, 1, 10 and 30 where none are given. Each student has a
server, saves one of the ten lessons into it and runs it from top to bottom, all at the same time,
over the protocol that JupyterLab speaks. The last row has all of them in one server, each with a
kernel. An error in any cell ends the script with what it said.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
import uuid
from dataclasses import dataclass
from pathlib import Path

from hub import PATIENCE, ROOT, Hub, running_hub
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import websocket_connect

LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))
CLASSES = [1, 10, 30]
HEADINGS = ("students", "servers", "seconds", "CPU s each", "MiB in all", "MiB each", "cells")
AsyncHTTPClient.configure(None, max_clients=1000)


def request(hub: Hub, address: str, **more: object) -> HTTPRequest:
    """Return a request to the hub or to a student's server, with all the patience there is."""
    headers = {"Authorization": f"token {hub.token}"}
    waiting = {"connect_timeout": PATIENCE, "request_timeout": PATIENCE}
    return HTTPRequest(address, headers=headers, **waiting, **more)


async def ask(hub: Hub, method: str, path: str, body: object = None) -> object:
    """Ask the hub, or a student's server, over HTTP; return what it answers."""
    text = None if method == "GET" else json.dumps(body)
    asked = request(hub, f"{hub.address}/{path}", method=method, body=text)
    answer = (await AsyncHTTPClient().fetch(asked)).body
    return json.loads(answer) if answer else None


async def open_server(hub: Hub, user: str) -> None:
    """Start a user's server, as the first visit of the day does, and wait until it is ready."""
    await ask(hub, "POST", f"hub/api/users/{user}")
    await ask(hub, "POST", f"hub/api/users/{user}/server")
    while not (await ask(hub, "GET", f"hub/api/users/{user}"))["server"]:
        await asyncio.sleep(1)


async def run_lesson(hub: Hub, user: str, lesson: Path, name: str) -> int:
    """Save a copy of a lesson into a user's server and run it; return how many cells it had."""
    notebook = json.loads(lesson.read_text(encoding="utf-8"))
    model = {"type": "notebook", "format": "json", "content": notebook}
    await ask(hub, "PUT", f"user/{user}/api/contents/{name}", model)
    session = {"path": name, "name": name, "type": "notebook", "kernel": {"name": "python3"}}
    kernel = (await ask(hub, "POST", f"user/{user}/api/sessions", session))["kernel"]["id"]
    channels = f"{hub.address}/user/{user}/api/kernels/{kernel}/channels"
    connection = await websocket_connect(request(hub, channels.replace("http", "ws", 1)))
    cells = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    for source in cells:
        await run_cell(connection, source, f"{user}, {lesson.name}")
    connection.close()
    return len(cells)


async def run_cell(connection: object, source: str, where: str) -> None:
    """Run one cell and wait until the kernel is idle again; an error in it is an error here."""
    header = {"msg_id": uuid.uuid4().hex, "msg_type": "execute_request", "version": "5.3",
              "session": "class", "username": "student"}  # fmt: skip
    content = {"code": source, "silent": False, "store_history": True, "allow_stdin": False}
    message = {"channel": "shell", "header": header, "parent_header": {}, "metadata": {}}
    await connection.write_message(json.dumps(message | {"content": content}))
    waiting_for = {"execute_reply", "idle"}
    while waiting_for:
        text = await connection.read_message()
        if text is None:
            sys.exit(f"{where}: the connection to the kernel broke in this cell:\n{source}")
        answer = json.loads(text)
        if answer["parent_header"].get("msg_id") != header["msg_id"]:
            continue
        if answer["msg_type"] == "error":
            sys.exit(f"{where}: {answer['content']['evalue']}\nin this cell:\n{source}")
        waiting_for -= {answer["msg_type"], answer["content"].get("execution_state")}


@dataclass
class Measured:
    """What a class took; memory is taken when all have finished and every kernel still runs."""

    students: int
    servers: int
    seconds: float
    cpu: float
    memory: float
    cells: int

    def row(self) -> tuple[str, ...]:
        """Return it as it stands in the table."""
        each = (self.cpu / self.students, self.memory, self.memory / self.students)
        numbers = (self.seconds, *each)
        return (str(self.students), str(self.servers), *(f"{n:.1f}" for n in numbers),
                str(self.cells))  # fmt: skip


async def class_of(hub: Hub, students: int, one_server: bool) -> Measured:
    """Have so many students work at the same time; return what it took."""
    users = ["class"] if one_server else [f"student{i:02}" for i in range(1, students + 1)]
    cpu, memory, start = hub.cpu(), hub.memory(), time.monotonic()

    async def work(place: int) -> int:
        user = users[place % len(users)]
        if not one_server:
            await open_server(hub, user)
        lesson = LESSONS[(place + 1) % len(LESSONS)]  # 00, the shortest, comes last
        return await run_lesson(hub, user, lesson, f"{place:02}-{lesson.name}")

    if one_server:
        await open_server(hub, users[0])
    cells = await asyncio.gather(*map(work, range(students)))
    seconds = time.monotonic() - start
    return Measured(
        students, len(users), seconds, hub.cpu() - cpu, hub.memory() - memory, sum(cells)
    )


def main(folder: str, *sizes: str) -> None:
    """Try every size of class on a hub of its own, then the last one in one server."""
    classes = [(int(size), False) for size in sizes or CLASSES]
    classes.append((classes[-1][0], True))
    print("  ".join(f"{heading:>10}" for heading in HEADINGS))
    for students, one_server in classes:
        with running_hub(Path(folder).resolve()) as hub:
            measured = asyncio.run(class_of(hub, students, one_server))
        print("  ".join(f"{text:>10}" for text in measured.row()), flush=True)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(*sys.argv[1:])
