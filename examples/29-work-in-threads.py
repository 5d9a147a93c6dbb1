import asyncio
from concurrent.futures import ThreadPoolExecutor

ticks = 0


def count_primes(start, end):
    count = 0
    for number in range(max(start, 2), end):
        divisor = 2
        while divisor * divisor <= number and number % divisor != 0:
            divisor += 1
        count += divisor * divisor > number
    return count


async def tick():
    global ticks
    while True:
        await asyncio.sleep(0)
        ticks += 1


def refuse():
    raise ValueError("nothing to count")


async def main():
    ticking = asyncio.create_task(tick())

    # All parts at once, on the loop's own executor.
    part = 25_000
    counts = await asyncio.gather(
        *(asyncio.to_thread(count_primes, i * part, (i + 1) * part) for i in range(8)))
    print(f"{sum(counts)} primes below {8 * part}")
    print(f"the loop ticked meanwhile: {str(ticks >= 8).lower()}")

    # An executor of one thread does one thing after the other.
    with ThreadPoolExecutor(1) as one_thread:
        loop = asyncio.get_running_loop()
        first = loop.run_in_executor(one_thread, lambda: "first")
        second = loop.run_in_executor(one_thread, lambda: "second")
        one, two = await asyncio.gather(first, second)
        print(f"{one}, then {two}")

    # What a function raises on its thread comes out at the await.
    try:
        await asyncio.to_thread(refuse)
    except ValueError as error:
        print(f"refused: {error}")

    ticking.cancel()


asyncio.run(main())
