/** Talks to the echo server, whose path is the argument, as other programs do: by Node's sockets and by the shell's. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

const server = spawn(/** @type {string} */ (process.argv[2]), { stdio: ['ignore', 'pipe', 'inherit'] });
try {
  const [line] = await once(server.stdout, 'data');
  const port = Number(line);
  for (const talk of [byNode, byShell]) {
    const heard = await talk(port);
    if (heard !== 'hello\nworld\n') throw new Error(`${talk.name}: the server answered ${JSON.stringify(heard)}`);
  }
} finally {
  server.kill();
}

/** @param {number} port */
async function byNode(port) {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  socket.end('hello\nworld\n');
  return text(socket);
}

/** @param {number} port */
async function byShell(port) {
  const script = `exec 3<>/dev/tcp/127.0.0.1/${port}; for word in hello world; do echo $word >&3; read -u 3 heard; echo $heard; done`;
  return execFileSync('bash', ['-c', script], { encoding: 'utf8', timeout: 10_000 });
}
