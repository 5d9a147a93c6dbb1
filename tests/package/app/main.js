import * as asyncioWasm from 'asyncio-wasm';

window.asyncioWasm = asyncioWasm;
