import asyncio


# An interface of the old kind: it calls back when it is done.
def compute(x, done):
    asyncio.get_running_loop().call_later(0.05, lambda: done(x * x))


def computed(x):
    result = asyncio.get_running_loop().create_future()

    def done(value):
        if not result.done():
            result.set_result(value)

    compute(x, done)
    return result


async def main():
    print(f"12 * 12 = {await computed(12)}")

    task = asyncio.create_task(asyncio.sleep(0.02, "tea"), name="kettle")
    task.add_done_callback(lambda done: print(f"{done.get_name()} gives {done.result()}"))
    await task
    await asyncio.sleep(0)


asyncio.run(main())
