import asyncio
import math


async def say_after(delay, what):
    await asyncio.sleep(delay)
    print(what)


# How many whole tenths of a second a coroutine takes, in seconds.
async def timed(work):
    loop = asyncio.get_running_loop()
    start = loop.time()
    await work
    return math.floor((loop.time() - start) * 10) / 10


async def in_sequence():
    await say_after(0.1, "hello")
    await say_after(0.2, "world")


async def at_once():
    first = asyncio.create_task(say_after(0.1, "hello"))
    second = asyncio.create_task(say_after(0.2, "world"))
    await first
    await second


async def main():
    print(f"in sequence: {await timed(in_sequence())} s")
    print(f"at once: {await timed(at_once())} s")


asyncio.run(main())
