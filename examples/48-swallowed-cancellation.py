import asyncio


async def poll(rounds):
    await asyncio.sleep(0.01)
    rounds.append("done")
    if len(rounds) == 2:
        raise RuntimeError("no answer")


# The fault: CancelledError is caught with all the rest, and the loop goes on.
async def stubborn(rounds):
    while len(rounds) < 5:
        try:
            await poll(rounds)
        except:
            print(f"stubborn: caught something in round {len(rounds)}, goes on")
    print("stubborn: ends when it likes")


# The mend: CancelledError is no Exception, so it goes through.
async def obedient(rounds):
    while True:
        try:
            await poll(rounds)
        except Exception as error:
            print(f"obedient: {error} in round {len(rounds)}, goes on")


async def main():
    for work in (stubborn, obedient):
        rounds = []
        task = asyncio.create_task(work(rounds))
        while len(rounds) < 3:
            await asyncio.sleep(0.001)
        task.cancel()
        await asyncio.wait([task])
        print(f"cancelled: {str(task.cancelled()).lower()}")


asyncio.run(main())
