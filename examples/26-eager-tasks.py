import asyncio  # Python 3.12 or newer


async def price_of(item, cache):
    if item in cache:
        return cache[item]
    print(f"asking for the price of {item}")
    await asyncio.sleep(0.02)
    cache[item] = len(item)
    return cache[item]


async def main():
    cache = {}
    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)

    first = asyncio.create_task(price_of("apple", cache))
    print("new:", "done at once" if first.done() else "still under way")
    print(f"it costs {await first}")

    again = asyncio.create_task(price_of("apple", cache))
    print("known:", "done at once" if again.done() else "still under way")
    print(f"it costs {await again}")


asyncio.run(main())
