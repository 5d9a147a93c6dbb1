import asyncio


async def serve(reader, writer):
    async for line in reader:
        writer.write(line)
        await writer.drain()
    writer.close()
    await writer.wait_closed()


async def call(port, text):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    heard = ""
    for letter in text:
        writer.write(f"{letter}\n".encode())
        await writer.drain()
        heard += (await reader.readline()).decode()[0]
    writer.close()
    await writer.wait_closed()
    return heard


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 8888)
    host, port = server.sockets[0].getsockname()
    print(f"listening on {host}:{port}")
    async with server:
        ann, bob = await asyncio.gather(call(port, "hello"), call(port, "goodbye"))
        print(f"ann heard {ann}, bob heard {bob}")
    try:
        await call(8888, "still there?")
    except ConnectionRefusedError as error:
        print(error)


asyncio.run(main())
