import asyncio

END = object()  # Python 3.13 has queue.shutdown() instead


async def half(number):
    await asyncio.sleep(0.01)
    if number % 2 != 0:
        raise ValueError("odd")
    return number // 2


async def worker(numbers):
    while True:
        try:
            number = await numbers.get()
            if number is END:
                return
            print(f"half of {number} is {await half(number)}")
        except ValueError as error:
            print(f"no half: {error}")


async def retried():
    for attempt in (1, 2, 3):
        try:
            print(f"attempt {attempt}: {await half(attempt)}")
            return
        except Exception as error:
            print(f"attempt {attempt} fails: {error}")


async def main():
    numbers = asyncio.Queue()
    for number in (2, 3, 8, END):
        numbers.put_nowait(number)
    await worker(numbers)
    await retried()


asyncio.run(main())
