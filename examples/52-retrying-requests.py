import asyncio

import aiohttp


# aiohttp has none of its own; the packages tenacity and backoff do more.
async def retry(attempt, attempts=4, pause=0.02):
    for number in range(1, attempts + 1):
        try:
            response = await attempt()
            if response.status < 500 or number == attempts:
                return response
        except aiohttp.ClientError:
            if number == attempts:
                raise
        await asyncio.sleep(pause)
        pause *= 2


async def main():
    async with aiohttp.ClientSession("https://httpbin.test") as session:
        # Busy twice, then there. The callable is called anew for each attempt.
        answers = ["/status/200", "/status/503", "/status/503"]

        def ask():
            path = answers.pop()
            print(f"asking {path}")
            return session.get(path)

        response = await retry(ask)
        print(f"in the end: {response.status} {response.reason}")

        # A page that is not there will not be there in a second either.
        attempts = 0

        def ask_for_nothing():
            nonlocal attempts
            attempts += 1
            return session.get("/status/404")

        missing = await retry(ask_for_nothing)
        print(f"{missing.status} after {attempts} attempt")

        # The last answer is given, or the last error raised.
        attempts = 0

        def ask_in_vain():
            nonlocal attempts
            attempts += 1
            return session.get("/status/500", raise_for_status=True)

        try:
            await retry(ask_in_vain)
        except aiohttp.ClientResponseError as error:
            print(f"{error.status} after {attempts} attempts")


asyncio.run(main())
