import asyncio


class Room:
    def __init__(self):
        self.members = {}

    async def serve(self, reader, writer):
        name = (await reader.readline()).decode().rstrip()
        self.members[name] = writer
        await self.tell_others(name, f"* {name} is here")
        async for line in reader:
            await self.tell_others(name, f"{name}: {line.decode().rstrip()}")
        del self.members[name]
        await self.tell_others(name, f"* {name} has left")
        writer.close()

    async def tell_others(self, sender, text):
        others = [writer for name, writer in self.members.items() if name != sender]
        for writer in others:
            writer.write(f"{text}\n".encode())
        await asyncio.gather(*(writer.drain() for writer in others), return_exceptions=True)


# Answers what it hears by the book, and leaves when that has nothing to say.
async def chat(name, answers):
    reader, writer = await asyncio.open_connection("127.0.0.1", 8888)
    writer.write(f"{name}\n".encode())
    async for line in reader:
        heard = line.decode().rstrip()
        print(f"{name:>5} hears: {heard}")
        if heard not in answers:
            break
        writer.write(f"{answers[heard]}\n".encode())
    writer.close()
    await writer.wait_closed()


async def main():
    async with await asyncio.start_server(Room().serve, "127.0.0.1", 8888):
        await asyncio.gather(
            chat("ann", {"* bob is here": "hi bob", "bob: hi ann": "I must go"}),
            chat("bob", {"ann: hi bob": "hi ann", "ann: I must go": "bye"}))


asyncio.run(main())
