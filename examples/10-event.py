import asyncio


async def runner(number, start):
    print(f"runner {number} is ready")
    await start.wait()
    print(f"runner {number} runs")


async def main():
    start = asyncio.Event()
    runners = [asyncio.create_task(runner(number, start)) for number in (1, 2, 3)]
    await asyncio.sleep(0.1)
    print("go!")
    start.set()
    await asyncio.gather(*runners)


asyncio.run(main())
