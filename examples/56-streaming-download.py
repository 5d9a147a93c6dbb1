import asyncio

import aiohttp


async def main():
    async with aiohttp.ClientSession(raise_for_status=True) as session:
        # A hundred bytes, which take a second to come.
        async with session.get("https://httpbin.test/drip?numbytes=100&duration=1") as response:
            total = response.content_length
            got = 0
            while got < total:
                got += len(await response.content.readexactly(20))
                print(f"[{'#' * (10 * got // total):<10}] {got} of {total} bytes")


asyncio.run(main())
