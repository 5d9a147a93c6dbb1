import asyncio

import aiohttp


class CircuitOpen(RuntimeError):
    pass


class CircuitBreaker:
    def __init__(self, most_failures, rest):
        self.most_failures = most_failures
        self.rest = rest
        self.failures = 0
        self.open_until = 0

    async def call(self, function, *arguments):
        clock = asyncio.get_running_loop().time
        if self.failures >= self.most_failures:
            if clock() < self.open_until:
                raise CircuitOpen("not asked: the circuit is open")
            print("(half open: one may try)")
        try:
            result = await function(*arguments)
            self.failures = 0
            return result
        except aiohttp.ClientError:
            self.failures += 1
            if self.failures >= self.most_failures:
                self.open_until = clock() + self.rest
            raise


async def ask(session, status):
    async with session.get(f"https://httpbin.test/status/{status}") as response:
        response.raise_for_status()
        return response.status


async def main():
    async with aiohttp.ClientSession() as session:
        breaker = CircuitBreaker(2, 0.5)

        async def attempt(answer):
            try:
                print(await breaker.call(ask, session, answer))
            except aiohttp.ClientResponseError as error:
                print(f"{error.status} {error.message}, url={error.request_info.url}")
            except CircuitOpen as error:
                print(error)

        for answer in (200, 500, 500, 200):
            await attempt(answer)
        await asyncio.sleep(0.6)
        for answer in (200, 200):
            await attempt(answer)


asyncio.run(main())
