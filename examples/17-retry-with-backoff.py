import asyncio


class Unreliable:
    calls = 0

    async def call(self):
        await asyncio.sleep(0.01)
        self.calls += 1
        if self.calls < 4:
            raise RuntimeError("busy")
        return "served"


async def retry(attempt, attempts, pause):
    for number in range(1, attempts + 1):
        try:
            return await attempt()
        except Exception as error:
            if number == attempts:
                raise
            print(f"attempt {number} failed: {error}; again in {pause}ms")
        await asyncio.sleep(pause / 1000)
        pause *= 2


async def main():
    service = Unreliable()
    print(await retry(service.call, 5, 20))


asyncio.run(main())
