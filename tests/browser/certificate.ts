import { createHash, generateKeyPairSync, sign } from 'node:crypto';

/** What a server needs for TLS, and what Chromium needs to trust it. */
export interface Certificate {
  key: string;
  cert: string;
  chromiumArguments: string[];
}

const TAG = { integer: 0x02, bitString: 0x03, oid: 0x06, utf8: 0x0c, time: 0x17, sequence: 0x30, set: 0x31 };
const ECDSA_WITH_SHA256 = [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02];
const COMMON_NAME = [0x55, 0x04, 0x03];
const DAY_MS = 24 * 60 * 60 * 1000;

/** A self-signed certificate, valid for a day, made without files or other programs. */
export function selfSigned(): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const publicBytes = publicKey.export({ type: 'spki', format: 'der' });
  const algorithm = der(TAG.sequence, der(TAG.oid, Buffer.from(ECDSA_WITH_SHA256)));
  const name = der(
    TAG.sequence,
    der(TAG.set, der(TAG.sequence, der(TAG.oid, Buffer.from(COMMON_NAME)), der(TAG.utf8, Buffer.from('127.0.0.1')))),
  );
  const now = Date.now();
  const content = der(
    TAG.sequence,
    der(TAG.integer, Buffer.from([1])),
    algorithm,
    name,
    der(TAG.sequence, time(now - DAY_MS), time(now + DAY_MS)),
    name,
    publicBytes,
  );
  const signature = sign('sha256', content, privateKey);
  const cert = der(TAG.sequence, content, algorithm, der(TAG.bitString, Buffer.from([0]), signature));
  const fingerprint = createHash('sha256').update(publicBytes).digest('base64');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${cert.toString('base64')}\n-----END CERTIFICATE-----\n`,
    chromiumArguments: [`--ignore-certificate-errors-spki-list=${fingerprint}`],
  };
}

/** ASN.1 by the distinguished encoding rules. */
function der(tag: number, ...contents: Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  return Buffer.concat([Buffer.from([tag, ...lengthOf(content.length)]), content]);
}

function lengthOf(length: number): number[] {
  if (length < 0x80) return [length];
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
}

function time(ms: number): Buffer {
  const digits = new Date(ms).toISOString().replaceAll(/\D/g, '');
  return der(TAG.time, Buffer.from(`${digits.slice(2, 14)}Z`));
}
