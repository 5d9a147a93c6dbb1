import asyncio
from collections import deque
from dataclasses import dataclass


class StatusError(Exception):
    pass


# What is to be tested. `session` stands for one of aiohttp, `pause` for asyncio.sleep.
async def weather(session, city, pause):
    for _ in range(4):
        reply = await session.get(f"/weather?city={city}")
        if reply.status < 500:
            break
        await pause(1)
    if reply.status == 404:
        return f"nobody knows {city}"
    if reply.status != 200:
        raise StatusError(reply.status)
    return f"{reply.body['degrees']} degrees in {city}"


@dataclass
class Reply:
    status: int
    body: dict | None = None


# Answers with the replies it was given, and remembers what it was asked.
class FakeServer:
    def __init__(self, replies):
        self.replies = deque(replies)
        self.asked = []

    async def get(self, path):
        self.asked.append(path)
        return self.replies.popleft()


async def no_time(seconds):
    await asyncio.sleep(0)


async def check(what, replies, expected, requests):
    server = FakeServer(replies)
    try:
        got = await weather(server, "Bonn", no_time)
    except StatusError as error:
        got = str(error)
    right = got == expected and len(server.asked) == requests and server.asked[0] == "/weather?city=Bonn"
    print(f"{'ok    ' if right else 'FAILED'} {what}{'' if right else ': ' + got}")


async def main():
    await check("tells the weather", [Reply(200, {"degrees": 21})], "21 degrees in Bonn", 1)
    await check("tells when nobody knows", [Reply(404)], "nobody knows Bonn", 1)
    await check("comes back to a busy server", [Reply(503), Reply(503), Reply(200, {"degrees": -3})],
                "-3 degrees in Bonn", 3)


asyncio.run(main())
