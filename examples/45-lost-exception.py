import asyncio


async def save(page):
    await asyncio.sleep(0.02 * page)
    if page == 2:
        raise RuntimeError("page 2 is not saved")
    print(f"page {page} is saved")


# The fault: the tasks are started and forgotten. stderr has a warning, but the program thinks all is well.
async def careless():
    for page in (1, 2, 3):
        asyncio.create_task(save(page))
    await asyncio.sleep(0.15)
    print("careless: all saved?")


# The mend: a group waits for its tasks, and passes on what they raise.
async def careful():
    try:
        async with asyncio.TaskGroup() as group:
            for page in (1, 2, 3):
                group.create_task(save(page))
        print("careful: all saved")
    except* RuntimeError as group:
        print(f"careful: {len(group.exceptions)} page is missing")


async def main():
    await careless()
    await careful()


asyncio.run(main())
