import { expect, test } from '@jest/globals';
import { calledFunctions } from './called-functions.js';

test("the program's functions are found in Chromium's stack, outermost first, without the library's", () => {
  const stack = `RuntimeError: unreachable
    at main.wasm.std::__2::vector<int, std::__2::allocator<int>>::operator[][abi:ne220000](unsigned long) (wasm://wasm/main.wasm-3181403e:wasm-function[7]:0x300)
    at main.wasm.at(std::__2::vector<int, std::__2::allocator<int>>&, int) (wasm://wasm/main.wasm-3181403e:wasm-function[8]:0x347)
    at main.wasm.inner(std::__2::vector<int>) (.resume) (wasm://wasm/main.wasm-3181403e:wasm-function[9]:0x400)
    at main.wasm.__original_main (wasm://wasm/main.wasm-3181403e:wasm-function[10]:0x49e)
    at main.wasm.main (wasm://wasm/main.wasm-3181403e:wasm-function[11]:0x4cb)
    at wasm://wasm/011f49a6:wasm-function[269]:0x250025
    at Fe (blob:null/b3dbe867:1:12482)`;
  expect(calledFunctions(stack)).toEqual(['main', 'at(std::vector<int>&, int)']);
});

test("the program's functions are found in Firefox's stack", () => {
  const stack = 'main.wasm.deeper(int)@blob:null/1 line 1 > WebAssembly.Module:wasm-function[8]:0x347\nrun@blob:null/1:1:2';
  expect(calledFunctions(stack)).toEqual(['deeper(int)']);
});
