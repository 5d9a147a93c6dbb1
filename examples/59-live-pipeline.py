import asyncio

END = object()  # Python 3.13 has queue.shutdown() instead


class Pipeline:
    def __init__(self):
        self.readings = asyncio.Queue(4)  # full, it holds the producers back
        self.done = 0
        self.sum = 0
        self.deepest = 0


async def sensor(pipeline, first, count):
    for reading in range(first, first + count):
        await asyncio.sleep(0.002)
        await pipeline.readings.put(reading)


async def analyst(pipeline):
    while (reading := await pipeline.readings.get()) is not END:
        await asyncio.sleep(0.01)  # slower than the sensors
        pipeline.sum += reading
        pipeline.done += 1


async def monitor(pipeline, total):
    mark = total // 4
    while mark <= total:
        await asyncio.sleep(0.005)
        pipeline.deepest = max(pipeline.deepest, pipeline.readings.qsize())
        while mark <= min(pipeline.done, total):
            print(f"monitor: {100 * mark // total} % analysed")
            mark += total // 4


async def main():
    pipeline = Pipeline()
    async with asyncio.TaskGroup() as group:
        for _ in range(2):
            group.create_task(analyst(pipeline))
        group.create_task(monitor(pipeline, 40))
        await asyncio.gather(sensor(pipeline, 1, 20), sensor(pipeline, 21, 20))
        for _ in range(2):
            await pipeline.readings.put(END)  # what is before it is still analysed
    print(f"{pipeline.done} readings, sum {pipeline.sum}, at most {pipeline.deepest} waiting")


asyncio.run(main())
