"""A third kind of scenario: primitives that are locals of coroutines which end before those who use them.

A primitive is a local of the op `locals`, which names it for the tasks that use it: the newest of a name is
the one that is meant. When the op ends, in whatever way, nobody finds it any more, but those who wait in it
or hold it go on. In Python they keep it alive; in C++ the object is destroyed under them. A local may also
be made by a move from another, of perhaps another task. The format is extended_scenario.py's with more ops.
"""

import asyncio
import contextlib
import sys

import scenario as basic
from extended_scenario import ExtendedGenerator, ExtendedOracle, seconds, spell
from scenario import KINDS, OrderedTaskGroup

MOVED = object()


class Gone(Exception):
    """No local of that name is there now. The op that looks for it does nothing."""


class Local:
    def __init__(self, value):
        self.value = value


class Objects(dict):
    """The objects of the whole scenario, and the newest local of each name."""

    def __init__(self):
        super().__init__()
        self.locals = {}
        self.kept = []  # every local: Python may collect a task that waits in what nobody else has

    def local(self, name):
        if name not in self.locals:
            raise Gone(name)
        return self.locals[name]

    def __missing__(self, name):
        value = self.local(name).value
        if value is MOVED:
            raise RuntimeError("moved away")
        return value

    def get(self, name, default=None):
        return self[name] if name in self or name in self.locals else default


class EarlyOracle(ExtendedOracle):
    def __init__(self, scenario):
        super().__init__(scenario)
        self.objects = Objects()
        self.handed_over = []  # whether each task that was given a held lock has begun

    def run(self):
        lines = super().run()
        # A task that is cancelled before its first step never releases what it was given: in C++ it does.
        if not all(begun for begun, in self.handed_over):
            self.loop.ambiguous = True
        return lines

    async def top(self):
        # A generator that goes is destroyed where it is, as in C++: nobody closes it.
        self.loop._asyncgen_finalizer_hook = self.loop._asyncgens.discard
        sys.set_asyncgen_hooks(finalizer=self.loop._asyncgen_finalizer_hook)
        await super().top()

    async def block(self, ops):
        for op in ops:
            try:
                await getattr(self, "op_" + op[0])(*op[1:])
            except Gone as gone:
                self.log(f"gone {gone.args[0]}")
            except RuntimeError as exc:
                self.note_broken(exc)
                raise

    def make_object(self, spec):
        kind, *args = spec
        if kind == "Timeout":
            return asyncio.timeout(seconds(args[0]))
        if kind == "TaskGroup":
            return OrderedTaskGroup()
        if kind == "Generator":
            return self.generator(args[0])
        return super().make_object(spec)

    # -- locals ---------------------------------------------------------------

    @contextlib.contextmanager
    def declared(self, name, value):
        local = self.objects.locals[name] = Local(value)
        self.objects.kept.append(value)
        try:
            yield
        finally:
            if self.objects.locals.get(name) is local:
                del self.objects.locals[name]

    async def op_locals(self, declarations, ops):
        with contextlib.ExitStack() as scope:
            for name, spec in declarations:
                if spec[0] != "Moved":
                    value = self.make_object(spec)
                elif spec[1] in self.objects.locals:
                    old = self.objects.local(spec[1])
                    value, old.value = old.value, MOVED
                else:
                    self.log(f"gone {spec[1]}")
                    continue
                scope.enter_context(self.declared(name, value))
            await self.block(ops)

    async def op_future_new(self, name):
        if name in self.objects:
            self.objects[name] = self.loop.create_future()
        else:
            self.objects.local(name).value = self.loop.create_future()

    # -- what is held -----------------------------------------------------------

    def release_at_end(self, lock):
        try:
            lock.release()
        except (RuntimeError, ValueError) as exc:
            self.log(f"report release {spell(exc)}", who="-")

    async def op_scoped(self, name, ops, after):
        lock = self.objects[name]
        await lock.acquire()
        held = True
        try:
            self.log(f"entered {name}")
            await self.block(ops)
            if after:
                held = False
                lock.release()
                self.log(f"released {name}")
                await self.block(after)
        finally:
            if held:
                self.release_at_end(lock)

    async def op_hand_over(self, name, task, coro):
        lock = self.objects[name]
        await lock.acquire()
        begun = [False]
        self.handed_over.append(begun)
        self.keep(asyncio.create_task(self.holding(lock, coro, begun), name=task))

    async def holding(self, lock, coro, begun):
        begun[0] = True
        try:
            return await self.coroutine(coro)
        finally:
            self.release_at_end(lock)

    async def op_stack(self, names, ops):
        async with contextlib.AsyncExitStack() as stack:
            for name in names:
                await stack.enter_async_context(self.objects[name])
                self.log(f"entered {name}")
            await self.block(ops)
        self.log("stack left")

    # -- groups, timeouts, generators ---------------------------------------------

    async def op_enter_group(self, name, members, ops):
        async with self.objects[name] as group:
            for task, coro, eager in members:
                self.keep(group.create_task(self.coroutine(coro), name=task, eager_start=eager))
            await self.block(ops)
        self.log("group left")

    async def op_spawn_in(self, name, task, coro, eager):
        group = self.objects[name]
        self.keep(group.create_task(self.coroutine(coro), name=task, eager_start=eager))

    async def op_enter_timeout(self, name, ops):
        async with self.objects[name]:
            await self.block(ops)
        self.log("timeout left")

    async def op_move_deadline(self, name, us):
        scope = self.objects[name]
        scope.reschedule(None if us is None else self.loop.time() + us / 1e6)
        self.log(f"rescheduled {name}")

    async def op_next(self, name):
        try:
            value = await anext(self.objects[name])
        except StopAsyncIteration:
            self.log(f"generator {name} is at its end")
        else:
            self.log(f"generator {name} gave {value}")

    async def op_close(self, name):
        await self.objects[name].aclose()
        self.log(f"closed {name}")

    async def op_closing(self, name, ops):
        async with contextlib.aclosing(self.objects[name]):
            await self.block(ops)
        self.log(f"left {name}")

    # -- a waiting operation as an awaitable ----------------------------------------

    def expr_put(self, name, value):
        return self.objects[name].put(value)

    def expr_join(self, name):
        return self.objects[name].join()

    def expr_acquire(self, name):
        return self.objects[name].acquire()

    def expr_wait(self, name):
        return self.objects[name].wait()


def trace(scenario):
    """The lines CPython's asyncio logs, or None where asyncio promises no order."""
    oracle = EarlyOracle(scenario)
    lines = oracle.run()
    if asyncio.all_tasks(oracle.loop) or lines[-1:] == ["STUCK"]:
        basic._unfinished.append(oracle)
    return None if oracle.loop.ambiguous else lines


# --------------------------------------------------------------------------
# The generator
# --------------------------------------------------------------------------

SHARED = ("Var", "Counter")  # never locals
LOCKS = ("Lock", "Semaphore", "BoundedSemaphore", "Condition")
QUEUES = ("Queue", "LifoQueue", "PriorityQueue")
PREFIXES = {"Lock": "l", "Condition": "k", "Barrier": "b", "Event": "e", "Semaphore": "m",
            "BoundedSemaphore": "u", "Queue": "q", "LifoQueue": "x", "PriorityQueue": "y", "Future": "f",
            "Timeout": "d", "TaskGroup": "p"}


class EarlyGenerator(ExtendedGenerator):
    def scenario(self):
        made = super().scenario()
        shared = {name: spec for name, spec in self.objects.items() if not self.is_local(name)}
        return {**made, "seed": f"e{self.seed}", "objects": shared}

    def add_objects(self):
        r = self.random
        made = list(self.objects.values())
        self.objects.clear()
        super().add_objects()
        for spec in [*made, ["Timeout", r.choice([None, self.us(), self.us()])], ["TaskGroup"], ["Event"],
                     [r.choice(["Semaphore", "BoundedSemaphore"]), r.randint(1, 2)], [r.choice(QUEUES), 1]]:
            self.add(spec)
        # Another name for one that is moved.
        self.add(self.objects[r.choice([n for n in self.objects if self.can_move(n)])])

    def add(self, spec):
        """The first letter of a name says what it names."""
        prefix = PREFIXES[spec[0]]
        self.objects[f"{prefix}{sum(name[0] == prefix for name in self.objects)}"] = spec

    def add_generator(self):
        super().add_generator()
        made = list(self.generators)[-1]
        self.objects["a" + made[1:]] = ["Generator", made]

    def is_local(self, name):
        return name not in ("f0", "f1") and self.objects[name][0] not in SHARED

    def can_move(self, name):
        # Python finds out that a future was moved before it is awaited, C++ when it is.
        return self.is_local(name) and self.objects[name][0] != "Future"

    def block(self, depth, least=1, most=3):
        ops = super().block(depth, least, most)
        if ops and self.random.random() < (0.3, 0.1, 0)[min(depth, 2)]:
            at = self.random.randrange(len(ops))
            made = self.declared(ops[at:], self.some_locals())
            ops[at:] = made if self.random.random() < 0.2 else [["catch", made, False]]
        return ops

    def main(self, first):
        ops = super().main(first)
        cut = self.random.randint(len(first), len(ops))
        begin = [["catch", [op], False] for op in ops[:cut]]
        made = self.declared(begin, self.all_locals(), can_take=False)
        return (made if self.random.random() < 0.3 else [["catch", made, False]]) + ops[cut:]

    def all_locals(self):
        return [name for name in self.objects if self.is_local(name)]

    def some_locals(self):
        names = self.all_locals()
        chosen = self.random.sample(names, min(len(names), self.random.randint(1, 3)))
        if any(self.objects[name] == ["Condition", "l0"] for name in chosen):
            chosen.append("l0")  # is its lock
        return [name for name in names if name in chosen]

    def declared(self, ops, names, can_take=True):
        """The ops in the scope of these locals."""
        declarations = [[name, self.declaration(name, can_take)] for name in names]
        return [["locals", declarations, ops + self.time_to_be_used() + self.ending()]]

    def time_to_be_used(self):
        r = self.random
        if r.random() < 0.3:
            return [["yield"]] * r.randint(0, 4)
        waits = [["sleep", self.us()] for _ in range(r.randint(1, 2))]
        return waits if r.random() < 0.5 else [["try", [wait], [["BaseException", []]], []] for wait in waits]

    def declaration(self, name, can_take):
        r = self.random
        kind, *args = self.objects[name]
        if can_take and self.can_move(name) and r.random() < 0.25:
            return ["Moved", r.choice([n for n in self.objects if n[0] == name[0] and n[0] != "a"] or [name])]
        return [kind, *args]

    def ending(self):
        """The last that is done before the locals go: it wakes somebody, or is no end as usual."""
        r = self.random
        ops = []
        while r.random() < 0.5:
            name = r.choice([n for n in self.objects if self.is_local(n)])
            kind = self.objects[name][0]
            if kind in LOCKS and r.random() < 0.5:
                ops.append(["release", name])
            elif kind == "Condition":
                ops.append(["with", name, [["notify", name, r.randint(1, 2)]]])
            elif kind == "Event":
                ops.append(["set", name])
            elif kind in QUEUES:
                ops.append(r.choice([["put_nowait", name, r.randint(0, 99)], ["get_nowait", name],
                                     ["task_done", name], ["shutdown", name, r.random() < 0.5]]))
            elif kind == "Barrier":
                ops.append(r.choice([["barrier_abort", name], ["barrier_reset", name]]))
        guarded = [["try", [op], [["Exception", []]], []] for op in ops]
        way = r.random()
        if way < 0.15:
            return guarded + [["raise", r.choice(list(KINDS)), self.label()]]
        if way < 0.2:
            return guarded + [["return", r.randint(0, 99)]]
        if way < 0.3:
            return guarded + [["cancel_self", self.label()], ["yield"]]
        if way < 0.5:
            failing = ["gather", [self.expression(2), self.expression(2),
                                  ["fail", r.choice(list(KINDS)), self.label()]], False]
            return guarded + [["eval", failing]]
        return guarded

    def waiting(self):
        """An awaitable that waits in a primitive."""
        r = self.random
        choices = [["get", n] for n in self.of(*QUEUES)] + [["join", n] for n in self.of(*QUEUES)]
        choices += [["put", n, r.randint(0, 99)] for n in self.of(*QUEUES)]
        choices += [["acquire", n] for n in self.of(*LOCKS)]
        choices += [["wait", n] for n in self.of("Event", "Barrier", "Condition")]
        return r.choice(choices)

    def expression(self, depth=0):
        return self.waiting() if self.random.random() < 0.3 else super().expression(depth)

    def op(self, depth):
        if self.random.random() < 0.6:
            return super().op(depth)
        r = self.random
        locks = self.of(*LOCKS)
        conditions = self.of("Condition")
        choices = [
            (4, lambda: ["eval", self.waiting()]),
            (2, lambda: ["loop", 2, [["put", r.choice(self.of(*QUEUES)), r.randint(0, 99)]]]),
            (1, lambda: ["join", r.choice(self.of(*QUEUES))]),
            (3, lambda: ["eval", ["wait_for", self.waiting(), self.us()]]),
            (3, lambda: ["with", (name := r.choice(conditions)),
                         [["eval", ["wait_for", ["wait", name], self.us()]]]]),
            (1, lambda: ["move_deadline", "d0", r.choice([None, self.delay(), self.us()])]),
            (2, lambda: ["scoped", r.choice(locks), [["yield"]], []]),
        ]
        if self.generators:
            generator = r.choice(self.of("Generator"))
            choices += [(9, lambda: ["next", generator]), (1, lambda: ["close", generator])]
            if depth < 2:
                choices += [(3, lambda: ["closing", generator, self.block(depth + 1)])]
        if self.coros:
            choices += [(3, lambda: ["hand_over", r.choice(locks), *self.spawn(self.some_coro())[1:]]),
                        (2, lambda: ["spawn_in", "p0", *self.spawn(self.some_coro())[1:], r.random() < 0.3])]
        if depth < 2:
            choices += [
                (4, lambda: ["scoped", r.choice(locks), self.block(depth + 1), self.block(depth + 1, 0, 1)]),
                (3, lambda: ["stack", [r.choice(locks) for _ in range(r.randint(1, 3))], self.block(depth + 1)]),
                (4, lambda: ["enter_timeout", "d0", self.block(depth + 1)]),
                (4, lambda: ["enter_group", "p0", self.members(), self.block(depth + 1, 0, 2)]),
            ]
        return r.choices([make for _, make in choices], [w for w, _ in choices])[0]()

    def members(self):
        if not self.coros:
            return []
        return [[*self.spawn(self.some_coro())[1:], self.random.random() < 0.3]
                for _ in range(self.random.randint(0, 2))]


def generate(seed):
    return EarlyGenerator(seed).scenario()


def cases(first, last):
    return basic.cases_of(generate, trace, first, last)


if __name__ == "__main__":
    basic.main(cases)
