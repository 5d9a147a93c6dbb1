import asyncio
from collections import Counter
from pathlib import Path


async def write_text(name, text):
    await asyncio.to_thread((Path("texts") / name).write_text, text)


async def count_words(path, slots, counts):
    async with slots:
        words = (await asyncio.to_thread(path.read_text)).split()
        counts.update(words)
        return len(words)


async def main():
    await asyncio.to_thread(Path("texts").mkdir, exist_ok=True)
    await asyncio.gather(
        write_text("sea.txt", "the sea is wide\nand the wind is cold\nthe sea is deep\n"),
        write_text("hill.txt", "the hill is high\nand the wind is warm\n"),
        write_text("road.txt", "the road is long\nand the road is dry\nand long\n"),
        write_text("notes.md", "no text of ours\n"))

    slots = asyncio.Semaphore(2)
    counts = Counter()
    paths = await asyncio.to_thread(lambda: sorted(Path("texts").glob("*.txt")))
    lengths = await asyncio.gather(*(count_words(path, slots, counts) for path in paths))
    # Which file is read first nobody knows; gather's results stand in the order of the paths.
    for path, length in zip(paths, lengths):
        print(f"{path}: {length} words")

    for word, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:3]:
        print(f"{count} times {word}")


asyncio.run(main())
