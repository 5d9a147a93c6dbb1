import asyncio
import sys


# Runs beside the question: input() blocks, so it waits on a thread.
async def remind():
    while True:
        await asyncio.sleep(15)
        print("(take your time) ", end="", flush=True)


async def main():
    reminding = asyncio.create_task(remind())
    name = await asyncio.to_thread(input, "What is your name? ")
    reminding.cancel()
    print(f"Hello, {name}! Type whole numbers; end with Ctrl+D or the End button.")

    # All lines until the input ends.
    numbers = []
    while line := await asyncio.to_thread(sys.stdin.readline):
        line = line.rstrip("\n")
        try:
            numbers.append(int(line))
        except ValueError:
            print(f'"{line}" is not a whole number')
            continue
        print(f"{sum(numbers)} in all")
    print(f"{len(numbers)} numbers, their mean is {sum(numbers) / len(numbers) if numbers else 0:.2f}")

    # What comes after the end is an error.
    try:
        await asyncio.to_thread(input)
    except EOFError as error:
        print(f"EOFError: {error}")


asyncio.run(main())
