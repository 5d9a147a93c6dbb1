import asyncio

beats = 0


# Hundreds of thousands of steps without one await.
def count_primes(start, end):
    count = 0
    for number in range(max(start, 2), end):
        divisor = 2
        while divisor * divisor <= number and number % divisor != 0:
            divisor += 1
        count += divisor * divisor > number
    return count


async def heartbeat():
    global beats
    while True:
        await asyncio.sleep(0)
        beats += 1


async def main():
    beating = asyncio.create_task(heartbeat())

    # The fault: the loop stands still.
    primes = count_primes(0, 60_000)
    print(f"{primes} primes, {beats} heartbeats meanwhile")

    # The mend: in pieces, and a turn of the loop after each.
    primes = 0
    for start in range(0, 60_000, 6_000):
        primes += count_primes(start, start + 6_000)
        await asyncio.sleep(0)
    print(f"{primes} primes, at least 9 heartbeats meanwhile: {str(beats >= 9).lower()}")

    # Or on a thread.
    print(f"{await asyncio.to_thread(count_primes, 0, 6_000)} primes from a thread")
    beating.cancel()


asyncio.run(main())
