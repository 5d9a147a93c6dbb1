# A connection pool: many workers, few connections to PostgreSQL
import asyncio

import asyncpg


# All or nothing: the constraint takes the whole transfer back.
async def transfer(pool, source, to, amount):
    try:
        async with pool.acquire() as connection:
            async with connection.transaction():
                await connection.execute("UPDATE accounts SET balance = balance + $1 WHERE owner = $2", amount, to)
                await connection.execute("UPDATE accounts SET balance = balance - $1 WHERE owner = $2", amount, source)
        print(f"{source} -> {to}: {amount}")
    except asyncpg.CheckViolationError as error:
        print(f"{source} -> {to}: refused by {error.constraint_name}")


async def main():
    async with asyncpg.create_pool("postgresql://postgres@localhost/postgres", min_size=2, max_size=3) as pool:
        await pool.execute("DROP TABLE IF EXISTS accounts")
        await pool.execute(
            "CREATE TABLE accounts (owner text PRIMARY KEY,"
            " balance numeric(10, 2) CONSTRAINT enough CHECK (balance >= 0))"
        )
        await pool.executemany("INSERT INTO accounts VALUES ($1, $2)", [("Ann", 100), ("Bob", 50), ("Cid", 0)])
        await transfer(pool, "Ann", "Cid", 30)
        await transfer(pool, "Bob", "Cid", 80)

        # Ten tasks take turns with three connections.
        squares = await asyncio.gather(*(pool.fetchval("SELECT $1::int * $1::int", i) for i in range(1, 11)))
        print(f"sum of squares: {sum(squares)}, connections: at most {pool.get_max_size()}")

        for account in await pool.fetch("SELECT * FROM accounts ORDER BY owner"):
            print(f"{account['owner']} has {account['balance']}")


asyncio.run(main())
