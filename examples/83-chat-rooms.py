# Chat rooms: WebSockets on a server of the program's own
import asyncio
from collections import defaultdict

from aiohttp import ClientSession, web


class Chat:
    def __init__(self):
        self.rooms = defaultdict(dict)

    # The handler of /rooms/{room}: one call for each guest, which lasts as long as the connection.
    async def serve(self, request):
        room, name = request.match_info["room"], request.query.get("name", "nobody")
        socket = web.WebSocketResponse(heartbeat=30)
        await socket.prepare(request)
        self.rooms[room][name] = socket
        await self.tell_others(room, name, f"* {name} is here")
        async for message in socket:
            await self.tell_others(room, name, f"{name}: {message.data}")
        del self.rooms[room][name]
        await self.tell_others(room, name, f"* {name} has left")
        return socket

    # Without it the server would wait for the guests until its shutdown_timeout.
    async def close_all(self, _app):
        for room in self.rooms:
            await self.tell_others(room, "", "* the server ends")
        sockets = [socket for members in self.rooms.values() for socket in members.values()]
        await asyncio.gather(*(socket.close(code=1001) for socket in sockets))

    async def tell_others(self, room, sender, text):
        others = [socket for name, socket in self.rooms[room].items() if name != sender and not socket.closed]
        await asyncio.gather(*(socket.send_str(text) for socket in others), return_exceptions=True)


# Replies with prepared answers, and leaves at a message without one.
async def guest(session, room, name, answers):
    async with session.ws_connect(f"http://127.0.0.1:8080/rooms/{room}?name={name}") as socket:
        async for message in socket:
            print(f"{room:>6}: {name} hears {message.data}")
            if message.data not in answers:
                return
            await socket.send_str(answers[message.data])


async def main():
    chat = Chat()
    app = web.Application()
    app.router.add_get("/rooms/{room}", chat.serve)
    app.on_shutdown.append(chat.close_all)

    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 8080).start()
    async with ClientSession() as session:
        stays = asyncio.create_task(guest(session, "coffee", "cid", {}))
        await asyncio.gather(
            guest(session, "tea", "ann", {"* bob is here": "hi bob", "bob: hi ann": "I must go"}),
            guest(session, "tea", "bob", {"ann: hi bob": "hi ann", "ann: I must go": "bye"}))
        await runner.cleanup()
        await stays


asyncio.run(main())
