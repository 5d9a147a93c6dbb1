import asyncio


async def divide(a, b):
    await asyncio.sleep(0.01)
    return a // b


def tell(task):
    if not task.done():
        print(f"{task.get_name()} is not done")
    elif task.cancelled():
        print(f"{task.get_name()} was cancelled")
    elif task.exception():
        print(f"{task.get_name()} failed")
    else:
        print(f"{task.get_name()} gave {task.result()}")


async def main():
    tasks = [
        asyncio.create_task(divide(6, 3), name="good"),
        asyncio.create_task(divide(6, 0), name="bad"),
        asyncio.create_task(divide(6, 2), name="unwanted"),
    ]
    print(f"{len(tasks)} of {len(asyncio.all_tasks())} tasks are ours")
    for task in tasks:
        tell(task)

    tasks[2].cancel()
    await asyncio.wait(tasks)  # raises nothing of theirs
    for task in tasks:
        tell(task)

    # result() raises what the task raised.
    try:
        tasks[1].result()
    except ZeroDivisionError:
        print(f"{tasks[1].get_name()}: division by zero")


asyncio.run(main())
