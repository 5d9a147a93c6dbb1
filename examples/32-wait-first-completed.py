import asyncio


async def download(takes):
    await asyncio.sleep(takes)
    if takes == 0.06:
        raise RuntimeError("disk full")


async def main():
    pending = {
        asyncio.create_task(download(0.09), name="c"),
        asyncio.create_task(download(0.03), name="a"),
        asyncio.create_task(download(0.06), name="b"),
    }
    while pending:
        done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            print(f"{task.get_name()} {'failed' if task.exception() else 'is here'}, {len(pending)} to go")

    # A timeout cancels nothing: it says who is late.
    quick = asyncio.create_task(download(0.01), name="quick")
    slow = asyncio.create_task(download(0.1), name="slow")
    done, late = await asyncio.wait([quick, slow], timeout=0.05)
    print(f"in time: {done.pop().get_name()}, late: {late.pop().get_name()}")
    await slow
    print("slow is here after all")


asyncio.run(main())
