import asyncio
import signal


async def heartbeat():
    try:
        while True:
            await asyncio.sleep(0.02)
    except asyncio.CancelledError:
        print("heartbeat: stopped")
        raise


# Collects records and would write them now and then; what is left at the end is not lost.
async def recorder(records):
    unwritten = []
    try:
        while True:
            unwritten.append(await records.get())
    finally:
        await asyncio.sleep(0.02)
        print(f"recorder: {len(unwritten)} records written")


async def main():
    records = asyncio.Queue()
    # Press Ctrl+C: it sends this signal. After a while a timer does.
    asyncio.get_running_loop().call_later(2, signal.raise_signal, signal.SIGINT)
    try:
        async with asyncio.TaskGroup() as services:
            services.create_task(heartbeat(), name="heartbeat")
            services.create_task(recorder(records), name="recorder")
            for record in ("one", "two", "three"):
                await records.put(record)
            print("all services run")
    except asyncio.CancelledError:
        print("all services have ended")


asyncio.run(main())
