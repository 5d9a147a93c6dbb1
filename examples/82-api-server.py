# An API server: notes in a database, behind middlewares
import asyncio
import sqlite3

import aiosqlite
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer


# Opened when the application starts, closed when it ends.
async def database(app):
    async with aiosqlite.connect(":memory:") as db:
        await db.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE)")
        app["db"] = db
        yield
    print("the database is closed")


async def list_notes(request):
    rows = await request.app["db"].execute_fetchall("SELECT id, text FROM notes ORDER BY id")
    return web.json_response([{"id": id, "text": text} for id, text in rows])


async def show(request):
    cursor = await request.app["db"].execute("SELECT text FROM notes WHERE id = ?", (request.match_info["id"],))
    row = await cursor.fetchone()
    if row is None:
        raise web.HTTPNotFound(text="no such note")
    return web.json_response({"text": row[0]})


async def create(request):
    db = request.app["db"]
    note = await request.json()
    if "text" not in note:
        raise web.HTTPUnprocessableEntity(text="a note has a text")
    cursor = await db.execute("INSERT INTO notes (text) VALUES (?)", (note["text"],))
    await db.commit()
    location = request.app.router["note"].url_for(id=str(cursor.lastrowid))
    return web.json_response({"id": cursor.lastrowid}, status=201, headers={"Location": str(location)})


# What a handler throws becomes JSON with its status.
@web.middleware
async def errors_as_json(request, handler):
    try:
        return await handler(request)
    except web.HTTPException as error:
        return web.json_response({"error": error.text}, status=error.status)
    except sqlite3.IntegrityError as error:
        return web.json_response({"error": str(error)}, status=409)


@web.middleware
async def only_with_a_token(request, handler):
    if request.method == "POST" and request.headers.get("Authorization") != "Bearer secret":
        raise web.HTTPUnauthorized(text="send a token")
    return await handler(request)


def make_app():
    # The first is the outermost.
    app = web.Application(middlewares=[errors_as_json, only_with_a_token])
    app.cleanup_ctx.append(database)
    app.router.add_get("/notes", list_notes)
    app.router.add_post("/notes", create)
    app.router.add_get(r"/notes/{id:\d+}", show, name="note")
    return app


async def show_response(response):
    print(response.status, await response.text())


async def main():
    token = {"Authorization": "Bearer secret"}
    # The application on a free port with a client of its own, for tests; web.run_app() serves until Ctrl+C.
    async with TestClient(TestServer(make_app())) as client:
        created = await client.post("/notes", headers=token, json={"text": "milk"})
        print("created", created.headers["Location"])
        await show_response(await client.get("/notes/1"))
        await show_response(await client.get("/notes"))
        await show_response(await client.post("/notes", headers=token, json={"text": "milk"}))
        await show_response(await client.post("/notes", headers=token, json={}))
        await show_response(await client.post("/notes"))
        await show_response(await client.get("/notes/7"))
        await show_response(await client.delete("/notes"))


asyncio.run(main())
