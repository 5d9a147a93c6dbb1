import asyncio

SEATS = 5
meals = 0


async def dine(seat, forks):
    global meals
    left, right = seat, (seat + 1) % SEATS
    # Everyone takes the fork with the lower number first: no circle of waiting can form.
    first, second = forks[min(left, right)], forks[max(left, right)]
    for _ in range(3):
        async with first:
            await asyncio.sleep(0.001)
            async with second:
                await asyncio.sleep(0.005)
                meals += 1


async def main():
    forks = [asyncio.Lock() for _ in range(SEATS)]
    await asyncio.gather(*(dine(seat, forks) for seat in range(SEATS)))
    print(f"{meals} meals were had")


asyncio.run(main())
