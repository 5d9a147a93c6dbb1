import asyncio
import math


class RateLimit:
    def __init__(self, burst, per_second):
        self.line = asyncio.Lock()
        self.tokens = self.burst = burst
        self.per_second = per_second
        self.filled = asyncio.get_running_loop().time()

    # Gives a token; who finds none waits in line for the next.
    async def take(self):
        async with self.line:
            self.refill()
            if self.tokens < 1:
                await asyncio.sleep((1 - self.tokens) / self.per_second)
                self.refill()
            self.tokens -= 1

    def refill(self):
        now = asyncio.get_running_loop().time()
        self.tokens = min(self.burst, self.tokens + (now - self.filled) * self.per_second)
        self.filled = now


async def call(number, limit, start):
    await limit.take()
    # Rounded down to tenths of a second, so that it is the same each time.
    when = math.floor((asyncio.get_running_loop().time() - start) * 10 + 0.1) / 10
    print(f"call {number} after {when:.1f} s")


async def main():
    limit = RateLimit(3, 5)  # three at once, then five a second
    start = asyncio.get_running_loop().time()
    await asyncio.gather(*(call(number, limit, start) for number in range(1, 7)))


asyncio.run(main())
