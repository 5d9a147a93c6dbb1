import asyncio


class Pot:
    def __init__(self):
        self.portions = 0
        self.changed = asyncio.Condition()


async def eat(name, pot, portions):
    async with pot.changed:
        await pot.changed.wait_for(lambda: pot.portions >= portions)
        pot.portions -= portions
        print(f"{name} eats {portions}, {pot.portions} left")


async def cook(pot):
    for _ in range(3):
        await asyncio.sleep(0.02)
        async with pot.changed:
            pot.portions += 2
            print("2 more portions")
            pot.changed.notify_all()


async def main():
    pot = Pot()
    await asyncio.gather(eat("the bear", pot, 4), eat("the mouse", pot, 1), cook(pot))


asyncio.run(main())
