import asyncio
import functools
from collections import defaultdict
from dataclasses import dataclass


@dataclass
class Entry:
    calls: int = 0
    failures: int = 0
    seconds: float = 0


class Profiler:
    def __init__(self):
        self.entries = defaultdict(Entry)

    def timed(self, function):
        @functools.wraps(function)
        async def measured(*arguments):
            entry = self.entries[function.__name__]
            clock = asyncio.get_running_loop().time
            start = clock()
            try:
                return await function(*arguments)
            except BaseException:
                entry.failures += 1
                raise
            finally:
                entry.calls += 1
                entry.seconds += clock() - start

        return measured

    def print(self):
        for name, entry in sorted(self.entries.items(), key=lambda item: -item[1].seconds):
            pace = "slow" if entry.seconds > 0.1 else "quick"
            print(f"{name:<6} {entry.calls} calls, {entry.failures} failed, {pace}")


profiler = Profiler()


@profiler.timed
async def load(page):
    await asyncio.sleep(0.1)
    if page == 3:
        raise LookupError("there is no page 3")
    return f"page {page}"


@profiler.timed
async def parse(page):
    return len(page)


async def main():
    try:
        page = 1
        while True:
            print(f"{await parse(await load(page))} letters")
            page += 1
    except LookupError as error:
        print(error)
    profiler.print()


asyncio.run(main())
