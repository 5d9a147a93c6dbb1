import asyncio

END = object()  # Python 3.13 has queue.shutdown() instead


async def produce(queue):
    for item in range(1, 6):
        await queue.put(item)
        print(f"put {item}, {queue.qsize()} waiting")
    await queue.put(END)


async def consume(queue):
    while (item := await queue.get()) is not END:
        await asyncio.sleep(0.02)
        print(f"  got {item}")
    print("the queue is shut down and empty")


async def main():
    queue = asyncio.Queue(2)
    await asyncio.gather(produce(queue), consume(queue))


asyncio.run(main())
