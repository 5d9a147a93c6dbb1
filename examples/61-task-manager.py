import asyncio


class TaskManager:
    def __init__(self, at_once):
        self.slots = asyncio.Semaphore(at_once)
        self.started = {}
        self.tasks = {}

    def submit(self, name, job):
        self.started[name] = False
        self.tasks[name] = asyncio.create_task(self.run(name, job), name=name)

    async def run(self, name, job):
        async with self.slots:
            self.started[name] = True
            return await job

    def cancel(self, name):
        self.tasks[name].cancel()

    async def wait_all(self):
        await asyncio.gather(*self.tasks.values(), return_exceptions=True)

    def status(self, name):
        task = self.tasks[name]
        if not task.done():
            return "running" if self.started[name] else "waiting"
        if task.cancelled():
            return "cancelled"
        if error := task.exception():
            return f"failed: {error}"
        return f"done: {task.result()}"

    def print(self):
        for name in sorted(self.tasks):
            print(f"  {name:<6} {self.status(name)}")


async def add(a, b):
    await asyncio.sleep(0.02)
    return a + b


async def fail():
    await asyncio.sleep(0.02)
    raise RuntimeError("no such file")


async def forever():
    await asyncio.Event().wait()


async def main():
    jobs = TaskManager(2)
    jobs.submit("count", forever())
    jobs.submit("add", add(2, 3))
    jobs.submit("read", fail())
    jobs.submit("sum", add(40, 2))
    await asyncio.sleep(0)
    print("at first:")
    jobs.print()

    await asyncio.sleep(0.5)
    print("later:")
    jobs.print()

    jobs.cancel("count")
    await jobs.wait_all()
    print("at the end:")
    jobs.print()


asyncio.run(main())
