import asyncio


async def fail(error):
    await asyncio.sleep(0.01)
    raise error


async def fetch_all():
    async with asyncio.TaskGroup() as group:
        group.create_task(fail(LookupError("page 7")))
        group.create_task(fail(ValueError("no title")))
        group.create_task(fail(LookupError("page 9")))


async def main():
    try:
        try:
            await fetch_all()
        except BaseExceptionGroup as group:
            print(f"{group.message}: {len(group.exceptions)} errors")
            raise
    except* LookupError as missing:
        for error in missing.exceptions:
            print(f"not found: {error}")
    except* ValueError as invalid:
        for error in invalid.exceptions:
            print(f"malformed: {error}")


asyncio.run(main())
