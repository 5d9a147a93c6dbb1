import asyncio


async def doctor(waiting):
    while True:
        urgency, name = await waiting.get()
        print(f"next: {name} ({urgency})")
        waiting.task_done()


async def main():
    waiting = asyncio.PriorityQueue()
    waiting.put_nowait((3, "cough"))  # 1 is the most urgent
    waiting.put_nowait((1, "snake bite"))
    waiting.put_nowait((2, "broken arm"))
    working = asyncio.create_task(doctor(waiting))
    await waiting.join()
    working.cancel()

    desk = asyncio.LifoQueue()
    for letter in ("Monday's", "Tuesday's", "Wednesday's"):
        desk.put_nowait(letter)
    while not desk.empty():
        print(f"read {await desk.get()} letter")


asyncio.run(main())
