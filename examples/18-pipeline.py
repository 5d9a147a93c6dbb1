import asyncio

END = object()  # Python 3.13 has queue.shutdown() instead


async def split(text, out):
    for word in text.split():
        await out.put(word)
    await out.put(END)


async def stage(words, out, change):
    while (word := await words.get()) is not END:
        await out.put(change(word))
    await out.put(END)


async def show(words):
    while (word := await words.get()) is not END:
        print(word)


async def main():
    words, upper, marked = asyncio.Queue(1), asyncio.Queue(1), asyncio.Queue(1)
    await asyncio.gather(
        split("coroutines make good pipes", words),
        stage(words, upper, str.upper),
        stage(upper, marked, lambda word: "* " + word),
        show(marked))


asyncio.run(main())
