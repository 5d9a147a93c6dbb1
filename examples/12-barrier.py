import asyncio


async def hiker(name, pace, hut):
    for day in (1, 2):
        await asyncio.sleep(pace)
        print(f"{name} reaches hut {day}")
        await hut.wait()
        print(f"{name} goes on from hut {day}")


async def main():
    hut = asyncio.Barrier(2)
    await asyncio.gather(hiker("fox", 0.02, hut), hiker("snail", 0.08, hut))


asyncio.run(main())
