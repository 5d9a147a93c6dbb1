import asyncio


class Account:
    def __init__(self, number):
        self.number = number
        self.balance = 100
        self.lock = asyncio.Lock()


async def move_money(source, target, locked_first, locked_second):
    async with locked_first.lock:
        await asyncio.sleep(0.01)
        async with locked_second.lock:
            source.balance -= 10
            target.balance += 10
            print(f"{source.number} pays {target.number}")


# The mend: whoever takes several locks takes them in one order, the same for all.
async def pay(source, target):
    first, second = sorted((source, target), key=lambda account: account.number)
    await move_money(source, target, first, second)


# The fault: first one's own, then the other's.
async def pay_careless(source, target):
    await move_money(source, target, source, target)


async def main():
    ann, bob = Account(1), Account(2)
    print("in one order:")
    await asyncio.gather(pay(ann, bob), pay(bob, ann))
    print("each in its own order:")
    # Python does not see that nobody can go on: without a timeout this would wait for ever.
    try:
        await asyncio.wait_for(asyncio.gather(pay_careless(ann, bob), pay_careless(bob, ann)), 0.5)
        print("never printed")
    except TimeoutError:
        print("nobody can go on")


asyncio.run(main())
