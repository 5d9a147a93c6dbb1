import asyncio
import logging
import sys
import time


async def polite():
    await asyncio.sleep(0.08)  # waits, and lets others run
    print("polite is done")


async def greedy():
    until = time.monotonic() + 0.08
    while time.monotonic() < until:
        pass  # computes, and lets nobody run
    print("greedy is done")


# Without a handler of our own the report goes to stderr.
class SlowSteps(logging.Handler):
    def emit(self, record):
        print(f"a slow step: {str('greedy' in record.getMessage()).lower()}")
        print(record.getMessage(), file=sys.stderr)


async def main():
    asyncio.get_running_loop().slow_callback_duration = 0.05
    logging.getLogger("asyncio").addHandler(SlowSteps())
    first = asyncio.create_task(polite(), name="polite")
    second = asyncio.create_task(greedy(), name="greedy")
    await asyncio.gather(first, second)


asyncio.run(main(), debug=True)
