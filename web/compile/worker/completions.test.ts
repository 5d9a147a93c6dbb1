import { expect, test } from '@jest/globals';
import { parseCompletions } from './completions.js';

const completionOf = (line: string) => parseCompletions(line).completions[0];

test('a function has its type, its parameters, and a snippet to fill in', () => {
  expect(completionOf('COMPLETION: push_back : [#void#]push_back(<#const_reference x#>)')).toEqual({
    name: 'push_back',
    type: 'void',
    parameters: [{ text: 'const_reference x', optional: false }],
    signature: 'void push_back(const_reference x)',
    insert: 'push_back(${1:const_reference x})',
  });
});

test('parameters with defaults are told and not inserted', () => {
  const line = 'COMPLETION: BoundedSemaphore : BoundedSemaphore({#<#int value = 1#>{#, <#int more = 2#>#}#})';
  expect(completionOf(line)).toEqual({
    name: 'BoundedSemaphore',
    parameters: [
      { text: 'int value = 1', optional: true },
      { text: 'int more = 2', optional: true },
    ],
    signature: 'BoundedSemaphore(int value = 1, int more = 2)',
    insert: 'BoundedSemaphore()',
  });
});

test('a const member function says so without inserting it', () => {
  expect(completionOf('COMPLETION: size : [#size_type#]size()[# const#]')).toMatchObject({
    type: 'size_type',
    signature: 'size_type size() const',
    insert: 'size()',
  });
});

test('a template asks for its arguments', () => {
  expect(completionOf('COMPLETION: AsyncGenerator : AsyncGenerator<<#class T#>{#, <#class Send#>#}>')).toMatchObject({
    name: 'AsyncGenerator',
    parameters: [
      { text: 'class T', optional: false },
      { text: 'class Send', optional: true },
    ],
    insert: 'AsyncGenerator<${1:class T}>',
  });
});

test('a variable, a type and a keyword take no parameters', () => {
  const { completions } = parseCompletions('COMPLETION: count : [#int#]count\nCOMPLETION: Event : Event\nCOMPLETION: co_await');
  expect(completions.map(({ name, type, parameters, insert }) => ({ name, type, parameters, insert }))).toEqual([
    { name: 'count', type: 'int', parameters: undefined, insert: 'count' },
    { name: 'Event', type: undefined, parameters: undefined, insert: 'Event' },
    { name: 'co_await', type: undefined, parameters: undefined, insert: 'co_await' },
  ]);
});

test('what would end a placeholder is escaped', () => {
  expect(completionOf('COMPLETION: f : [#void#]f(<#S s = {}, int $#>)')?.insert).toBe('f(${1:S s = {\\}, int \\$})');
});

test('names of the implementation, and what is listed twice, are left out', () => {
  const output = 'COMPLETION: __builtin_abs : [#int#]__builtin_abs(<#int#>)\nCOMPLETION: Event : Event\nCOMPLETION: Event : Event';
  expect(parseCompletions(output).completions.map(({ name }) => name)).toEqual(['Event']);
});

test('the overloads of a call say which parameter is being written', () => {
  const { signatures } = parseCompletions('OVERLOAD: [#Sleep<T>#]sleep(Delay delay, <#T result#>, std::map<int, int> rest)');
  expect(signatures).toEqual([
    {
      text: 'Sleep<T> sleep(Delay delay, T result, std::map<int, int> rest)',
      parameters: [
        { text: 'Delay delay', optional: false },
        { text: 'T result', optional: false },
        { text: 'std::map<int, int> rest', optional: false },
      ],
      active: 1,
    },
  ]);
});

test('members of bases count as members; what is private or hidden does not', () => {
  const output = [
    'COMPLETION: Queue : Queue::',
    'COMPLETION: QueueBase (InBase) : QueueBase::',
    'COMPLETION: put (InBase) : [#Coro<>#][#BasicQueue<int, FifoStore<int>>::#]put(<#int item#>)',
    'COMPLETION: item_put (InBase,Inaccessible) : [#void#][#QueueBase::#]item_put()',
  ].join('\n');
  const { completions, owner } = parseCompletions(output);
  expect(completions.map(({ signature }) => signature)).toEqual(['Coro<> put(int item)']);
  expect(owner).toBe('Queue');
});
