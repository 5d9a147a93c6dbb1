import asyncio


async def average():
    mean = total = count = 0
    while True:
        try:
            number = yield mean
            if number is not None:
                total += number
                count += 1
                mean = total / count
        except ValueError as error:
            print(f"starting over: {error}")
            mean = total = count = 0


async def main():
    averages = average()
    await anext(averages)  # to its first yield
    for number in (10, 20, 6):
        print(f"{number} makes {await averages.asend(number):g}")
    print(await averages.athrow(ValueError("a new day")))
    print(f"{4} makes {await averages.asend(4):g}")
    await averages.aclose()
    print("closed:", "yes" if await anext(averages, None) is None else "no")


asyncio.run(main())
