"""A JupyterHub on this machine, with an environment of its own, for what is measured on it.

Linux only, since it reads /proc. Needs npm, for the hub's proxy.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import peers

PACKAGES = ["jupyterhub==6.1.1", "nbgitpuller==1.3.0"]
PROXY = "configurable-http-proxy@5.3.0"
PATIENCE = 300  # seconds; thirty servers that start at once take their time

CONFIG = """
c.JupyterHub.bind_url = "http://127.0.0.1:{port}"
c.JupyterHub.hub_bind_url = "http://127.0.0.1:{hub_port}"
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{proxy_port}"
c.ConfigurableHTTPProxy.command = ["{folder}/node_modules/.bin/configurable-http-proxy"]
c.JupyterHub.db_url = "sqlite:///:memory:"
c.JupyterHub.log_level = "WARN"
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allow_all = True
# Every student a folder of their own, all of them the one user of this machine.
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = "{homes}/{{username}}"
c.Spawner.cmd = ["{folder}/bin/jupyterhub-singleuser", "--allow-root"]
# Over TCP, kernels of many students who begin at once now and then get hold of the same port.
c.Spawner.args = ["--KernelManager.transport=ipc"]
c.Spawner.start_timeout = c.Spawner.http_timeout = {patience}
c.JupyterHub.services = [{{"name": "class", "api_token": "{token}"}}]
scopes = ["admin:users", "admin:servers", "access:servers"]
c.JupyterHub.load_roles = [{{"name": "class", "services": ["class"], "scopes": scopes}}]
"""


def make_environment(folder: Path) -> None:
    """Install JupyterHub, its proxy and Two Winds into `folder`, where they are not there yet."""
    if (folder / "finished").exists():
        return
    if not shutil.which("npm"):
        sys.exit("JupyterHub's proxy is installed with npm: install Node.js, then run this again.")
    print(f"Installing JupyterHub into {folder} (once) ...", flush=True)
    peers.install(folder, PACKAGES)
    npm = ["npm", "install", "--silent", "--no-save", "--prefix", folder, PROXY]
    subprocess.run(npm, check=True)
    (folder / "finished").touch()


def free_ports(count: int) -> list[int]:
    """Return so many ports that nobody listens on."""
    with contextlib.ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]


class Hub:
    """A JupyterHub that is running; see `running_hub`.

    Attributes:
        address: where a browser finds it.
        token: lets a program do what any of its users may do.
        homes: the folder with each user's own.
    """

    def __init__(self, process: subprocess.Popen, address: str, token: str, homes: Path) -> None:
        self.process, self.address, self.token, self.homes = process, address, token, homes

    def processes(self) -> list[int]:
        """Return the hub's process and all that come from it: proxy, servers, kernels."""
        parents = {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        found = [self.process.pid]
        for parent in found:
            found += [child for child, its_parent in parents.items() if its_parent == parent]
        return found

    def memory(self) -> float:
        """Return what all its processes hold, in MiB; what some share is counted once (PSS)."""
        held = 0
        for process in self.processes():
            with contextlib.suppress(OSError):
                lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
                held += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        return held / 1024

    def cpu(self) -> float:
        """Return the processor time that all its processes have had, in seconds."""
        ticks = 0
        for process in self.processes():
            with contextlib.suppress(OSError):
                fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
                ticks += sum(map(int, fields[11:15]))
        return ticks / os.sysconf("SC_CLK_TCK")


def hub_environment(folder: Path) -> dict[str, str]:
    """Return the environment for the hub: its own programs first, nobody's own settings."""
    dropped = ("JUPYTER", "PYTHON", "VIRTUAL_ENV", "MPLBACKEND")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    return kept | {"PATH": f"{folder / 'bin'}{os.pathsep}{kept['PATH']}"}


@contextlib.contextmanager
def running_hub(folder: Path) -> Iterator[Hub]:
    """Start a JupyterHub from the environment in `folder`; stop all that it started at the end."""
    make_environment(folder)
    # A kernel's sockets lie in its student's home, and their names must not be long.
    homes = Path(tempfile.mkdtemp(prefix="h"))
    port, hub_port, proxy_port = free_ports(3)
    settings = {"port": port, "hub_port": hub_port, "proxy_port": proxy_port}
    token = secrets.token_hex()
    text = CONFIG.format(folder=folder, homes=homes, token=token, patience=PATIENCE, **settings)
    (homes / "config.py").write_text(text, encoding="utf-8")
    command = [folder / "bin" / "jupyterhub", "--config", homes / "config.py"]
    with (folder / "hub.log").open("w") as log:
        process = subprocess.Popen(
            command, cwd=homes, env=hub_environment(folder), stdout=log, stderr=log
        )
    hub = Hub(process, f"http://127.0.0.1:{port}", token, homes)
    try:
        wait_until_it_answers(hub, folder / "hub.log")
        yield hub
    finally:
        # Told to stop, a hub stops its proxy and every student's server.
        process.terminate()
        process.wait(PATIENCE)
        shutil.rmtree(homes)


def wait_until_it_answers(hub: Hub, log: Path) -> None:
    """Wait until the hub answers through its proxy; say what it said where it gives up."""
    end = time.monotonic() + PATIENCE
    while hub.process.poll() is None and time.monotonic() < end:
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{hub.address}/hub/api") as got:
            json.load(got)
            return
        time.sleep(0.2)
    raise RuntimeError(f"JupyterHub did not start:\n{log.read_text(errors='replace')}")
