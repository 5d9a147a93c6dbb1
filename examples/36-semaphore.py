import asyncio


class Pool:
    def __init__(self):
        self.lanes = asyncio.BoundedSemaphore(3)
        self.swimmers = 0
        self.most = 0


async def swim(pool):
    async with pool.lanes:
        pool.swimmers += 1
        pool.most = max(pool.most, pool.swimmers)
        await asyncio.sleep(0.01)
        pool.swimmers -= 1


async def main():
    pool = Pool()
    await asyncio.gather(*(swim(pool) for _ in range(10)))
    print(f"10 came, at most {pool.most} swam at once")

    for _ in range(3):
        await pool.lanes.acquire()
    print(f"all lanes taken: {str(pool.lanes.locked()).lower()}")
    for _ in range(3):
        pool.lanes.release()
    try:
        pool.lanes.release()  # one more than there are: a mistake, which Semaphore would not see
    except ValueError:
        print("a release too many is refused")


asyncio.run(main())
