"""A second kind of scenario: what scenario.py leaves out of asyncio, nested at random.

Eager tasks, messages of cancels, nested awaitables (gather of shield of wait_for …), timeouts that are
moved, groups that are joined late, handles, callbacks that act, context variables, async generators,
conditions that share a lock, split exception groups. The format is scenario.py's with more ops.
"""

import asyncio
import contextvars
import warnings

import scenario as basic
from scenario import KINDS, Generator, Oracle, OrderedTaskGroup

# A coroutine that a cancel overtook is no news here.
warnings.simplefilter("ignore")


def spell(exc):
    """As scenario.describe, with the message of a cancel."""
    if isinstance(exc, asyncio.CancelledError):
        return f"CancelledError({exc.args[0]})" if exc.args and exc.args[0] else "CancelledError"
    if isinstance(exc, BaseExceptionGroup):
        return "ExceptionGroup[" + ", ".join(spell(e) for e in exc.exceptions) + "]"
    return basic.describe(exc)


def show(value):
    if isinstance(value, BaseException):
        return spell(value)
    if isinstance(value, list):
        return "[" + ", ".join(show(v) for v in value) + "]"
    return "None" if value is None else str(value)


def seconds(us):
    return None if us is None else us / 1e6


class Counter:
    def __init__(self):
        self.value = 0


class ExtendedOracle(Oracle):
    def __init__(self, scenario):
        super().__init__(scenario)
        self.handles = {}
        self.callbacks = {}
        self.groups = {}
        self.scopes = {}
        self.generators = {}
        self.all_generators = []  # kept: one that is collected would be closed by the loop

    def log(self, text, who=None):
        if who is None:
            task = asyncio.current_task(self.loop)
            who = task.get_name() if task else "-"
            if who.startswith("Task-"):
                who = "task"  # numbered through all runs
        super().log(text, who)

    def make_object(self, spec):
        kind, *args = spec
        if kind == "Condition" and args:
            return asyncio.Condition(self.objects[args[0]])
        if kind == "Var":
            return contextvars.ContextVar("var", **({"default": args[0]} if args else {}))
        if kind == "Counter":
            return Counter()
        return super().make_object(spec)

    # -- running ----------------------------------------------------------

    async def top(self):
        self.loop.set_exception_handler(self.report)
        await super().top()

    def report(self, _, context):
        message = context["message"]
        for kind, text in (("callback", "Exception in callback"), ("shielded", "shielded"),
                           ("group", "errored out")):
            if text in message:
                self.log(f"report {kind} {spell(context['exception'])}", who="-")

    async def finish(self):
        await super().finish()
        for generator in self.all_generators:
            try:
                await generator.aclose()
            except BaseException as exc:
                self.log(f"closing raised {spell(exc)}", who="end")

    def run(self):
        lines = super().run()
        if lines[-1:] != ["STUCK"]:
            for name, what in sorted(self.objects.items()):
                if isinstance(what, asyncio.Future) and what._log_traceback:
                    lines.append(f"unretrieved {name}")
            for task in self.spawned:
                if task._log_traceback:
                    lines.append(f"unretrieved {task.get_name()}")
        return lines

    async def block(self, ops):
        await self.unless_broken(super().block(ops))

    async def unless_broken(self, awaitable):
        try:
            return await awaitable
        except RuntimeError as exc:
            self.note_broken(exc)
            raise

    def note_broken(self, exc):
        # CPython takes a task that awaits itself for one whose await is broken, also when others
        # await it: an accident, which no other asyncio has to repeat.
        if "await wasn't used" in str(exc):
            self.loop.ambiguous = True

    def now(self, ops):
        """Runs ops that never suspend, outside any task."""
        try:
            self.block(ops).send(None)
        except StopIteration:
            return
        raise AssertionError("an op of a callback suspended")

    # -- awaitables in awaitables -------------------------------------------

    async def constant(self, value):
        return value

    async def failing(self, kind, message):
        raise self._make(kind, message)

    def expression(self, spec):
        kind, *args = spec
        return getattr(self, "expr_" + kind)(*args)

    def expr_task(self, name):
        return self.tasks[name] if name in self.tasks else self.constant(None)

    def expr_future(self, name):
        return self.objects[name]

    def expr_coro(self, name):
        return self.coroutine(name)

    def expr_sleep(self, us, value):
        return asyncio.sleep(us / 1e6, value)

    def expr_fail(self, kind, message):
        return self.failing(kind, message)

    def expr_get(self, name):
        return self.objects[name].get()

    def expr_gather(self, specs, return_exceptions):
        return asyncio.gather(*[self.expression(s) for s in specs],
                              return_exceptions=return_exceptions)

    def expr_shield(self, spec):
        return asyncio.shield(self.expression(spec))

    def expr_ensure(self, spec):
        return asyncio.ensure_future(self.expression(spec))

    def expr_wait_for(self, spec, us):
        return self.unless_broken(asyncio.wait_for(self.expression(spec), seconds(us)))

    async def op_eval(self, spec):
        self.log(f"value {show(await self.expression(spec))}")

    def _check_wait(self, futures, when):
        # The error of the last that a set gives is the one that wait() does not look at.
        done = {f for f in futures if f.done()}
        if when == "FIRST_EXCEPTION" and len(done) > 1 and any(f._log_traceback for f in done):
            self.loop.ambiguous = True

    async def op_wait(self, names, when, us):
        self._check_wait(self._known(names), when)
        await super().op_wait(names, when, us)

    async def op_wait_all(self, specs, when, us):
        futures = [asyncio.ensure_future(self.expression(s)) for s in specs]
        self._check_wait(futures, when)
        done, pending = await asyncio.wait(futures, return_when=when, timeout=seconds(us))
        self.log("waited " + "".join("d" if f in done else "p" for f in futures)
                 + f" {len(done)} {len(pending)}")

    async def op_as_completed_of(self, specs, us, most):
        futures = [asyncio.ensure_future(self.expression(s)) for s in specs]
        if sum(f.done() for f in set(futures)) > 1:
            self.loop.ambiguous = True
        for count, step in enumerate(asyncio.as_completed(futures, timeout=seconds(us))):
            if count == most:
                step.close()
                break
            try:
                await step
                self.log("completed")
            except Exception as exc:
                self.log(f"completed raised {spell(exc)}")

    # -- tasks ----------------------------------------------------------------

    async def op_spawn_eager(self, task, coro):
        self.keep(asyncio.create_task(self.coroutine(coro), name=task, eager_start=True))

    async def op_cancel_msg(self, task, message):
        if task in self.tasks:
            self.log(f"cancel {task} -> {self.tasks[task].cancel(message)}")

    async def op_cancel_self(self, message):
        self.log(f"cancel self -> {asyncio.current_task().cancel(message)}")

    async def op_cancelling(self):
        self.log(f"cancelling {asyncio.current_task().cancelling()}")

    async def op_await_self(self):
        task = asyncio.current_task()
        try:
            await task
        finally:
            task._asyncio_future_blocking = False
        self.log("awaited itself")

    async def op_rename(self, name):
        asyncio.current_task().set_name(name)
        self.log("renamed")

    async def op_result(self, name):
        what = self.tasks.get(name) or self.objects.get(name)
        if what is not None:
            self.log(f"result {name} -> {show(what.result())}")

    async def op_exception(self, name):
        what = self.tasks.get(name) or self.objects.get(name)
        if what is not None:
            exc = what.exception()
            self.log(f"exception {name} -> {'None' if exc is None else spell(exc)}")

    async def op_all_tasks(self):
        names = sorted(t.get_name() for t in asyncio.all_tasks(self.loop))
        self.log(f"tasks {len(names)} [{', '.join(n for n in names if not n.startswith('Task-'))}]")

    async def op_catch(self, ops, reraise):
        try:
            await self.block(ops)
        except basic._Return:
            raise
        except BaseException as exc:
            self.log(f"caught {spell(exc)}")
            if reraise:
                raise

    async def op_split(self, kind, ops):
        try:
            await self.block(ops)
        except BaseExceptionGroup as group:
            if kind == "Scenario":
                matching, rest = group.split(lambda e: getattr(e, "from_scenario", False))
            else:
                matching, rest = group.split(TimeoutError)
            self.log(f"split {'None' if matching is None else spell(matching)} "
                     f"{'None' if rest is None else spell(rest)}")
            if rest is not None:
                raise rest

    # -- futures --------------------------------------------------------------

    async def op_future_new(self, name):
        self.objects[name] = self.loop.create_future()

    async def op_future_cancel_msg(self, name, message):
        self.log(f"cancel {name} -> {self.objects[name].cancel(message)}")

    # -- groups and timeouts ----------------------------------------------------

    async def op_group_of(self, ident, members, ops):
        group = self.groups[ident] = OrderedTaskGroup()
        async with group:
            for task, coro, eager in members:
                self.keep(group.create_task(self.coroutine(coro), name=task, eager_start=eager))
            await self.block(ops)
        self.log("group left")

    async def op_group_spawn(self, ident, task, coro, eager):
        if ident in self.groups:
            self.keep(self.groups[ident].create_task(self.coroutine(coro), name=task, eager_start=eager))

    async def op_deadline(self, ident, kind, us, ops):
        if kind == "at" and us is not None:
            scope = asyncio.timeout_at(self.loop.time() + us / 1e6)
        else:
            scope = asyncio.timeout(seconds(us))
        self.scopes[ident] = scope
        async with scope:
            await self.block(ops)
        self.log(f"deadline passed expired={scope.expired()}")

    async def op_reschedule(self, ident, us):
        if ident in self.scopes:
            self.scopes[ident].reschedule(None if us is None else self.loop.time() + us / 1e6)
            self.log(f"rescheduled {ident}")

    async def op_reenter(self, ident):
        if ident in self.scopes:
            async with self.scopes[ident]:
                self.log("entered again")

    async def op_scope(self, ident):
        if ident in self.scopes:
            scope = self.scopes[ident]
            when = scope.when()
            self.log(f"scope {ident} expired={scope.expired()} "
                     f"when={None if when is None else round(when * 1e6)}")

    # -- callbacks and handles ----------------------------------------------------

    async def op_soon_do(self, ident, ops):
        self.handles[ident] = self.loop.call_soon(self.now, ops)

    async def op_later_do(self, ident, us, ops):
        self.handles[ident] = self.loop.call_later(us / 1e6, self.now, ops)

    async def op_at_do(self, ident, us, ops):
        self.handles[ident] = handle = self.loop.call_at(self.loop.time() + us / 1e6, self.now, ops)
        self.log(f"at {round(handle.when() * 1e6)}")

    async def op_cancel_handle(self, ident):
        if ident in self.handles:
            before = self.handles[ident].cancelled()
            self.handles[ident].cancel()
            self.log(f"handle {ident} {before} {self.handles[ident].cancelled()}")

    async def op_when_done(self, ident, name, ops):
        what = self.tasks.get(name) or self.objects.get(name)
        if what is not None:
            def act(_):
                self.now(ops)
            self.callbacks[ident] = (what, act)
            what.add_done_callback(act)

    async def op_forget_when_done(self, ident):
        if ident in self.callbacks:
            what, act = self.callbacks[ident]
            self.log(f"removed {what.remove_done_callback(act)}")

    # -- context variables ----------------------------------------------------------

    async def op_var_set(self, name, value):
        self.objects[name].set(value)

    async def op_var_get(self, name):
        self.log(f"var {name} {self.objects[name].get()}")

    async def op_var_with(self, name, value, ops):
        token = self.objects[name].set(value)
        old = token.old_value
        self.log(f"var was {'missing' if old is contextvars.Token.MISSING else old}")
        try:
            await self.block(ops)
        finally:
            self.objects[name].reset(token)

    # -- primitives -------------------------------------------------------------------

    async def op_count(self, name):
        self.objects[name].value += 1

    async def op_condition_wait_for(self, name, counter, at_least):
        count = self.objects[counter]
        result = await self.objects[name].wait_for(lambda: count.value >= at_least)
        self.log(f"condition {name} {result}")

    async def op_barrier_with(self, name, ops):
        async with self.objects[name] as position:
            self.log(f"inside {name} as {position}")
            await self.block(ops)
        self.log(f"left {name}")

    async def op_barrier_state(self, name):
        barrier = self.objects[name]
        self.log(f"barrier {name} {barrier.parties} {barrier.n_waiting} {barrier.broken}")

    async def op_is_set(self, name):
        self.log(f"event {name} {self.objects[name].is_set()}")

    # -- generators -----------------------------------------------------------------------

    async def generator(self, name):
        steps, final = self.scenario["generators"][name]
        try:
            for ops, value in steps:
                await self.block(ops)
                yield value
        except GeneratorExit:
            self.log("generator exits")
            raise
        finally:
            self.log("generator ends")
            await self.block(final)

    def _new_generator(self, name):
        generator = self.generator(name)
        self.all_generators.append(generator)
        return generator

    async def op_generate(self, name, most, ops):
        generator = self._new_generator(name)
        try:
            count = 0
            async for value in generator:
                self.log(f"generated {value}")
                await self.block(ops)
                count += 1
                if count == most:
                    break
        finally:
            await generator.aclose()
        self.log("generator left")

    async def op_generator_new(self, ident, name):
        self.generators[ident] = self._new_generator(name)

    async def op_generator_next(self, ident):
        if ident in self.generators:
            try:
                value = await anext(self.generators[ident])
            except StopAsyncIteration:
                self.log(f"generator {ident} is at its end")
            else:
                self.log(f"generator {ident} gave {value}")

    async def op_generator_close(self, ident):
        if ident in self.generators:
            await self.generators[ident].aclose()
            self.log(f"closed {ident}")


def trace(scenario):
    """The lines CPython's asyncio logs, or None where asyncio promises no order."""
    oracle = ExtendedOracle(scenario)
    lines = oracle.run()
    if asyncio.all_tasks(oracle.loop) or lines[-1:] == ["STUCK"]:
        basic._unfinished.append(oracle)
    return None if oracle.loop.ambiguous else lines


# --------------------------------------------------------------------------
# The generator
# --------------------------------------------------------------------------


class ExtendedGenerator(Generator):
    def __init__(self, seed):
        super().__init__(seed)
        self.generators = {}
        self.ident_count = 0
        self.group_idents = []

    def scenario(self):
        made = super().scenario()
        return {"seed": f"x{self.seed}", **{k: v for k, v in made.items() if k != "seed"},
                "generators": self.generators}

    def block(self, depth, least=1, most=3):
        if depth == 0 and not self.objects.get("v0"):
            self.add_objects()
        if depth == 0 and self.level > 0 and self.random.random() < 0.3:
            self.add_generator()
        return super().block(depth, least, most)

    def add_objects(self):
        r = self.random
        self.objects["v0"] = ["Var", r.randint(0, 9)]
        self.objects["v1"] = ["Var"]
        self.objects["n0"] = ["Counter"]
        self.objects["f0"] = ["Future"]
        self.objects["f1"] = ["Future"]
        self.objects["l0"] = ["Lock"]
        self.objects["k0"] = ["Condition", "l0"]
        self.objects["k1"] = ["Condition", "l0"]
        self.objects["b0"] = ["Barrier", r.randint(1, 3)]
        self.objects["q0"] = ["Queue", r.randint(0, 2)]

    def add_generator(self):
        steps = [[super(ExtendedGenerator, self).block(1, 0, 2), self.random.randint(0, 99)]
                 for _ in range(self.random.randint(0, 3))]
        self.generators[f"g{len(self.generators)}"] = [steps, super().block(1, 0, 1)]

    def guarded(self, depth):
        op = self.op(depth)
        if depth == 0 and op[0] not in ("try", "return", "raise", "catch"):
            chance = self.random.random()
            if chance < 0.4:
                return ["try", [op], [["Exception", []]], []]
            if chance < 0.7:
                return ["catch", [op], self.random.random() < 0.3]
        return op

    def ident(self, prefix):
        """A name for a handle, a scope or the like; seldom one that is new."""
        self.ident_count += 1
        return f"{prefix}{self.random.randint(0, 2)}"

    def future(self):
        return self.random.choice([n for n, s in self.objects.items() if s[0] == "Future"])

    def of(self, *kinds):
        return [n for n, s in self.objects.items() if s[0] in kinds]

    def delay(self):
        """A time that may also have come already."""
        return self.random.choice([self.us(), self.us(), self.us(), 0, -1000])

    def expression(self, depth=0):
        r = self.random
        choices = [(3, lambda: ["future", self.future()]),
                   (3, lambda: ["sleep", r.choice([0, self.us()]), r.randint(0, 99)]),
                   (1, lambda: ["get", r.choice(self.of("Queue", "LifoQueue", "PriorityQueue"))]),
                   (1, lambda: ["fail", r.choice(list(KINDS)), self.label()])]
        if self.below():
            choices.append((5, lambda: ["task", self.some_task()]))
        if self.coros:
            choices.append((2, lambda: ["coro", self.some_coro()]))
        if depth < 3:
            choices += [(4, lambda: ["gather", [self.expression(depth + 1) for _ in range(r.randint(0, 3))],
                                     r.random() < 0.4]),
                        (4, lambda: ["shield", self.expression(depth + 1)]),
                        (1, lambda: ["ensure", self.expression(depth + 1)]),
                        (4, lambda: ["wait_for", self.expression(depth + 1),
                                     r.choice([None, self.delay(), self.delay()])])]
        return r.choices([c for _, c in choices], [w for w, _ in choices])[0]()

    def expressions(self):
        return [self.expression(1) for _ in range(self.random.randint(1, 3))]

    def action(self):
        """An op for a callback: one that cannot suspend."""
        r = self.random
        choices = [
            lambda: ["log", self.label()],
            lambda: ["cancel", self.any_task()],
            lambda: ["cancel_msg", self.any_task(), self.label()],
            lambda: ["state", self.any_task()],
            lambda: ["future_set", self.future(), r.randint(0, 99)],
            lambda: ["future_fail", self.future(), r.choice(list(KINDS)), self.label()],
            lambda: ["future_cancel_msg", self.future(), self.label()],
            lambda: ["future_new", self.future()],
            lambda: ["raise", r.choice(list(KINDS)), self.label()],
            lambda: ["put_nowait", r.choice(self.of("Queue")), r.randint(0, 99)],
            lambda: ["get_nowait", r.choice(self.of("Queue"))],
            lambda: ["release", "l0"],
            lambda: ["notify_all", "k0"],
            lambda: ["count", "n0"],
            lambda: ["var_set", "v0", r.randint(0, 99)],
            lambda: ["var_get", r.choice(["v0", "v1"])],
            lambda: ["cancel_handle", self.ident("h")],
            lambda: ["call_soon", self.label()],
            lambda: ["soon_do", self.ident("h"), self.actions()],
            lambda: ["reschedule", self.ident("s"), r.choice([None, self.delay()])],
            lambda: ["result", r.choice([self.any_task(), self.future()])],
            lambda: ["exception", r.choice([self.any_task(), self.future()])],
        ]
        return r.choice(choices)()

    def actions(self):
        return [self.action() for _ in range(self.random.choice([1, 1, 2]))]

    def op(self, depth):
        if self.random.random() < 0.4:
            return super().op(depth)
        r = self.random
        nested = depth < 2
        conditions = self.of("Condition")
        choices = [
            (12, lambda: ["eval", self.expression()]),
            (2, lambda: ["wait_all", self.expressions(),
                         r.choice(["FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED"]),
                         r.choice([None, self.us()])]),
            (2, lambda: ["as_completed_of", self.expressions(), r.choice([None, self.us()]),
                         r.choice([1, 2, 9])]),
            (3, lambda: ["cancel_msg", self.any_task(), self.label()]),
            (1, lambda: ["cancel_self", self.label()]),
            (1, lambda: ["cancelling"]),
            (1, lambda: ["await_self"]),
            (1, lambda: ["rename", self.label()]),
            (1, lambda: ["result", r.choice([self.any_task(), self.future()])]),
            (1, lambda: ["exception", r.choice([self.any_task(), self.future()])]),
            (1, lambda: ["all_tasks"]),
            (2, lambda: ["future_new", self.future()]),
            (3, lambda: ["future_wait", self.future()]),
            (3, lambda: ["future_set", self.future(), r.randint(0, 99)]),
            (1, lambda: ["future_fail", self.future(), r.choice(list(KINDS)), self.label()]),
            (2, lambda: ["future_cancel_msg", self.future(), self.label()]),
            (3, lambda: ["soon_do", self.ident("h"), self.actions()]),
            (3, lambda: ["later_do", self.ident("h"), self.us(), self.actions()]),
            (1, lambda: ["at_do", self.ident("h"), self.delay(), self.actions()]),
            (2, lambda: ["cancel_handle", self.ident("h")]),
            (2, lambda: ["when_done", self.ident("d"), r.choice([self.any_task(), self.future()]),
                         self.actions()]),
            (1, lambda: ["forget_when_done", self.ident("d")]),
            (1, lambda: ["var_set", r.choice(["v0", "v1"]), r.randint(0, 99)]),
            (2, lambda: ["var_get", r.choice(["v0", "v1"])]),
            (1, lambda: ["scope", self.ident("s")]),
            (3, lambda: ["reschedule", self.ident("s"), r.choice([None, self.delay(), self.us()])]),
            (1, lambda: ["reenter", self.ident("s")]),
            (2, lambda: ["with", (name := r.choice(conditions)),
                         [["condition_wait_for", name, "n0", r.randint(1, 4)]]]),
            (1, lambda: ["condition_wait_for", r.choice(conditions), "n0", 1]),
            (3, lambda: ["with", (name := r.choice(conditions)), [["count", "n0"], ["notify", name, 1]]]),
            (1, lambda: ["with", (name := r.choice(conditions)), [["notify_all", name]]]),
            (1, lambda: ["barrier_state", r.choice(self.of("Barrier"))]),
        ]
        if self.of("Event"):
            choices.append((1, lambda: ["is_set", r.choice(self.of("Event"))]))
        if self.coros:
            choices += [(4, lambda: ["spawn_eager", *self.spawn(self.some_coro())[1:]]),
                        (2, lambda: ["group_spawn", self.ident("e"), *self.spawn(self.some_coro())[1:],
                                     r.random() < 0.3])]
        if self.generators:
            name = r.choice(list(self.generators))
            choices += [(2, lambda: ["generate", name, r.choice([1, 2, 9]), self.block(2, 0, 1)]),
                        (1, lambda: ["generator_new", self.ident("i"), name]),
                        (4, lambda: ["generator_next", self.ident("i")]),
                        (1, lambda: ["generator_close", self.ident("i")])]
        if nested:
            choices += [
                (3, lambda: ["catch", self.block(depth + 1), r.random() < 0.5]),
                (6, lambda: ["deadline", self.ident("s"), r.choice(["in", "at"]),
                             r.choice([None, self.delay(), self.us()]), self.block(depth + 1)]),
                (2, lambda: ["var_with", r.choice(["v0", "v1"]), r.randint(0, 99), self.block(depth + 1, 0, 2)]),
                (2, lambda: ["barrier_with", r.choice(self.of("Barrier")), self.block(depth + 1, 0, 1)]),
            ]
            if self.coros:
                choices += [
                    (6, lambda: ["group_of", self.ident("e"),
                                 [[*self.spawn(self.some_coro())[1:], r.random() < 0.3]
                                  for _ in range(r.randint(0, 3))], self.block(depth + 1, 0, 2)]),
                    (3, lambda: ["split", r.choice(["Scenario", "TimeoutError"]),
                                 [["group_of", self.ident("e"),
                                   [[*self.spawn(self.some_coro())[1:], r.random() < 0.3]
                                    for _ in range(r.randint(1, 3))], self.block(depth + 1, 0, 2)]]])]
        return r.choices([make for _, make in choices], [w for w, _ in choices])[0]()


def generate(seed):
    return ExtendedGenerator(seed).scenario()


def cases(first, last):
    return basic.cases_of(generate, trace, first, last)


if __name__ == "__main__":
    basic.main(cases)
