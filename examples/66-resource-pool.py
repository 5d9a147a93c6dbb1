import asyncio
from contextlib import asynccontextmanager


class Pool:
    def __init__(self, size):
        self.free = asyncio.Queue()
        for number in range(1, size + 1):
            self.free.put_nowait(number)

    # A context manager: lends a connection, which goes back when its block ends.
    @asynccontextmanager
    async def connection(self):
        connection = await self.free.get()
        try:
            yield connection
        finally:
            self.free.put_nowait(connection)


async def query(pool, what):
    try:
        async with pool.connection() as connection:
            print(f"{what} over connection {connection}")
            await asyncio.sleep(0.02)
            if what == "nonsense":
                raise ValueError("syntax error")
    except ValueError as error:
        print(f"{what}: {error}")


async def main():
    pool = Pool(2)
    await asyncio.gather(query(pool, "users"), query(pool, "nonsense"), query(pool, "orders"), query(pool, "prices"))
    print(f"{pool.free.qsize()} connections are free")


asyncio.run(main())
