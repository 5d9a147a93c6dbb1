import asyncio

total = 0


async def worker(name, jobs):
    global total
    while True:
        job = await jobs.get()
        await asyncio.sleep(0.01 * job)
        print(f"{name} has done job {job}")
        total += job
        jobs.task_done()


async def main():
    jobs = asyncio.Queue()
    for job in (5, 3, 8, 1, 6):
        jobs.put_nowait(job)

    workers = [asyncio.create_task(worker(name, jobs)) for name in ("ann", "bob")]

    await jobs.join()
    for task in workers:
        task.cancel()
    await asyncio.gather(*workers, return_exceptions=True)
    print(f"total: {total}")


asyncio.run(main())
