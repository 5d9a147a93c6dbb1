import asyncio


class Account:
    def __init__(self):
        self.balance = 100
        self.lock = asyncio.Lock()


async def withdraw(account, amount):
    if account.balance >= amount:
        await asyncio.sleep(0.01)  # others run here
        account.balance -= amount


async def withdraw_safely(account, amount):
    async with account.lock:
        await withdraw(account, amount)


async def main():
    careless = Account()
    await asyncio.gather(withdraw(careless, 80), withdraw(careless, 80))
    print(f"without a lock: {careless.balance}")

    careful = Account()
    await asyncio.gather(withdraw_safely(careful, 80), withdraw_safely(careful, 80))
    print(f"with a lock: {careful.balance}")


asyncio.run(main())
