import asyncio


async def slow_answer():
    await asyncio.sleep(10)
    return "42"


async def main():
    try:
        print(await asyncio.wait_for(slow_answer(), 0.1))
    except TimeoutError:
        print("wait_for gave up")

    try:
        async with asyncio.timeout(0.1):
            print("a block of code with a deadline")
            await asyncio.sleep(10)
            print("never printed")
    except TimeoutError:
        print("the block was left")

    async with asyncio.timeout(0.05) as deadline:
        deadline.reschedule(asyncio.get_running_loop().time() + 10)
        await asyncio.sleep(0.1)
        print("a moved deadline is kept")


asyncio.run(main())
