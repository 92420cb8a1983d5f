// SM3 (GB/T 32905-2016) of a file's bytes, so that its digest is known before the file leaves the desk.

const START = [
  0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e,
];

const turn = (x: number, by: number) => ((x << (by % 32)) | (x >>> (32 - (by % 32)))) >>> 0;
const p0 = (x: number) => (x ^ turn(x, 9) ^ turn(x, 17)) >>> 0;
const p1 = (x: number) => (x ^ turn(x, 15) ^ turn(x, 23)) >>> 0;

function padded(bytes: Uint8Array): DataView {
  const length = Math.ceil((bytes.length + 9) / 64) * 64;
  const all = new Uint8Array(length);
  all.set(bytes);
  all[bytes.length] = 0x80;
  const view = new DataView(all.buffer);
  view.setUint32(length - 8, Math.floor(bytes.length / 0x2000_0000));
  view.setUint32(length - 4, (bytes.length << 3) >>> 0);
  return view;
}

function block(state: number[], view: DataView, at: number): number[] {
  const w: number[] = [];
  const word = (index: number) => w[index] ?? 0;
  for (let j = 0; j < 16; j += 1) w.push(view.getUint32(at + 4 * j));
  for (let j = 16; j < 68; j += 1) {
    w.push(
      (p1(word(j - 16) ^ word(j - 9) ^ turn(word(j - 3), 15)) ^ turn(word(j - 13), 7) ^ word(j - 6)) >>> 0,
    );
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let j = 0; j < 64; j += 1) {
    const early = j < 16;
    const constant = early ? 0x79cc4519 : 0x7a879d8a;
    const ss1 = turn((turn(a, 12) + e + turn(constant, j)) >>> 0, 7);
    const ss2 = (ss1 ^ turn(a, 12)) >>> 0;
    const ff = early ? a ^ b ^ c : (a & b) | (a & c) | (b & c);
    const gg = early ? e ^ f ^ g : (e & f) | (~e & g);
    const tt1 = (ff + d + ss2 + ((word(j) ^ word(j + 4)) >>> 0)) >>> 0;
    const tt2 = (gg + h + ss1 + word(j)) >>> 0;
    [d, c, b, a] = [c, turn(b, 9), a, tt1];
    [h, g, f, e] = [g, turn(f, 19), e, p0(tt2)];
  }
  return [a, b, c, d, e, f, g, h].map((value, index) => (value ^ (state[index] ?? 0)) >>> 0);
}

/** SM3 as 64 hexadecimal digits. */
export function sm3(bytes: Uint8Array): string {
  const view = padded(bytes);
  let state = START;
  for (let at = 0; at < view.byteLength; at += 64) state = block(state, view, at);
  return state.map((word) => word.toString(16).padStart(8, "0")).join("");
}

/** SHA-256 as 64 hexadecimal digits, by the browser. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
