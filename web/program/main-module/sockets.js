// Replaces Emscripten's sockets, which open WebSockets to servers that do not expect them, and report each as connected.
// A page has no TCP or UDP: this network is inside the program, like that of asyncio's streams. 127.0.0.1 reaches only
// what the program itself listens on.
{
  // Values from Emscripten's musl.
  const [STREAM, DATAGRAM] = [1, 2];
  const [NONBLOCK, PEEK] = [0x800, 2];
  const [POLLIN, POLLOUT, POLLERR, POLLHUP, POLLRDNORM, POLLRDHUP] = [1, 4, 8, 0x10, 0x40, 0x2000];
  const READABLE = POLLIN | POLLRDNORM;
  const [EADDRINUSE, EADDRNOTAVAIL, EAGAIN, ECONNREFUSED, EDESTADDRREQ, EINPROGRESS, EINVAL, EISCONN] = [3, 4, 6, 14, 17, 26, 28, 30];
  const [ENETUNREACH, ENOTCONN, EPIPE, EOPNOTSUPP] = [40, 53, 64, 138];
  const FIRST_FREE_PORT = 49152;

  const inUse = { [STREAM]: new Map(), [DATAGRAM]: new Map() };
  let nextPort = FIRST_FREE_PORT;

  const fail = (errno) => {
    throw new FS.ErrnoError(errno);
  };
  const failPending = (sock) => {
    const { error } = sock;
    sock.error = null;
    if (error) fail(error);
  };
  const isOwn = (address) => address === '0.0.0.0' || address === 'localhost' || /^127\./.test(address);
  const notify = (sock, flags) => sock.stream.node.notifyListeners(flags);
  const lies = (sock, address, port) => {
    if (port === 0) {
      while (inUse[sock.type].has(nextPort)) nextPort = nextPort === 65535 ? FIRST_FREE_PORT : nextPort + 1;
      port = nextPort;
    }
    if (inUse[sock.type].has(port)) fail(EADDRINUSE);
    inUse[sock.type].set(port, sock);
    Object.assign(sock, { saddr: address, sport: port });
  };
  const join = (one, other) => {
    one.peer = other;
    Object.assign(one, { daddr: '127.0.0.1', dport: other.sport });
  };

  const create = SOCKFS.createSocket;
  SOCKFS.createSocket = (family, type, protocol) => {
    const sock = create(family, type, protocol);
    if (type & NONBLOCK) sock.stream.flags |= NONBLOCK;
    sock.descriptors = 1;
    return sock;
  };
  SOCKFS.stream_ops.dup = (stream) => {
    stream.node.sock.descriptors += 1;
  };

  Object.assign(SOCKFS.websocket_sock_ops, {
    bind(sock, address, port) {
      if (sock.sport !== undefined) fail(EINVAL);
      if (!isOwn(address)) fail(EADDRNOTAVAIL);
      lies(sock, address, port);
    },
    listen(sock, backlog) {
      if (sock.type !== STREAM) fail(EOPNOTSUPP);
      if (sock.peer) fail(EINVAL);
      if (sock.sport === undefined) lies(sock, '0.0.0.0', 0);
      sock.backlog = Math.max(backlog, 1);
    },
    connect(sock, address, port) {
      if (sock.peer) fail(EISCONN);
      if (sock.backlog) fail(EOPNOTSUPP);
      failPending(sock);
      if (sock.type === DATAGRAM) {
        if (sock.sport === undefined) lies(sock, '127.0.0.1', 0);
        Object.assign(sock, { daddr: address, dport: port });
        return;
      }
      if (!isOwn(address)) fail(ENETUNREACH);
      const listener = inUse[STREAM].get(port);
      if (!listener?.backlog || listener.pending.length >= listener.backlog) {
        if (!(sock.stream.flags & NONBLOCK)) fail(ECONNREFUSED);
        Object.assign(sock, { error: ECONNREFUSED, refused: true });
        fail(EINPROGRESS);
      }
      if (sock.sport === undefined) lies(sock, '127.0.0.1', 0);
      const accepted = SOCKFS.createSocket(sock.family, STREAM, 0);
      Object.assign(accepted, { saddr: '127.0.0.1', sport: port });
      sock.refused = false;
      join(sock, accepted);
      join(accepted, sock);
      listener.pending.push(accepted);
      notify(listener, READABLE);
    },
    accept(listener) {
      if (!listener.backlog) fail(EINVAL);
      return listener.pending.shift() ?? fail(EAGAIN);
    },
    sendmsg(sock, buffer, offset, length, address, port) {
      failPending(sock);
      // A copy: memory shared by threads could change meanwhile.
      const data = new Uint8Array(buffer.buffer, buffer.byteOffset + offset, length).slice();
      if (sock.type === STREAM) {
        if (!sock.peer) fail(ENOTCONN);
        if (sock.sendsNoMore || sock.peer.isClosed) fail(EPIPE);
        if (length > 0) sock.peer.recv_queue.push({ addr: sock.saddr, port: sock.sport, data });
        notify(sock.peer, READABLE);
        return length;
      }
      const [to, at] = address === undefined ? [sock.daddr, sock.dport] : [address, port];
      if (to === undefined) fail(EDESTADDRREQ);
      if (!isOwn(to)) fail(ENETUNREACH);
      if (sock.sport === undefined) lies(sock, '127.0.0.1', 0);
      const target = inUse[DATAGRAM].get(at);
      if (target !== undefined) {
        target.recv_queue.push({ addr: '127.0.0.1', port: sock.sport, data });
        notify(target, READABLE);
      } else if (address === undefined) {
        // A connected socket gets the error at its next call; otherwise the datagram is just lost.
        sock.error = ECONNREFUSED;
        notify(sock, POLLERR);
      }
      return length;
    },
    recvmsg(sock, length, flags) {
      failPending(sock);
      const [first] = sock.recv_queue;
      if (first === undefined) {
        if (sock.type === STREAM && !sock.peer) fail(ENOTCONN);
        const over = sock.receivesNoMore || sock.peer?.isClosed || sock.peer?.sendsNoMore;
        return over ? null : fail(EAGAIN);
      }
      const read = { buffer: first.data.subarray(0, length), addr: first.addr, port: first.port };
      if (flags & PEEK) return read;
      if (sock.type === STREAM && length < first.data.length) first.data = first.data.subarray(length);
      else sock.recv_queue.shift();
      return read;
    },
    poll(sock) {
      if (sock.backlog) return sock.pending.length > 0 ? READABLE : 0;
      const error = sock.error ? POLLERR : 0;
      const readable = sock.recv_queue.length > 0 || error ? READABLE : 0;
      if (sock.type === DATAGRAM) return POLLOUT | readable | error;
      if (!sock.peer) return POLLOUT | POLLHUP | error | (sock.refused ? READABLE | POLLRDHUP : 0);
      const heardAll = sock.receivesNoMore || sock.peer.isClosed || sock.peer.sendsNoMore;
      const toldAll = sock.sendsNoMore || sock.peer.isClosed;
      return POLLOUT | readable | (heardAll ? READABLE | POLLRDHUP : 0) | (heardAll && toldAll ? POLLHUP : 0);
    },
    close(sock) {
      sock.descriptors -= 1;
      if (sock.descriptors > 0) return;
      sock.isClosed = true;
      if (inUse[sock.type].get(sock.sport) === sock) inUse[sock.type].delete(sock.sport);
      for (const { stream } of sock.pending) FS.close(stream);
      if (sock.peer) notify(sock.peer, READABLE | POLLHUP);
    },
  });

  // Emscripten's always report that there is no data yet, and accept writes that nobody can read.
  const { read: readPipe, write: writePipe } = PIPEFS.stream_ops;
  Object.assign(PIPEFS.stream_ops, {
    read(stream, ...where) {
      const { pipe } = stream.node;
      const isEmpty = pipe.buckets.every(({ offset, roffset }) => offset === roffset);
      return isEmpty && pipe.writeClosed ? 0 : readPipe(stream, ...where);
    },
    write(stream, ...where) {
      if (stream.node.pipe.readClosed) fail(EPIPE);
      return writePipe(stream, ...where);
    },
  });

  // See sockets.cpp. Returns an error number or 0.
  Module['asyncioShutdown'] = (fd, how) => {
    const sock = SOCKFS.getSocket(fd);
    if (!sock) return FS.getStream(fd) ? 57 /* ENOTSOCK */ : 8 /* EBADF */;
    if (!sock.peer) return ENOTCONN;
    if (how !== 1) sock.receivesNoMore = true;
    if (how !== 0) sock.sendsNoMore = true;
    notify(sock, READABLE);
    notify(sock.peer, READABLE | POLLHUP);
    return 0;
  };

  // The other names are already refused (host_names.cpp).
  const { lookup_name: lookUp } = DNS;
  DNS.lookup_name = (name) => (name.toLowerCase() === 'localhost' ? '127.0.0.1' : lookUp(name));
}
