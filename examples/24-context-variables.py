import asyncio
from contextvars import ContextVar, copy_context

client = ContextVar("client")
depth = ContextVar("depth", default=0)


# Nobody passes the client's name down to here.
def log(text):
    print(f"[{client.get('nobody')}] {'  ' * depth.get()}{text}")


async def look_up():
    before = depth.set(depth.get() + 1)
    log("looking up")
    await asyncio.sleep(0.01)
    log("found")
    depth.reset(before)


async def handle(name):
    client.set(name)
    log("hello")
    await look_up()
    log("good bye")


async def main():
    await asyncio.gather(handle("ann"), handle("bob"))
    log("both are gone")

    # A context can be kept, and run in.
    context = copy_context()
    await asyncio.create_task(handle("eve"), context=context)
    context.run(log, "still known here")


asyncio.run(main())
