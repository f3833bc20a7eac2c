"""Kernels that need not import pandas and matplotlib anew: forks of a process that has them."""

import multiprocessing
import os
import sys
import threading
from pathlib import Path

from ipykernel.kernelapp import IPKernelApp
from jupyter_client import AsyncKernelManager

IS_LINUX = sys.platform == "linux"
FORKS = multiprocessing.get_context("forkserver" if IS_LINUX else None)
# Nothing of ours is among them: each lesson finds that as it is on the disk.
FORKS.set_forkserver_preload(
    ["ipykernel.kernelapp", "ipywidgets", "jinja2", "jupyter_client", "pandas", "yaml"]
    + ["matplotlib.backends.backend_agg"]
)
OUT_OF_REACH = {"tests", "tools"}


def begin(folder, environment, arguments):
    """Become a kernel."""
    threading.Thread(target=end_with_whoever_asked, daemon=True).start()
    os.chdir(folder)
    os.environ.update(environment)
    sys.path = [place for place in sys.path if not OUT_OF_REACH & set(Path(place).parts)]
    IPKernelApp.launch_instance([*arguments, f"--IPKernelApp.parent_handle={os.getppid()}"])


def end_with_whoever_asked():
    """End this process when the one that asked for it does."""
    multiprocessing.parent_process().join()
    os._exit(1)


class ForkedKernel(AsyncKernelManager):
    """As much of a kernel's manager as nbclient asks for."""

    process = None
    has_kernel = property(lambda self: self.process is not None)

    async def start_kernel(self, cwd, extra_arguments, env=os.environ):
        self.write_connection_file()
        arguments = ["-f", self.connection_file, *extra_arguments]
        self.process = FORKS.Process(target=begin, args=(cwd, dict(env), arguments), daemon=True)
        self.process.start()

    async def _async_is_alive(self):
        return self.process.is_alive()

    is_alive = _async_is_alive

    async def shutdown_kernel(self, now):
        self.process.kill()


# What has a NotebookClient use them; elsewhere its kernels are those of everybody.
FORKED = {"kernel_manager_class": ForkedKernel} if IS_LINUX else {}
