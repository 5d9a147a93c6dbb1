import asyncio


async def parse(text, takes):
    await asyncio.sleep(takes)
    if text == "?":
        raise ValueError("no number")
    print(f"parsed {text}")
    return int(text)


async def main():
    # The first error comes out at once. The others are not stopped: nobody waits for them any more.
    try:
        await asyncio.gather(parse("1", 0.01), parse("?", 0.02), parse("3", 0.03))
    except ValueError as error:
        print(f"gather raised: {error}")
    await asyncio.sleep(0.05)

    # Or gather waits for all of them, and an error is a result like others.
    results = await asyncio.gather(
        parse("4", 0.01), parse("?", 0.02), parse("6", 0.03), return_exceptions=True)
    for result in results:
        print("error" if isinstance(result, Exception) else f"value {result}")


asyncio.run(main())
