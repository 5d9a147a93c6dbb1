# A repository that tries again when transactions collide
import asyncio

import asyncpg


# What the program knows of the table stands here alone.
class Products:
    def __init__(self, pool):
        self.pool = pool
        self.collisions = 0

    async def create_table(self):
        await self.pool.execute(
            "DROP TABLE IF EXISTS products; CREATE TABLE products (id serial PRIMARY KEY,"
            " name text UNIQUE, stock int CHECK (stock >= 0))"
        )

    async def add(self, name, stock):
        return await self.pool.fetchval("INSERT INTO products (name, stock) VALUES ($1, $2) RETURNING id", name, stock)

    async def find(self, name):
        return await self.pool.fetchrow("SELECT * FROM products WHERE name = $1", name)

    # Reads, decides and writes as if alone.
    async def order(self, id, pieces):
        async def body(connection):
            stock = await connection.fetchval("SELECT stock FROM products WHERE id = $1", id)
            if stock < pieces:
                return False
            await self.collide(connection)
            await connection.execute("UPDATE products SET stock = $1 WHERE id = $2", stock - pieces, id)
            return True

        return await self.in_transaction(body)

    # A transaction that the server refused to serialize is run again as a whole.
    async def in_transaction(self, body, most_attempts=3):
        for attempt in range(1, most_attempts + 1):
            try:
                async with self.pool.acquire() as connection:
                    async with connection.transaction(isolation="serializable"):
                        return await body(connection)
            except asyncpg.TransactionRollbackError as error:
                print(f"attempt {attempt}: {error.args[0]}")
                if attempt == most_attempts:
                    raise

    # A collision is made by hand.
    async def collide(self, connection):
        if self.collisions == 0:
            return
        self.collisions -= 1
        await connection.execute(
            "DO $$ BEGIN RAISE EXCEPTION 'could not serialize access' USING ERRCODE = '40001'; END $$"
        )


async def main():
    async with asyncpg.create_pool("postgresql://postgres@localhost/postgres", min_size=1, max_size=4) as pool:
        products = Products(pool)
        await products.create_table()
        tea = await products.add("tea", 10)
        try:
            await products.add("tea", 1)
        except asyncpg.UniqueViolationError as error:
            print(error.detail)
        products.collisions = 2
        print(f"ordered: {await products.order(tea, 4)}".lower())
        print(f"ordered: {await products.order(tea, 7)}".lower())
        print(f"left: {(await products.find('tea'))['stock']}")
        print(f"milk is there: {await products.find('milk') is not None}".lower())


asyncio.run(main())
