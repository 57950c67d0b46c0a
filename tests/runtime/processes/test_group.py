"""The parent hears from its children, and answers for all of them."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from prometheus_client import CollectorRegistry, Counter

from feedsvc.runtime.processes.channel import Channel
from feedsvc.runtime.processes.group import Group
from feedsvc.runtime.processes.member import START_SECONDS, Member
from feedsvc.runtime.processes.messages import (
    AcceptAlsoFor,
    Counted,
    Metrics,
    MetricsRequest,
    Others,
    Ready,
    SnapshotRequest,
    State,
    Vacancy,
)
from feedsvc.services.watch import WatchStatus
from feedsvc.settings import Loaded, Settings
from feedsvc.web.metrics.snapshot import take_snapshot
from feedsvc.web.metrics.subscribers import Subscribers
from tests.waiting import until

LEADING = State(overdue=-1.0, line="Publishing 3 entries", watch=WatchStatus(leader=True, scans=2))
WAITING = State(overdue=-1.0, line="Publishing 3 entries", watch=WatchStatus())


class Child:
    """The child's end of a channel: sends, answers requests for its metrics, keeps the rest."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.requests = 0
        self.heard: list[object] = []

    async def start(self, group: Group) -> None:
        ours, theirs = socket.socketpair()
        loaded = Loaded(settings=Settings(), sources={}, file=None, notes=())
        self.member = Member(number=self.number, pid=0, end=ours, loaded=loaded, started=0.0)
        group.members[self.number] = self.member
        self.channel = await Channel.over(theirs)
        self.tasks = [asyncio.create_task(one) for one in (group.listen(self.member), self.hear())]

    async def hear(self) -> None:
        async for message in self.channel.receive():
            if message == SnapshotRequest():
                registry = CollectorRegistry()
                Counter("requests", "Answered.", registry=registry).inc(self.requests)
                taken = take_snapshot(registry, Subscribers(lambda: 0.0))
                self.channel.send(Counted(snapshot=taken, current=True))
            else:
                self.heard.append(message)

    async def end(self) -> None:
        await self.channel.close()
        await asyncio.gather(*self.tasks)

    async def ask_for_metrics(self) -> str:
        self.channel.send(MetricsRequest(count=7))
        await until(self._answers, what="the metrics come")
        (answer,) = self._answers()
        self.heard.remove(answer)
        return answer.text.decode()

    def _answers(self) -> list[Metrics]:
        return [one for one in self.heard if isinstance(one, Metrics)]


@asynccontextmanager
async def group_of_two(*, shared: bool = False) -> AsyncIterator[tuple[Group, Child, Child]]:
    ready: list[int] = []
    group = Group(
        count=2,
        shared=shared,
        on_ready=lambda member, _addresses: ready.append(member.number),
        timer=lambda: 100.0,
    )
    children = Child(1), Child(2)
    for child, state in zip(children, (LEADING, WAITING), strict=True):
        await child.start(group)
        child.channel.send(Ready(addresses=("http://127.0.0.1:80",)))
        child.channel.send(state)
    await until(lambda: all(one.state for one in group.members.values()), what="both have spoken")
    assert sorted(ready) == [1, 2]
    yield group, *children
    for child in children:
        await child.end()


async def test_the_metrics_are_the_sum_and_never_go_back_when_a_process_ends() -> None:
    async with group_of_two() as (group, one, other):
        one.requests, other.requests = 3, 4
        assert "requests_total 7.0" in await other.ask_for_metrics()
        group.remove(one.member)
        other.requests = 5
        assert "requests_total 8.0" in await other.ask_for_metrics()


async def test_a_process_that_ends_without_an_answer_holds_nobody_up() -> None:
    async with group_of_two() as (group, one, other):
        one.requests, other.requests = 3, 4
        await other.ask_for_metrics()
        one.tasks[1].cancel()  # it no longer answers
        asking = asyncio.create_task(other.ask_for_metrics())
        await until(lambda: one.member._counting, what="it is asked")
        one.member.done = True
        group.remove(one.member)
        assert "requests_total 7.0" in await asking
        one.tasks.pop()


async def test_the_others_take_the_place_of_one_that_ends() -> None:
    async with group_of_two() as (group, one, other):
        one.member.done = True
        group.remove(one.member)
        await until(lambda: Vacancy() in other.heard, what="the other one may lead")
        assert AcceptAlsoFor(numbers=(1,)) in other.heard
        back = Child(1)
        await back.start(group)
        back.channel.send(Ready(addresses=("http://127.0.0.1:80",)))
        await until(
            lambda: other.heard[-1] == AcceptAlsoFor(numbers=()), what="the first one is back"
        )
        await back.end()


async def test_on_a_shared_socket_nobody_takes_a_place() -> None:
    async with group_of_two(shared=True) as (group, one, other):
        one.member.done = True
        group.remove(one.member)
        await until(lambda: Vacancy() in other.heard, what="the other one may lead")
        assert not any(isinstance(message, AcceptAlsoFor) for message in other.heard)


async def test_each_knows_what_the_watchers_of_the_others_say_and_said() -> None:
    async with group_of_two() as (group, one, other):
        known = Others(watchers=(WatchStatus(), LEADING.watch))
        await until(lambda: known in other.heard, what="it knows the leader")
        group.remove(one.member)
        assert group.watchers_besides(2) == (WatchStatus(scans=2),)


async def test_the_status_is_the_leaders_or_says_who_is_missing() -> None:
    async with group_of_two() as (group, one, _other):
        assert group.describe_status() == "Publishing 3 entries; 2 processes"
        group.remove(one.member)
        assert group.describe_status() == (
            "Degraded: 1 of 2 processes not running; Publishing 3 entries"
        )


async def test_progress_is_overdue_if_it_is_in_any_process() -> None:
    async with group_of_two() as (group, one, other):
        assert group.overdue == -1.0
        other.member.state = replace(WAITING, overdue=90.0)
        assert group.overdue == 90.0
        other.member.state, one.member.heard = WAITING, 40.0  # it has been silent since
        assert group.overdue == 59.0
        one.member.state, one.member.started = None, 0.0
        assert group.overdue == max(-1.0, 100.0 - START_SECONDS)
