from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import shutil
import subprocess
import sys
from ast import literal_eval
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil
import pytest

from casework.serve.forks import Forked, Forks
from casework.serve.kernels import OwnKernelSpecs, VisitKernelManager, opening
from casework.serve.places import Opening
from casework.serve.settings import make_kernel_folder, voila_config

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from jupyter_client import AsyncKernelClient, AsyncKernelManager

PATIENCE = 60


class Kernel:
    """One kernel, and a line to it."""

    def __init__(self, manager: AsyncKernelManager) -> None:
        self.manager = manager
        self.client: AsyncKernelClient = manager.client()
        self.client.start_channels()

    @property
    def process(self) -> psutil.Process:
        return psutil.Process(self.manager.provisioner.pid)

    async def told(self, expression: str) -> Any:
        """Return what an expression is in the kernel."""
        asked = self.client.execute("", user_expressions={"told": expression})
        told = (await self.answer(asked))["user_expressions"]["told"]
        return literal_eval(told["data"]["text/plain"])

    async def answer(self, asked: str) -> dict[str, Any]:
        while True:
            message = await self.client.get_shell_msg(timeout=PATIENCE)
            if message["parent_header"].get("msg_id") == asked:
                return message["content"]


class House:
    """Starts kernels for one test."""

    def __init__(self, forks: Forks | None, folder: Path) -> None:
        self.folder, self.sockets = folder, make_kernel_folder()
        # As a server has them: a TCP port could be taken by another program before the kernel listens there.
        config = voila_config("sqlite://")
        self.manager = VisitKernelManager(
            config=config, kernel_spec_manager=OwnKernelSpecs(), connection_dir=self.sockets
        )
        self.manager.forks = forks
        self.kernels: list[Kernel] = []

    async def start(self, visit: str = "a-visit") -> Kernel:
        opening.set(Opening(visit, "en/goodbye.ipynb"))
        kernel = Kernel(self.manager.get_kernel(await self.manager.start_kernel(cwd=str(self.folder))))
        self.kernels.append(kernel)
        await kernel.client.wait_for_ready(timeout=PATIENCE)
        return kernel

    async def end(self) -> None:
        for each in self.kernels:
            each.client.stop_channels()
        await self.manager.shutdown_all(now=True)
        shutil.rmtree(self.sockets)


@pytest.fixture(scope="module")
def forks() -> Iterator[Forks]:
    """Keep one process that is forked."""
    one = Forks()
    yield one
    one.close()


@pytest.fixture
def run(forks: Forks, tmp_path: Path) -> Callable[..., Any]:
    """Do something with kernels, and end them all afterwards."""

    def do(work: Callable[[House], Awaitable[Any]], by: Forks | None = forks) -> Any:
        async def whole() -> Any:
            house = House(by, tmp_path)
            try:
                return await work(house)
            finally:
                await house.end()

        return asyncio.run(whole())

    return do


async def gone(process: psutil.Process) -> None:
    await asyncio.to_thread(process.wait, PATIENCE)


def test_has_read_everything_before_its_first_cell(run: Callable[..., Any], forks: Forks) -> None:
    async def work(house: House) -> tuple[int, bool]:
        kernel = await house.start()
        return kernel.process.ppid(), await kernel.told("'casework.session' in __import__('sys').modules")

    assert run(work) == (forks.pid, True)


def test_knows_nothing_of_the_workbook_that_was_played_before_it(run: Callable[..., Any]) -> None:
    left = (
        "(sorted(set(get_ipython().user_ns) & {'session', 'case'}), "
        "len(__import__('ipywidgets').widgets.widget._instances), "
        "get_ipython().execution_count, 'CASEWORK_OWNER' in __import__('os').environ)"
    )

    async def work(house: House) -> Any:
        return await (await house.start()).told(left)

    assert run(work) == ([], 0, 1, False)


def test_takes_nothing_from_whoever_serves_and_writes_no_history(run: Callable[..., Any]) -> None:
    async def work(house: House) -> bool:
        return await (await house.start()).told("get_ipython().history_manager.enabled")

    assert run(work) is False


@pytest.mark.parametrize("forked", [True, False])
def test_answers_a_page_that_asks_for_all_its_widgets_at_once(
    run: Callable[..., Any], forks: Forks, *, forked: bool
) -> None:
    targets = "sorted(__import__('comm').get_comm_manager().targets)"

    async def work(house: House) -> list[str]:
        kernel = await house.start()
        await kernel.told("__import__('casework').Session.__name__")
        return await kernel.told(targets)

    assert run(work, forks if forked else None) == ["jupyter.widget", "jupyter.widget.control"]


def test_has_a_visit_a_folder_and_chance_of_its_own(run: Callable[..., Any], tmp_path: Path) -> None:
    own = "(__import__('os').environ['CASEWORK_VISIT'], __import__('os').getcwd())"
    chance = "(__import__('random').random(), float(__import__('numpy').random.rand()), __import__('uuid').uuid4().hex)"

    async def work(house: House) -> tuple[list[Any], list[Any]]:
        both = [await house.start("one"), await house.start("two")]
        return [await each.told(own) for each in both], [await each.told(chance) for each in both]

    owns, chances = run(work)
    assert owns == [("one", str(tmp_path)), ("two", str(tmp_path))]
    assert not set(chances[0]) & set(chances[1])


def test_shows_a_figure_that_a_cell_draws(run: Callable[..., Any]) -> None:
    async def work(house: House) -> set[str]:
        kernel = await house.start()
        kernel.client.execute("import matplotlib.pyplot as plt\nplt.plot([1, 2, 3]);")
        while (message := await kernel.client.get_iopub_msg(timeout=PATIENCE))["msg_type"] != "display_data":
            pass
        return set(message["content"]["data"])

    assert "image/png" in run(work)


def test_is_interrupted(run: Callable[..., Any]) -> None:
    async def work(house: House) -> str:
        kernel = await house.start()
        asked = kernel.client.execute("print('on')\n__import__('time').sleep(600)")
        while (await kernel.client.get_iopub_msg(timeout=PATIENCE))["msg_type"] != "stream":
            pass
        await kernel.manager.interrupt_kernel()
        return (await kernel.answer(asked))["ename"]

    assert run(work) == "KeyboardInterrupt"


def test_is_started_again_as_another_fork(run: Callable[..., Any], forks: Forks) -> None:
    async def work(house: House) -> tuple[bool, int, int]:
        kernel = await house.start()
        first = kernel.process
        await kernel.manager.restart_kernel(now=True)
        await kernel.client.wait_for_ready(timeout=PATIENCE)
        await gone(first)
        return first.pid != kernel.process.pid, kernel.process.ppid(), await kernel.told("1 + 1")

    assert run(work) == (True, forks.pid, 2)


def test_ends_when_it_is_told_and_leaves_nothing_open(run: Callable[..., Any]) -> None:
    async def work(house: House) -> set[str]:
        kernels = [await house.start() for _ in range(3)]
        processes = [each.process for each in kernels]
        for each in kernels:
            await house.manager.shutdown_kernel(each.manager.kernel_id)
        for each in processes:
            await gone(each)
        return handles()

    assert run(work) == set()


def handles() -> set[str]:
    """Return what this process still holds of others."""
    found = set()
    for each in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):  # the one that lists them
            found.add(str(each.readlink()))
    return {one for one in found if "pidfd" in one}


def test_is_known_to_have_crashed(run: Callable[..., Any]) -> None:
    async def work(house: House) -> tuple[bool, bool]:
        kernel = await house.start()
        kernel.manager.stop_restarter()
        before = await kernel.manager.is_alive()
        process = kernel.process
        process.kill()
        await gone(process)
        return before, await kernel.manager.is_alive()

    assert run(work) == (True, False)


def test_is_one_of_many_that_start_at_once(run: Callable[..., Any], forks: Forks) -> None:
    async def work(house: House) -> list[tuple[int, Any]]:
        kernels = await asyncio.gather(*(house.start(f"visit-{number}") for number in range(8)))
        asked = "__import__('os').environ['CASEWORK_VISIT']"
        return [(each.process.ppid(), await each.told(asked)) for each in kernels]

    assert run(work) == [(forks.pid, f"visit-{number}") for number in range(8)]


def test_ends_with_its_parent_and_the_next_ones_start_all_the_same(run: Callable[..., Any]) -> None:
    forks = Forks()

    async def work(house: House) -> tuple[bool, bool]:
        first = await house.start()
        first.manager.stop_restarter()
        psutil.Process(forks.pid).kill()
        await gone(first.process)
        second, third = await house.start(), await house.start()
        return second.process.ppid() == os.getpid(), third.process.ppid() == forks.pid

    try:
        assert run(work, by=forks) == (True, True)
    finally:
        forks.close()


def test_starts_no_second_kernel_where_the_first_was_given_up(
    forks: Forks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    process = psutil.Process(forks.pid)
    with monkeypatch.context() as hurried:
        hurried.setattr("casework.serve.forks.PATIENCE", 0.0)
        hurried.setattr("casework.serve.forks.LATER", 0.2)
        process.suspend()
        try:
            assert forks.fork(str(tmp_path / "kernel-1.json"), {}, str(tmp_path)) is None
        finally:
            process.resume()
    late: list[int] = []
    with monkeypatch.context() as watched:
        watched.setattr(Forked, "kill", lambda each: late.append(each.pid))
        kernel = forks.fork(str(tmp_path / "kernel-2.json"), {}, str(tmp_path))
    assert kernel is not None
    kernel.kill()
    assert late == []
    assert not (tmp_path / "kernel-1.json").exists()


def test_is_a_process_of_its_own_where_nothing_can_be_forked(run: Callable[..., Any]) -> None:
    async def work(house: House) -> tuple[bool, int]:
        kernel = await house.start()
        return kernel.process.ppid() == os.getpid(), await kernel.told("1 + 1")

    assert run(work, by=None) == (True, 2)


def test_leaves_no_logger_behind(run: Callable[..., Any]) -> None:
    def names() -> set[str]:
        return set(logging.Logger.manager.loggerDict)

    async def work(house: House) -> set[str]:
        await house.start()
        before = names()
        await house.start()
        return names() - before

    assert run(work) == set()


def test_leaves_no_process_behind_when_its_server_is_gone() -> None:
    forks = Forks()
    process = psutil.Process(forks.pid)
    forks.close()
    assert not process.is_running()


def test_lets_the_computer_keep_once_what_is_the_same_in_several_kernels(run: Callable[..., Any]) -> None:
    ask = "__import__('ctypes').CDLL(None).prctl({}, {}, 0, 0, 0)"  # 68 is `PR_GET_MEMORY_MERGE`
    can = subprocess.run([sys.executable, "-c", f"raise SystemExit({ask.format(67, 1)} != 0)"], check=False)

    async def work(house: House) -> bool:
        return await (await house.start()).told(ask.format(68, 0) + " == 1")

    assert run(work) is (can.returncode == 0)
