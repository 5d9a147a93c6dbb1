import asyncio


class Connection:
    def __init__(self, host):
        self.host = host

    async def ask(self, question):
        await asyncio.sleep(0.02)
        if not question:
            raise ValueError("nothing was asked")
        return f"{self.host} answers: {question}? Yes."

    async def __aenter__(self):
        await asyncio.sleep(0.02)
        print(f"connected to {self.host}")
        return self

    async def __aexit__(self, kind, error, traceback):
        await asyncio.sleep(0.02)
        print(f"disconnected {'after an error' if error else 'in peace'}")


async def main():
    for question in ("is it raining", ""):
        try:
            async with Connection("weather.test") as connection:
                answer = await connection.ask(question)
            print(answer)
        except ValueError as error:
            print(error)


asyncio.run(main())
