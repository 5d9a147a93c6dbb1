import asyncio
import json
from collections import defaultdict

import aiohttp
from websockets import connect


# echo.test, the page's own net, says again what it is told: here it plays a stock exchange.
async def trade(exchange):
    for price in (101, 103, 99, 104):
        await exchange.send(str(price))
        await asyncio.sleep(0.01)
    await exchange.close(1000, "the market is closed")


async def prices(events):
    async with connect("wss://echo.test") as exchange:
        trading = asyncio.create_task(trade(exchange))
        async for message in exchange:
            await events.put(("prices", message))
        await events.put(("prices", exchange.close_reason))
        await trading


async def news(events):
    async with aiohttp.ClientSession() as session:
        async with session.get("https://httpbin.test/stream/3") as response:
            async for line in response.content:  # a line of JSON at a time
                await events.put(("news", f"item {json.loads(line)['id']}"))


async def clock(events):
    while True:
        await asyncio.sleep(0.025)
        await events.put(("clock", "tick"))


# The one place that knows of them all.
async def show(events):
    board = defaultdict(list)
    market_open = True
    while market_open or len(board["news"]) < 3:
        source, text = await events.get()
        board[source].append(text)
        market_open = market_open and text != "the market is closed"
    for price in board["prices"]:
        print(f"price: {price}")
    for item in board["news"]:
        print(f"news: {item}")
    print(f"the clock ticked: {str(bool(board['clock'])).lower()}")


async def main():
    events = asyncio.Queue()
    ticking = asyncio.create_task(clock(events))
    await asyncio.gather(prices(events), news(events), show(events))
    ticking.cancel()


asyncio.run(main())
