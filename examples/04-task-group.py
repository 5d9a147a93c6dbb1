import asyncio


async def measure(sensor, takes, value):
    try:
        await asyncio.sleep(takes)
    except asyncio.CancelledError:
        print(f"{sensor} is cancelled")
        raise
    if value < 0:
        raise RuntimeError(f"{sensor} is broken")
    print(f"{sensor} says {value}")
    return value


async def sum_of_all():
    async with asyncio.TaskGroup() as group:
        left = group.create_task(measure("left", 0.05, 20))
        right = group.create_task(measure("right", 0.1, 22))
    return left.result() + right.result()


async def with_a_broken_one():
    async with asyncio.TaskGroup() as group:
        group.create_task(measure("slow", 10, 1))
        group.create_task(measure("bad", 0.1, -1))


async def main():
    print(f"sum: {await sum_of_all()}")
    try:
        await with_a_broken_one()
    except* RuntimeError as group:
        print(group)
        for error in group.exceptions:
            print(f"  {type(error).__name__}: {error}")


asyncio.run(main())
