import asyncio
import time

import aiohttp


# The .test hosts are the page's own net: with Python, ask httpbin.org.
async def ask(session, name):
    async with session.get("https://httpbin.test/delay/0.3", params={"name": name}) as response:
        answer = await response.json()
        return answer["args"]["name"]


async def main():
    async with aiohttp.ClientSession() as session:
        names = ["ann", "bob", "cem", "dee"]

        start = time.monotonic()
        for name in names:
            print(f"one by one: {await ask(session, name)}")
        sequential = time.monotonic() - start

        start = time.monotonic()
        for name in await asyncio.gather(*(ask(session, name) for name in names)):
            print(f"together: {name}")
        parallel = time.monotonic() - start

        print(f"together at least twice as fast: {str(2 * parallel < sequential).lower()}")


asyncio.run(main())
