# Transactions: an order that is placed whole or not at all
import asyncio
import sqlite3
from contextlib import asynccontextmanager

import aiosqlite

SCHEMA = """
    CREATE TABLE stock (item TEXT PRIMARY KEY, pieces INTEGER CHECK (pieces >= 0));
    INSERT INTO stock VALUES ('tea', 3), ('milk', 1), ('sugar', 5);
    CREATE TABLE orders (customer TEXT, item TEXT);
"""


@asynccontextmanager
async def transaction(db):
    begin, end, undo = "BEGIN", "COMMIT", "ROLLBACK"
    if db.in_transaction:
        begin, end, undo = "SAVEPOINT inner", "RELEASE inner", "ROLLBACK TO inner"
    await db.execute(begin)
    try:
        yield
    except BaseException:
        await db.execute(undo)
        raise
    await db.execute(end)


async def take(db, customer, item):
    await db.execute("UPDATE stock SET pieces = pieces - 1 WHERE item = ?", (item,))
    await db.execute("INSERT INTO orders VALUES (?, ?)", (customer, item))


# A transaction inside of another is a savepoint: its failure takes back the gift alone.
async def give_sugar(db, customer):
    try:
        async with transaction(db):
            await take(db, customer, "sugar")
    except sqlite3.IntegrityError:
        print(f"  no sugar for {customer}")


# All of the items or none.
async def order(db, customer, items):
    try:
        async with transaction(db):
            for item in items:
                await take(db, customer, item)
            await give_sugar(db, customer)
        print(f"{customer}: ordered")
    except sqlite3.IntegrityError as error:
        print(f"{customer}: {error}")


async def main():
    async with aiosqlite.connect("shop.db") as db:
        await db.executescript("DROP TABLE IF EXISTS stock; DROP TABLE IF EXISTS orders;")
        await db.executescript(SCHEMA)
        await order(db, "Ann", ["tea", "milk"])
        await order(db, "Bob", ["tea", "milk"])
        await db.execute("UPDATE stock SET pieces = 0 WHERE item = 'sugar'")
        await db.commit()
        await order(db, "Cid", ["tea"])
        for row in await db.execute_fetchall("SELECT * FROM stock ORDER BY item"):
            print(row)
        for row in await db.execute_fetchall("SELECT customer, group_concat(item) FROM orders GROUP BY customer"):
            print(row)


asyncio.run(main())
