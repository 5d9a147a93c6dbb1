import asyncio
import re

import aiohttp


class Scraper:
    def __init__(self, session):
        self.session = session
        self.seen = set()
        self.links = 0
        self.queue = asyncio.Queue()
        self.turn = asyncio.Lock()
        self.crawl_delay = 1
        self.forbidden = None

    async def run(self):
        await self.read_robots()
        self.found("/")
        workers = [asyncio.create_task(self.work()) for _ in range(3)]
        await self.queue.join()
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)

    async def work(self):
        while True:
            path = await self.queue.get()
            try:
                await self.visit(path)
            except aiohttp.ClientError as error:
                print(f"{path}: {error}")
            self.queue.task_done()

    async def visit(self, path):
        async with self.turn:  # one request at a time begins, and then a pause
            await asyncio.sleep(self.crawl_delay)
        async with self.session.get(path) as response:
            page = await response.text()
        for link in re.findall('href="(.*?)"', page):
            self.links += 1
            self.found(link)

    def found(self, path):
        if path in self.seen or self.forbidden and path.startswith(self.forbidden):
            return
        self.seen.add(path)
        self.queue.put_nowait(path)

    async def read_robots(self):
        async with self.session.get("/robots.txt") as response:
            async for line in response.content:
                line = line.decode().rstrip()
                print(f"robots.txt: {line}")
                name, _, value = line.partition(": ")
                if name == "Crawl-delay":
                    self.crawl_delay = float(value)
                if name == "Disallow":
                    self.forbidden = value


async def main():
    async with aiohttp.ClientSession("https://pages.test", raise_for_status=True) as session:
        scraper = Scraper(session)
        await scraper.run()
        print(f"{len(scraper.seen)} pages, {scraper.links} links")


asyncio.run(main())
