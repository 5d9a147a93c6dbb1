import asyncio


async def important():
    print("never printed")


async def fails():
    raise RuntimeError("nobody looks at this")


async def main():
    # A coroutine that is not awaited does nothing; stderr has a RuntimeWarning.
    important()

    # A task whose error nobody asks for is reported when the task goes.
    asyncio.create_task(fails())
    await asyncio.sleep(0.05)
    print("main goes on")


asyncio.run(main())
