import asyncio


async def work():
    print("work: starts")
    try:
        await asyncio.sleep(3600)
    except asyncio.CancelledError as error:
        print(f"work: cancelled, because {error}")
        await asyncio.sleep(0.05)  # cleaning up may await
        print("work: cleaned up")
        raise


async def main():
    task = asyncio.create_task(work())
    await asyncio.sleep(0.1)
    task.cancel("it takes too long")
    try:
        await task
    except asyncio.CancelledError:
        print(f"main: the task is cancelled: {str(task.cancelled()).lower()}")


asyncio.run(main())
