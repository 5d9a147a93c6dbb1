import asyncio

import aiohttp


async def listen(session, begun):
    async with session.get("/stream/100000") as response:  # a line each 10 ms, for many minutes
        async for line in response.content:
            begun.set()


async def main():
    async with aiohttp.ClientSession("https://httpbin.test") as session:
        try:
            await session.get("/delay/30", timeout=aiohttp.ClientTimeout(total=0.1))
        except TimeoutError:
            print("timeout: no answer in time")

        try:
            await asyncio.wait_for(session.get("/delay/30"), 0.1)
        except TimeoutError:
            print("wait_for: gave up")

        begun = asyncio.Event()
        task = asyncio.create_task(listen(session, begun))
        await begun.wait()
        task.cancel()
        await asyncio.wait([task])
        print(f"cancel: in the middle of the body: {str(task.cancelled()).lower()}")


asyncio.run(main())
