import asyncio


async def letter(text, takes):
    await asyncio.sleep(takes)
    return text


async def main():
    letters = [
        letter("from the coast", 0.09),
        letter("from the city", 0.03),
        letter("from the hills", 0.06),
    ]
    for text in asyncio.as_completed(letters):
        print(await text)

    racers = [
        asyncio.create_task(letter("tortoise", 0.5), name="tortoise"),
        asyncio.create_task(letter("hare", 0.05), name="hare"),
    ]
    done, pending = await asyncio.wait(racers, return_when=asyncio.FIRST_COMPLETED)
    first, late = done.pop(), pending.pop()
    print(f"first: {first.result()}, still running: {late.get_name()}")
    late.cancel()


asyncio.run(main())
