import asyncio

import aiohttp


async def ask(session, seconds, **options):
    async with session.get(f"https://httpbin.test/delay/{seconds}", **options) as response:
        return response.status
    # here the response gives its connection back


async def main():
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=2)) as session:
        loop = asyncio.get_running_loop()
        start = loop.time()
        statuses = await asyncio.gather(*(ask(session, 0.2) for _ in range(6)))
        print(f"{len(statuses)} requests over 2 connections")
        print(f"they took three rounds: {str(loop.time() - start > 0.5).lower()}")

    # Who would not wait long for a connection can say so.
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=1)) as session:
        first = asyncio.create_task(ask(session, 1))
        await asyncio.sleep(0)
        try:
            await ask(session, 0, timeout=aiohttp.ClientTimeout(connect=0.05))
        except aiohttp.ServerTimeoutError as error:
            print(error)
        print(f"the first: {await first}")


asyncio.run(main())
