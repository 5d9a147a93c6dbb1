import asyncio


async def step(name, takes):
    try:
        async with asyncio.timeout(0.1):
            await asyncio.sleep(takes)
            print(f"{name}: done")
    except TimeoutError:
        print(f"{name}: too slow, without it then")


async def journey():
    await step("pack", 0.05)
    await step("breakfast", 10)
    await step("walk", 0.05)
    # The outer deadline comes first here, and is no business of the step's own handler.
    await step("climb", 0.09)
    print("never printed")


async def main():
    day = asyncio.timeout(0.25)
    try:
        async with day:
            await journey()
    except TimeoutError:
        print("night falls")
    print(f"the day's deadline has passed: {str(day.expired()).lower()}")


asyncio.run(main())
