import asyncio


async def ticker(tick):
    print("ticker opens")
    try:
        while True:
            await asyncio.sleep(0.02)
            yield tick
            tick += 1
    except GeneratorExit:
        print("ticker closes")
        raise


async def main():
    ticks = ticker(1)
    async for tick in ticks:
        print(f"tick {tick}")
        if tick == 3:
            break
    await ticks.aclose()


asyncio.run(main())
