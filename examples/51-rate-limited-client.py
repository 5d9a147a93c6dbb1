import asyncio

import aiohttp

URL = "https://httpbin.test/rate-limit/10/1"  # ten requests a second


# Gives out so many tokens a second; who comes too early waits in line.
class TokenBucket:
    def __init__(self, per_second):
        self.line = asyncio.Lock()
        self.per_second = per_second
        self.next = 0

    async def take(self):
        async with self.line:
            now = asyncio.get_running_loop().time()
            when = max(now, self.next)
            self.next = when + 1 / self.per_second
            await asyncio.sleep(when - now)


class PoliteClient:
    def __init__(self, session):
        self.session = session
        self.bucket = TokenBucket(8)
        self.slots = asyncio.Semaphore(3)
        self.told = False

    async def get(self, url):
        async with self.slots:
            while True:
                await self.bucket.take()
                async with self.session.get(url) as response:
                    if response.status != 429:
                        return response.status
                    pause = response.headers.get("Retry-After", "1")
                if not self.told:
                    print(f"told to come back in {pause} s")
                self.told = True
                await asyncio.sleep(float(pause))


async def careless(session):
    async with session.get(URL) as response:
        return response.status


def report(who, statuses):
    print(f"{who}: {statuses.count(200)} served, {statuses.count(429)} refused")


async def main():
    async with aiohttp.ClientSession() as session:
        report("careless", await asyncio.gather(*(careless(session) for _ in range(15))))

        client = PoliteClient(session)
        report("polite", await asyncio.gather(*(client.get(URL) for _ in range(15))))


asyncio.run(main())
