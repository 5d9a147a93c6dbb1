import asyncio
from pathlib import Path

# Files block: each operation goes to a thread, as the package aiofiles does it too.


async def write_report(day):
    path = Path(f"reports/day-{day:02}.txt")
    lines = [f"{hour:02}:00 {(day * 7 + hour * 3) % 50}\n" for hour in range(24)]
    await asyncio.to_thread(path.write_text, "".join(lines))
    return (await asyncio.to_thread(path.stat)).st_size


async def count_visitors(path):
    text = await asyncio.to_thread(path.read_text)
    return sum(int(line[6:]) for line in text.splitlines())


async def main():
    await asyncio.to_thread(Path("reports").mkdir, exist_ok=True)

    print(f"wrote {sum(await asyncio.gather(*map(write_report, range(1, 31))))} bytes")

    paths = await asyncio.to_thread(lambda: sorted(Path("reports").glob("day-*.txt")))
    print(f"{sum(await asyncio.gather(*map(count_visitors, paths)))} visitors in 30 days")

    # Code that knows no asyncio sees the same files.
    with open("reports/day-01.txt") as first:
        print(f"the first line: {first.readline().rstrip()}")

    try:
        await asyncio.to_thread(open, "reports/day-31.txt")
    except FileNotFoundError as error:
        print(f"{error.strerror}: {error.filename}")


asyncio.run(main())
