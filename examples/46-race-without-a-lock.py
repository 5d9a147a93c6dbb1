import asyncio


class Counter:
    def __init__(self):
        self.value = 0
        self.lock = asyncio.Lock()

    async def add_careless(self):
        before = self.value
        await asyncio.sleep(0.001)  # asks a database, say: all the others read the same value now
        self.value = before + 1

    async def add_locked(self):
        async with self.lock:
            before = self.value
            await asyncio.sleep(0.001)
            self.value = before + 1

    # One thread runs them all, so what has no await inside needs no lock.
    async def add_at_once(self):
        await asyncio.sleep(0.001)
        self.value += 1


async def count(add):
    counter = Counter()
    await asyncio.gather(*(add(counter) for _ in range(20)))
    return counter.value


async def main():
    print(f"without a lock: {await count(Counter.add_careless)} of 20")
    print(f"with a lock: {await count(Counter.add_locked)} of 20")
    print(f"nothing in between: {await count(Counter.add_at_once)} of 20")


asyncio.run(main())
