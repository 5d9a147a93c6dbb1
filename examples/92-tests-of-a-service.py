import asyncio
import selectors
from unittest.mock import ANY, AsyncMock, call


# The service under test: it gets its clients from outside.
class Orders:
    def __init__(self, clients):
        self.clients = clients

    async def place(self, customer, article):
        price = await self.clients.price(article)
        receipt = await self.charge_with_retry(customer, price)
        await self.clients.mail(customer, f"receipt {receipt}")
        return receipt

    async def charge_with_retry(self, customer, price):
        for attempt in range(1, 4):
            try:
                return await asyncio.wait_for(self.clients.charge(customer, price), 10)
            except ConnectionError:
                if attempt == 3:
                    raise
            await asyncio.sleep(attempt)


class Mocks:
    def __init__(self):
        self.price = AsyncMock(name="price", return_value=450)
        self.charge = AsyncMock(name="charge", return_value="R1")
        self.mail = AsyncMock(name="mail")


async def expect_error(kind, order):
    try:
        await order
    except kind:
        return
    raise AssertionError("it raised another error, or none")


async def mails_the_receipt():
    mocks = Mocks()
    await Orders(mocks).place("Ada", "tea")
    mocks.price.assert_awaited_once_with("tea")
    mocks.charge.assert_awaited_once_with("Ada", 450)
    mocks.mail.assert_awaited_once_with("Ada", "receipt R1")


async def charges_again_when_the_bank_is_down():
    mocks = Mocks()
    mocks.charge.side_effect = [ConnectionError("down"), ConnectionError("down"), "R3"]
    await Orders(mocks).place("Ada", "tea")
    mocks.charge.assert_has_awaits([call("Ada", 450), call("Ada", 450), call("Ada", ANY)])
    mocks.mail.assert_awaited_once_with("Ada", "receipt R3")


async def gives_up_after_three_attempts():
    mocks = Mocks()
    mocks.charge.side_effect = ConnectionError("down")
    await expect_error(ConnectionError, Orders(mocks).place("Ada", "tea"))
    mocks.mail.assert_not_awaited()


async def does_not_wait_for_a_slow_bank():
    async def slow(customer, price):
        await asyncio.sleep(3600)
        return "too late"

    mocks = Mocks()
    mocks.charge.side_effect = slow
    await expect_error(asyncio.TimeoutError, Orders(mocks).place("Ada", "tea"))
    mocks.mail.assert_not_called()


async def charges_the_price_of_the_article():
    mocks = Mocks()
    mocks.price.side_effect = lambda article: 450 if article == "tea" else 600
    orders = Orders(mocks)
    await asyncio.gather(orders.place("Ada", "tea"), orders.place("Bob", "pie"))
    mocks.charge.assert_has_awaits([call("Bob", 600), call("Ada", 450)], any_order=True)


# This test is wrong: the failure says what it expected, and what happened.
async def never_charges_twice():
    mocks = Mocks()
    mocks.charge.side_effect = [ConnectionError("down"), "R2"]
    await Orders(mocks).place("Ada", "tea")
    mocks.charge.assert_awaited_once_with("Ada", 450)


# Python has no virtual clock: here waiting for a timer is adding to the time.
class VirtualClock(selectors.SelectSelector):
    now = 0

    def select(self, timeout=None):
        self.now += timeout or 0
        return super().select(0)


def run_test(body):
    clock = VirtualClock()
    loop = asyncio.SelectorEventLoop(clock)
    loop.time = lambda: clock.now
    try:
        loop.run_until_complete(body)
        return clock.now
    finally:
        loop.close()


def test(name, body):
    try:
        print(f"ok     {name} ({run_test(body):.0f} s)")
    except AssertionError as error:
        print(f"FAILED {name}: {error}")


test("mails the receipt", mails_the_receipt())
test("charges again when the bank is down", charges_again_when_the_bank_is_down())
test("gives up after three attempts", gives_up_after_three_attempts())
test("does not wait for a slow bank", does_not_wait_for_a_slow_bank())
test("charges the price of the article", charges_the_price_of_the_article())
test("never charges twice", never_charges_twice())
