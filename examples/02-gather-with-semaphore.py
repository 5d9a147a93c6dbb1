import asyncio


async def fetch_one(name, slots):
    async with slots:
        print(f"{name} starts")
        await asyncio.sleep(0.3)
        return name + " done"


async def main():
    slots = asyncio.Semaphore(2)
    a, b, c = await asyncio.gather(
        fetch_one("A", slots), fetch_one("B", slots), fetch_one("C", slots))
    print(f"{a}, {b}, {c}")


asyncio.run(main())
