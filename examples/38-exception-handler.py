import asyncio
import sys


async def send_mail():
    await asyncio.sleep(0.01)
    raise RuntimeError("no such mailbox")


def report(loop, context):
    print(f"LOG {context['exception']}")
    # What went wrong, and where: the task or the callback.
    print(f"{context['message']}\n  {context.get('future') or context.get('handle')}", file=sys.stderr)


def fail():
    raise LookupError("no such key")


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(report)

    # Nobody asks this task for its result: its error is told when the last reference goes.
    mail = asyncio.create_task(send_mail())
    await asyncio.wait([mail])
    del mail

    # A callback has no one who awaits it either.
    loop.call_soon(fail)
    await asyncio.sleep(0.01)
    print("the program goes on")


asyncio.run(main())
