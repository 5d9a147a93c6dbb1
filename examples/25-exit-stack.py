import asyncio
from contextlib import AsyncExitStack, asynccontextmanager


# A context manager written as a generator: open, lend, close.
@asynccontextmanager
async def replica(name):
    print(f"open {name}")
    try:
        yield name
    finally:
        await asyncio.sleep(0.01)
        print(f"close {name}")


async def main():
    try:
        async with AsyncExitStack() as stack:
            replicas = [await stack.enter_async_context(replica(name)) for name in ("north", "south", "east")]
            stack.callback(print, "before any is closed")
            print(f"{len(replicas)} are open")
            raise RuntimeError("the cable is cut")
    except RuntimeError as error:
        print(f"all closed, although {error}")


asyncio.run(main())
