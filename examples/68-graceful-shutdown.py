import asyncio
import signal


async def handle(request, takes):
    try:
        await asyncio.sleep(takes)
        print(f"request {request}: answered")
    except asyncio.CancelledError:
        print(f"request {request}: given up")
        raise


async def main():
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()

    def stop():
        print("stopping: no new requests")
        stopping.set()

    loop.add_signal_handler(signal.SIGINT, stop)

    requests = []
    while not stopping.is_set():
        number = len(requests) + 1
        requests.append(asyncio.create_task(handle(number, 3600 if number == 2 else 0.2)))
        if number == 3:
            loop.call_later(0.01, signal.raise_signal, signal.SIGINT)  # as Ctrl+C would
        stop_waiter = asyncio.create_task(stopping.wait())
        await asyncio.wait([stop_waiter], timeout=0.04)  # the next one comes, or the end
        stop_waiter.cancel()

    done, late = await asyncio.wait(requests, timeout=0.3)
    for task in late:
        task.cancel()
    await asyncio.gather(*late, return_exceptions=True)
    print(f"{len(done)} finished, {len(late)} given up")


asyncio.run(main())
