"""The benchmarks on Python's own asyncio: in CPython, and in Pyodide.

    python3 asyncio_peer.py NAME SECONDS     measures one; prints a line of JSON

In Pyodide `await measure(NAME, SECONDS)` gives that line.
"""

import asyncio
import json
import sys
import time

now = time.perf_counter


def require(worked, what):
    if not worked:
        raise AssertionError(what)


async def turn(count):
    start = now()
    for _ in range(count):
        await asyncio.sleep(0)
    return now() - start


async def ready(value):
    return value


async def await_ready_coroutine(count):
    total = 0
    start = now()
    for _ in range(count):
        total += await ready(1)
    seconds = now() - start
    require(total == count, "a coroutine gave another result")
    return seconds


async def spawn(count):
    total = 0
    start = now()
    for _ in range(count):
        total += await asyncio.create_task(ready(1))
    seconds = now() - start
    require(total == count, "a task gave another result")
    return seconds


async def gather_100(count):
    total = 0
    start = now()
    for _ in range(count):
        total += sum(await asyncio.gather(*[ready(k) for k in range(100)]))
    seconds = now() - start
    require(total == count * 4950, "gather() gave other results")
    return seconds


async def contention(primitive, count):
    left = count
    done = 0

    async def contend():
        nonlocal left, done
        while left > 0:
            left -= 1
            await primitive.acquire()
            await asyncio.sleep(0)
            primitive.release()
            done += 1

    start = now()
    await asyncio.gather(*[contend() for _ in range(100)])
    seconds = now() - start
    require(done == count, "the semaphore admitted a wrong number of tasks")
    return seconds


async def lock(count):
    return await contention(asyncio.Lock(), count)


async def semaphore(count):
    return await contention(asyncio.Semaphore(10), count)


async def ping_pong(count):
    there = asyncio.Queue(1)
    back = asyncio.Queue(1)

    async def echo():
        for _ in range(count):
            await back.put(await there.get())

    partner = asyncio.create_task(echo())
    total = 0
    start = now()
    for _ in range(count):
        await there.put(1)
        total += await back.get()
    seconds = now() - start
    await partner
    require(total == count, "the queue lost an item")
    return seconds


async def sleep_together(count, delay):
    """Seconds without the time in which nothing is to be done; None when not all slept at once."""
    left = count
    all_awake = asyncio.get_running_loop().create_future()

    async def sleeper():
        nonlocal left
        await asyncio.sleep(delay)
        left -= 1
        if left == 0:
            all_awake.set_result(None)

    before = memory_in_use()
    start = now()
    for _ in range(count):
        asyncio.create_task(sleeper())
    await asyncio.sleep(0)
    asleep = now()
    used = memory_in_use() - before
    together = asleep < start + delay
    while now() < asleep + delay:
        pass
    due = now()
    await all_awake
    end = now()
    return ((asleep - start) + (end - due), used / count) if together else None


async def sleepers(count):
    few = min(count, 1000)
    start = now()
    await asyncio.gather(*[asyncio.sleep(0.001) for _ in range(few)])
    delay = 0.01 + (now() - start) / few * count
    while (measured := await sleep_together(count, delay)) is None:
        delay *= 2
    return measured


async def cancel_timers(count):
    loop = asyncio.get_running_loop()
    handles = [loop.call_later(3600 + i * 7919 % count, print) for i in range(count)]
    start = now()
    for handle in handles:
        handle.cancel()
    await asyncio.sleep(0)
    return now() - start


def memory_in_use():
    """Of the whole process, in bytes; in Pyodide what the program has reserved."""
    if sys.platform == "emscripten":
        import pyodide_js

        return pyodide_js._module.HEAP8.length
    try:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[1]) * 4096
    except OSError:
        return 0


REPEATED = {
    "turn": turn,
    "await": await_ready_coroutine,
    "spawn": spawn,
    "gather": gather_100,
    "lock": lock,
    "semaphore": semaphore,
    "queue": ping_pong,
}
FIXED = {
    "sleepers-10k": (sleepers, 10_000),
    "sleepers-100k": (sleepers, 100_000),
    "sleepers-1m": (sleepers, 1_000_000),
    "cancel-timers": (cancel_timers, 100_000),
}


async def measure(name, seconds):
    if name in REPEATED:
        count = 16
        while (took := await REPEATED[name](count)) < seconds:
            count *= 2
        return json.dumps({"count": count, "seconds": took})
    body, fixed = FIXED[name]
    await body(100)
    count, took, used = 0, 0.0, None
    while took < seconds:
        measured = await body(fixed)
        if isinstance(measured, tuple):
            measured, each = measured
            used = used or each
        count += fixed
        took += measured
    return json.dumps({"count": count, "seconds": took} | ({"bytes": used} if used else {}))


if __name__ == "__main__" and len(sys.argv) == 3:
    print(asyncio.run(measure(sys.argv[1], float(sys.argv[2]))))
