# A database: SQLite after aiosqlite
import asyncio
import sqlite3

import aiosqlite


async def fill(db):
    await db.execute("CREATE TABLE books (id INTEGER PRIMARY KEY, title TEXT NOT NULL UNIQUE, year INTEGER)")
    await db.execute("INSERT INTO books (title, year) VALUES (?, ?)", ("Pale Fire", 1962))
    more = [("Emma", 1815), ("Beowulf", None), ("Ulysses", 1922)]
    cursor = await db.executemany("INSERT INTO books (title, year) VALUES (?, ?)", more)
    (last,) = await (await db.execute("SELECT max(id) FROM books")).fetchone()
    print(f"{cursor.rowcount} more, the last has the id {last}")
    # Changes are there for others only after this.
    await db.commit()


async def show(db):
    # Row by row, by the names of the columns.
    db.row_factory = sqlite3.Row
    async with db.execute("SELECT title, year FROM books WHERE year > :since ORDER BY year", {"since": 1900}) as cursor:
        async for row in cursor:
            print(f"{row['title']} ({row['year']})")

    # All at once.
    for book in await db.execute_fetchall("SELECT * FROM books ORDER BY id"):
        print(f"{book['id']}: {book['title']}, {book['year'] or 'nobody knows'}")

    db.row_factory = None
    cursor = await db.execute("SELECT * FROM books WHERE id = 3")
    print("a row is printed as in Python:", await cursor.fetchone())


async def fail(db):
    try:
        await db.execute("DELETE FROM books WHERE id < 3")
        await db.execute("INSERT INTO books (title) VALUES ('Ulysses')")
        await db.commit()
    except sqlite3.IntegrityError as error:
        await db.rollback()
        print(f"{error.sqlite_errorname}: {error}")
    ((count,),) = await db.execute_fetchall("SELECT count(*) FROM books")
    print(f"{count} books are left: all was rolled back")


async def main():
    # ":memory:" is gone at the end; a file, such as "books.db", is there again in the next run.
    async with aiosqlite.connect(":memory:") as db:
        await fill(db)
        await show(db)
        await fail(db)


asyncio.run(main())
