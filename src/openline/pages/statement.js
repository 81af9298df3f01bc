"use strict";
// Verifies the page that it stands in, from the text that is shown (spec/joint-statement.md, The page).
// It asks nobody and sends nothing. It cannot vouch for itself, nor for whose keys these are: it says so.

class Wrong extends Error {
  constructor(code, said) {
    super(said);
    this.code = code;
  }
}

class Unable extends Error {}

function check(good, code, said) {
  if (!good) throw new Wrong(code, said);
}

function oneOf(value, fits) {
  check(fits, "bad-field", "a field is missing, unknown, of a wrong type or out of range");
  return value;
}

// entry.md, Encoding: deterministic CBOR. Numbers are numbers, or BigInt above 2^53; maps are Map, keys of bytes in hex.

const UTF8 = new TextEncoder();
const TEXT = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const MOST = (1n << 63n) - 1n;

function decode(data, most) {
  check(data.length <= most, "too-large", "more bytes than allowed");
  const [value, end] = readValue(data, 0, 1);
  check(end === data.length, "bad-encoding", "bytes after the value");
  return value;
}

function readHead(data, at) {
  check(at < data.length, "bad-encoding", "cut short");
  const major = data[at] >> 5;
  const low = data[at] & 31;
  if (low < 24) return [major, low, at + 1];
  check(low < 28 && major !== 7, "bad-encoding", "not in the shortest form");
  const size = 1 << (low - 24);
  check(at + 1 + size <= data.length, "bad-encoding", "cut short");
  let number = 0n;
  for (const each of data.subarray(at + 1, at + 1 + size)) number = (number << 8n) | BigInt(each);
  check(number >= (size === 1 ? 24n : 1n << BigInt(4 * size)), "bad-encoding", "not in the shortest form");
  return [major, number <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(number) : number, at + 1 + size];
}

function readValue(data, start, depth) {
  const [major, number, at] = readHead(data, start);
  if (major === 0) return [number, at];
  if (major === 1) return [typeof number === "bigint" ? -1n - number : -1 - number, at];
  if (major === 7) {
    check(number >= 20 && number <= 22, "bad-encoding", "a value of an unknown kind");
    return [[false, true, null][number - 20], at];
  }
  check(typeof number === "number", "bad-encoding", "cut short");
  if (major < 4) {
    check(at + number <= data.length, "bad-encoding", "cut short");
    const held = data.slice(at, at + number);
    if (major === 2) return [held, at + number];
    try {
      return [TEXT.decode(held), at + number];
    } catch {
      throw new Wrong("bad-encoding", "text that is not UTF-8");
    }
  }
  check(major !== 6 && depth <= 12, "bad-encoding", "a tag, or too deep");
  return major === 4 ? readList(data, at, number, depth) : readMap(data, at, number, depth);
}

function readList(data, start, count, depth) {
  const values = [];
  let at = start;
  for (let each = 0; each < count; each++) {
    const [value, next] = readValue(data, at, depth + 1);
    values.push(value);
    at = next;
  }
  return [values, at];
}

function readMap(data, start, count, depth) {
  const table = new Map();
  let at = start;
  let before = null;
  for (let each = 0; each < count; each++) {
    const [key, next] = readValue(data, at, depth + 1);
    const raw = data.subarray(at, next);
    const long = isBytes(key, 32);
    const fits = long || (isInteger(key) && raw.length === 1) || (typeof key === "string" && raw.length <= 24);
    const follows = before === null || (long === (before[0] >> 5 === 2) && compare(raw, before) > 0);
    check(fits && follows, "bad-encoding", "keys of a map out of order, or of a wrong kind");
    before = raw;
    const [value, after] = readValue(data, next, depth + 1);
    table.set(long ? hex(key) : key, value);
    at = after;
  }
  return [table, at];
}

function encode(value) {
  if (value === null) return Uint8Array.of(0xf6);
  if (typeof value === "boolean") return Uint8Array.of(value ? 0xf5 : 0xf4);
  if (isInteger(value)) return head(0, value);
  if (typeof value === "string") {
    const held = UTF8.encode(value);
    return join(head(3, held.length), held);
  }
  if (value instanceof Uint8Array) return join(head(2, value.length), value);
  if (Array.isArray(value)) return join(head(4, value.length), ...value.map(encode));
  const pairs = [...value].map(([key, each]) => join(encode(key), encode(each)));
  return join(head(5, pairs.length), ...pairs.sort(compare));
}

function head(major, value) {
  const number = BigInt(value);
  if (number < 24n) return Uint8Array.of((major << 5) | Number(number));
  const low = 24 + (number > 0xffn) + (number > 0xffffn) + (number > 0xffffffffn);
  const size = 1 << (low - 24);
  const held = new Uint8Array(1 + size);
  held[0] = (major << 5) | low;
  for (let each = 0; each < size; each++) held[size - each] = Number((number >> BigInt(8 * each)) & 0xffn);
  return held;
}

function join(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, each) => sum + each.length, 0));
  let at = 0;
  for (const each of parts) {
    whole.set(each, at);
    at += each.length;
  }
  return whole;
}

function compare(one, other) {
  const size = Math.min(one.length, other.length);
  for (let at = 0; at < size; at++) if (one[at] !== other[at]) return one[at] - other[at];
  return one.length - other.length;
}

const hex = (data) => Array.from(data, (each) => each.toString(16).padStart(2, "0")).join("");
const same = (one, other) => one instanceof Uint8Array && other instanceof Uint8Array && compare(one, other) === 0;
const isInteger = (value) => Number.isSafeInteger(value) || typeof value === "bigint";
const isBytes = (value, size) => value instanceof Uint8Array && value.length === size;

// What fields hold: each of these makes a parser that throws Wrong

const whole = (least = 0, most = MOST) => (value) => oneOf(value, isInteger(value) && value >= least && value <= most);
const octets = (size) => (value) => oneOf(value, isBytes(value, size));
const blob = (most) => (value) => oneOf(value, value instanceof Uint8Array && value.length <= most);
const text = (most) => (value) => oneOf(value, typeof value === "string" && UTF8.encode(value).length <= most);
const anything = (value) => value;
const listed = (parser, least, most) => (value) =>
  oneOf(value, Array.isArray(value) && least <= value.length && value.length <= most).map((each) => parser(each));
const row = (...parsers) => (value) => {
  oneOf(value, Array.isArray(value) && value.length === parsers.length);
  return parsers.map((parser, at) => parser(value[at]));
};

function fields(value, parsers, optional) {
  oneOf(value, value instanceof Map && [...value.keys()].every((key) => typeof key === "number" && key in parsers));
  const found = {};
  for (const [key, parser] of Object.entries(parsers)) {
    const held = value.get(Number(key));
    oneOf(value, value.has(Number(key)) || optional.includes(Number(key)));
    if (value.has(Number(key))) found[key] = parser(held);
  }
  return found;
}

const ID = octets(32);
const TIME = whole();
const NUMBER = whole(1);
const PROOF = octets(64);
const NAME = (value) =>
  oneOf(text(64)(value), value.length > 0 && value === value.trim() && !/[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u.test(value));

async function sha256(...parts) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", join(...parts)));
}

const context = (words) => UTF8.encode(words + "\0");

/** The Sig_structure (RFC 9052 section 4.4). */
const structure = (words, payload) =>
  encode(["Signature1", Uint8Array.of(0xa1, 0x01, 0x27), UTF8.encode(words), payload]);

// entry.md, Signatures. The browser checks the equation; what it may be lax about is checked here.

const P = 2n ** 255n - 19n;
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
const mod = (value) => ((value % P) + P) % P;

function power(base, exponent) {
  let [result, square] = [1n, mod(base)];
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % P;
    square = (square * square) % P;
  }
  return result;
}

const D = mod(-121665n * power(121666n, P - 2n));
const ROOT_OF_MINUS_ONE = power(2n, (P - 1n) / 4n);
const Y8 = little(
  Uint8Array.from("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05".match(/../g), (each) =>
    parseInt(each, 16),
  ),
);
const SMALL_Y = [0n, 1n, P - 1n, Y8, P - Y8];

function little(data) {
  return data.reduceRight((sum, each) => (sum << 8n) | BigInt(each), 0n);
}

/** Whether any decoder takes this for a point whose order divides 8. */
const isSmall = (point) => SMALL_Y.includes((little(point) % 2n ** 255n) % P);

/** The point that 32 bytes encode, null unless they are its one encoding. */
function affine(point) {
  const number = little(point);
  const [sign, y] = [number >> 255n, number % 2n ** 255n];
  const [u, v] = [mod(y * y - 1n), mod(D * y * y + 1n)];
  let x = mod(u * power(v, 3n) * power(u * power(v, 7n), (P - 5n) / 8n));
  if (mod(v * x * x) !== u) x = mod(x * ROOT_OF_MINUS_ONE);
  if (y >= P || mod(v * x * x) !== u || (x === 0n && sign === 1n)) return null;
  return [(x & 1n) === sign ? x : P - x, y];
}

function plus([px, py, pz], [qx, qy, qz]) {
  const [a, c, d] = [mod(pz * qz), mod(px * qx), mod(py * qy)];
  const [e, square] = [mod(D * c * d), mod(a * a)];
  const [f, g] = [square - e, square + e];
  return [mod(a * f * ((px + py) * (qx + qy) - c - d)), mod(a * g * (d + c)), mod(f * g)];
}

/** Canonical, not of small order, in the subgroup of prime order. */
function checkPoint(key) {
  const point = affine(key);
  check(point !== null && !isSmall(key), "bad-key", "a bad Ed25519 key");
  let result = [0n, 1n, 1n];
  for (const bit of ORDER.toString(2)) {
    result = plus(result, result);
    if (bit === "1") result = plus(result, [...point, 1n]);
  }
  check(result[0] === 0n && result[1] === result[2], "bad-key", "a bad Ed25519 key");
}

async function holds(key, signature, message) {
  const lax = affine(key) === null || isSmall(key) || isSmall(signature.subarray(0, 32));
  if (lax || little(signature.subarray(32)) >= ORDER) return false;
  try {
    const imported = await crypto.subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
    return await crypto.subtle.verify({ name: "Ed25519" }, imported, signature, message);
  } catch (error) {
    throw new Unable(`this browser cannot check Ed25519 signatures (${error.name})`);
  }
}

/** Whether this browser checks signatures at all: by RFC 8032, section 7.1, test 1. */
async function isAble() {
  const bytes = (words) => Uint8Array.from(words.match(/../g), (each) => parseInt(each, 16));
  const key = bytes("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  const good = bytes(
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
  );
  const nothing = new Uint8Array(0);
  const bad = Uint8Array.from(good, (each, at) => (at === 40 ? each ^ 1 : each));
  return (await holds(key, good, nothing)) && !(await holds(key, bad, nothing));
}

// card.md

const LAST = listed(row(ID, NUMBER, ID), 0, 1 << 17);
const CHANGES = {
  1: [ID, octets(1952), ID],
  2: [NAME],
  3: [ID, PROOF],
  4: [octets(1312)],
  5: [ID, PROOF],
  6: [ID, PROOF],
  7: [NUMBER, octets(1216), TIME, TIME],
  8: [NUMBER, NAME, ID, whole(0, 1), listed(NAME, 0, 16), PROOF],
  9: [NUMBER],
  10: [ID, LAST],
  11: [(value) => oneOf(value, isBytes(value, 32) || isBytes(value, 1312))],
  12: [ID, NUMBER, ID],
};

function change(value) {
  const code = whole()(oneOf(value, Array.isArray(value) && value.length > 0)[0]);
  check(code in CHANGES, "unknown-version", "a change of an unknown code");
  const found = row(whole(), ...CHANGES[code])(value);
  const lines = code === 10 ? found[2].map((each) => hex(each[0])) : [];
  oneOf(value, lines.every((each, at) => at === 0 || lines[at - 1] < each));
  return found;
}

const STATEMENT = { 1: whole(1), 2: ID, 3: NUMBER, 4: ID, 5: TIME, 6: listed(change, 1, 1 << 17) };

class Card {
  constructor() {
    this.post = null;
    this.name = "";
    this.root = null;
    this.ids = [];
    this.enrolled = new Set();
    this.feed = new Map();
    this.others = { 4: new Map(), 5: new Map(), 6: new Map(), 8: new Map() };
    this.officers = [];
    this.sealing = 0;
    this.branches = new Set();
  }

  static async read(data) {
    const value = decode(data, 4 << 20);
    oneOf(value, Array.isArray(value) && typeof value[0] === "string");
    check(value[0] === "openline/card/1", "unknown-version", "a card of an unknown version");
    const card = new Card();
    for (const statement of row(text(64), listed(blob(1 << 17), 1, 1024))(value)[1]) await card.take(statement);
    return card;
  }

  async digits() {
    const hash = await crypto.subtle.digest("SHA-512", join(context("openline/fingerprint/1"), this.post));
    const number = BigInt(`0x${hex(new Uint8Array(hash))}`) % 10n ** 60n;
    return number.toString().padStart(60, "0").match(/.{5}/g).join(" ");
  }

  /** card.md, Which statement is good; of the root's two signatures the Ed25519 one. */
  async take(data) {
    const parts = decode(data, 128 << 10);
    oneOf(parts, Array.isArray(parts) && parts.length >= 2 && parts.length <= 3);
    const pairs = parts.slice(1).map(row(PROOF, octets(3309)));
    const payload = blob(1 << 17)(parts[0]);
    const raw = decode(payload, 128 << 10);
    oneOf(raw, raw instanceof Map);
    check(whole()(oneOf(raw.get(1), raw.has(1))) === 1, "unknown-version", "a statement of an unknown version");
    const said = fields(raw, STATEMENT, [4]);
    const changes = said[6];
    const founds = changes[0][0] === 1 ? changes[0].slice(1) : null;
    oneOf(said, changes.slice(1).every((each) => each[0] !== 1) && said[3] === this.ids.length + 1);
    oneOf(said, "4" in said === said[3] > 1);
    if (this.ids.length === 0) {
      oneOf(said, founds !== null && same(said[2], await sha256(context("openline/post/1"), founds[0], founds[1])));
      this.post = said[2];
    } else {
      oneOf(said, same(said[2], this.post) && same(said[4], this.ids[this.ids.length - 1]));
      const kept = founds === null || same(await sha256(context("openline/next-root/1"), founds[0], founds[1]), this.root[2]);
      check(kept, "bad-key", "another root than the one committed to");
    }
    const roots = [...(this.root ? [this.root] : []), ...(founds ? [founds] : [])];
    check(roots.length === pairs.length, "bad-signature", "too many or too few signatures");
    if (founds !== null) {
      checkPoint(founds[0]);
      this.enrol(founds[0]);
      this.enrol(founds[1]);
    }
    const message = structure("openline/statement/1", payload);
    for (const [at, root] of roots.entries()) {
      check(await holds(root[0], pairs[at][0], message), "bad-signature", "a statement that its root did not sign");
    }
    for (const [code, ...given] of changes) await this.apply(code, given);
    oneOf(said, this.name !== "");
    this.ids.push(await sha256(message));
  }

  enrol(key) {
    check(!this.enrolled.has(hex(key)), "bad-key", "a key enrolled twice");
    check(this.enrolled.size < 2048, "too-large", "too many keys");
    this.enrolled.add(hex(key));
  }

  async apply(code, given) {
    if (code === 1) this.root = given;
    else if (code === 2) this.name = given[0];
    else if (code === 7) {
      oneOf(given, given[0] === this.sealing + 1 && given[2] < given[3]);
      this.sealing += 1;
      this.enrol(given[1]);
    } else if (code < 9) await this.certify(code, given);
    else this.withdraw(code, given);
  }

  async certify(code, given) {
    const key = code === 8 ? given[2] : given[0];
    oneOf(given, code !== 8 || given[0] === this.officers.length + 1);
    this.enrol(key);
    if (code !== 4) {
      checkPoint(key);
      const message = join(context("openline/possession/1"), this.post, key);
      check(await holds(key, given[given.length - 1], message), "bad-key", "a key that nobody showed to hold");
    }
    if (code === 3) this.feed.set(hex(key), { key, revoked: false });
    else this.others[code].set(hex(key), false);
    if (code === 8) {
      this.officers.push({ name: given[1], key, device: given[3] === 1, roles: given[4], ended: false });
    }
  }

  withdraw(code, given) {
    if (code === 9) {
      const officer = this.officers[given[0] - 1];
      oneOf(given, officer !== undefined && !officer.ended);
      officer.ended = true;
    } else if (code === 10) {
      const feed = this.feed.get(hex(given[0]));
      oneOf(given, feed !== undefined && !feed.revoked);
      feed.revoked = true;
    } else if (code === 11) {
      const keys = Object.values(this.others).find((each) => each.get(hex(given[0])) === false);
      oneOf(given, keys !== undefined).set(hex(given[0]), true);
    } else {
      const branch = `${hex(given[0])} ${given[1]}`;
      oneOf(given, !this.branches.has(branch));
      this.branches.add(branch);
    }
  }
}

// entry.md, What is signed

function have(value) {
  oneOf(value, value instanceof Map && value.size > 0 && value.size <= 64);
  for (const [feed, held] of value) {
    oneOf(feed, typeof feed === "string" && feed.length === 64 && Array.isArray(held));
    const [number, id, beyond = []] = held;
    oneOf(held, held.length === 2 || (held.length === 3 && Array.isArray(beyond) && beyond.length > 0));
    whole()(number);
    ID(id);
    const pairs = listed(row(NUMBER, ID), 0, 64)(beyond);
    oneOf(held, pairs.every(([at], place) => at > (place === 0 ? number + 1 : pairs[place - 1][0])));
    oneOf(held, number > 0 || id.every((each) => each === 0));
  }
  return value;
}

const ACT = row(whole(), octets(16), text(64), TIME, PROOF);
const HEADER = {
  1: whole(), 2: ID, 3: ID, 4: NUMBER, 5: ID, 6: TIME, 7: NUMBER, 8: whole(), 9: whole(1, 65535), 10: ID,
  11: whole(0, 3), 12: whole(0, 3), 13: listed(ID, 1, 16), 14: have, 15: listed(ID, 1, 32), 16: ACT,
};

/** The header's fields by their keys, with id, signed bytes, signature and items. */
async function readEntry(data) {
  const [payload, signature, shown] = row(blob(16 << 10), PROOF, listed(anything, 0, 32))(decode(data, 1 << 20));
  const raw = decode(payload, 16 << 10);
  oneOf(raw, raw instanceof Map);
  check(whole()(oneOf(raw.get(1), raw.has(1))) === 1, "unknown-version", "an entry of an unknown version");
  const entry = fields(raw, HEADER, [5, 10, 13, 14, 15, 16]);
  const commitments = entry[15] || [];
  oneOf(entry, "5" in entry === entry[4] > 1 && shown.length === commitments.length);
  oneOf(entry, !(entry[14] && entry[14].has(hex(entry[3]))));
  const items = [];
  for (const [at, pair] of shown.entries()) {
    if (pair === null) {
      items.push(null);
      continue;
    }
    const [salt, item] = row(octets(16), blob(1 << 20))(pair);
    oneOf(pair, same(await sha256(context("openline/item/1"), salt, item), commitments[at]));
    items.push(item);
  }
  const signed = structure("openline/entry/1", payload);
  return { ...entry, id: await sha256(signed), signed, signature, items };
}

/** What an officer signs. */
async function actMessage(entry) {
  const [, draft, role, time] = entry[16];
  const said = new Map([
    [1, entry[2]], [2, entry[7]], [3, entry[11]], [4, entry[12]], [5, entry[9]],
    [6, await sha256(...(entry[15] || []))], [7, draft], [8, role], [9, time],
  ]);
  if (entry[10]) said.set(10, entry[10]);
  said.set(11, entry[13] || []);
  return structure("openline/act/1", encode(said));
}

// joint-statement.md, What a verifier of a page checks

const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/;
const UNSEEN =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u200b\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff\u{e0000}-\u{e0fff}]| {2}/u;
const OPENING = {
  1: listed(ID, 2, 17), 2: listed(text(64), 1, 16), 3: whole(2, 16), 4: NUMBER, 5: (value) => oneOf(value, value === true),
};
const APPROVAL = { 1: ID };
const RELEASE = { 1: whole(1, 1), 2: ID };
const KINDS = { opening: [120, OPENING, [3, 4, 5]], approval: [123, APPROVAL, []], release: [124, RELEASE, []] };

/** The text as it is shown, and nothing that is not shown. */
function readShown() {
  const main = document.querySelector("main");
  const outline = [...document.body.children].map((each) => each.localName + (each.id ? `#${each.id}` : ""));
  const parts = main === null ? [] : [...main.children].map((each) => each.localName + (each.id ? `#${each.id}` : ""));
  const loose = [...document.body.childNodes].some((each) => each.nodeType === Node.TEXT_NODE && each.data.trim() !== "");
  const title = document.querySelector("h1")?.textContent === "Joint statement";
  const fits = title && !loose && outline.join() === OUTLINE.join() && parts.join() === "p,table#text,pre#proof";
  check(fits, "changed-page", "there is more or less in this page than belongs into it");
  const plain = (cell, ...names) => {
    const only = cell.childNodes.length === 1 && cell.firstChild.nodeType === Node.TEXT_NODE;
    const attributes = [...cell.attributes].map((each) => each.name).join();
    check(only && attributes === names.join(), "changed-page", "a cell of the page holds more than a text");
    return cell.firstChild.data;
  };
  const rows = [...main.querySelectorAll("#text > tbody > tr")].map((each) => [...each.children]);
  const [heads, ...cells] = rows.length > 0 ? rows : [[]];
  const languages = heads.map((each) => plain(each, "lang"));
  check(languages.every((each) => LANGUAGE.test(each)), "bad-field", "a language is none");
  const lines = cells.map((each) => {
    check(each.length === languages.length, "changed-page", "a line lacks a language");
    return each.map((cell, at) => {
      check(cell.lang === languages[at] && cell.dir === "auto", "changed-page", "a cell is of another language");
      return plain(cell, "lang", "dir");
    });
  });
  const before = main.querySelector("p").firstChild?.data ?? "";
  const traffic = CLASSES.findIndex((each) => before === `${each}Version `);
  check(traffic >= 0, "changed-page", "a word is put before the version");
  const revision = plain(document.querySelector("#revision"), "id");
  check(/^(0|[1-9][0-9]{0,14})$/.test(revision), "bad-field", "the version has no number");
  const proof = plain(document.querySelector("#proof"), "id");
  check(written(languages, lines, revision, proof, traffic).isEqualNode(main), "changed-page", "more is shown than the statement");
  return { languages, lines, revision: Number(revision), proof, traffic };
}

/** The statement as pages write it, parsed by the same browser: what differs from it was put in or taken out. */
function written(languages, lines, revision, proof, traffic) {
  const plain = (words) => words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const heads = languages.map((each) => `<th lang="${each}">${each}</th>`);
  const rows = lines.map((line) => line.map((each, at) => `<td lang="${languages[at]}" dir="auto">${plain(each)}</td>`));
  const parts = [
    "<main>",
    `<p>${CLASSES[traffic]}Version <b id="revision">${revision}</b></p>`,
    '<table id="text">',
    ...[heads, ...rows].map((each) => `<tr>${each.join("")}</tr>`),
    "</table>",
    `<pre id="proof">${plain(proof)}</pre>`,
    "</main>",
  ];
  return new DOMParser().parseFromString(parts.join("\n"), "text/html").querySelector("main");
}

const CLASSES = ["", ...["EXERCISE", "DRILL", "TEST"].map((each) => `${each}: nobody says this in earnest. `)];
const OUTLINE = ["h1", "noscript", "p#keys", "p#verdict", "main", "section#found", "script"];

function unbase64(words) {
  try {
    return Uint8Array.from(atob(words), (each) => each.charCodeAt(0));
  } catch {
    throw new Wrong("bad-encoding", "the proof is not base64");
  }
}

async function readProof(words) {
  const parts = row(text(64), listed(blob(4 << 20), 0, 17), blob(1 << 20), listed(blob(1 << 20), 0, 34), blob(1 << 20));
  const value = decode(unbase64(words), 32 << 20);
  oneOf(value, Array.isArray(value) && typeof value[0] === "string");
  check(value[0] === "openline/statement-page/1", "unknown-version", "a page of an unknown version");
  const [, cards, opening, approvals, release] = parts(value);
  const found = { cards: [], opening: await readEntry(opening), approvals: [], release: await readEntry(release) };
  for (const each of cards) found.cards.push(await Card.read(each));
  for (const each of approvals) found.approvals.push(await readEntry(each));
  return found;
}

/** An entry of its kind, in its place, with item 0 alone; what item 0 says. */
function readBody(entry, what, opening) {
  const [kind, parsers, optional] = KINDS[what];
  const first = what === "opening";
  oneOf(entry, entry[9] === kind && entry.items.length === 2 && entry.items[0] !== null && entry.items[1] === null);
  oneOf(entry, same(entry[2], opening[2]) && entry[11] === opening[11] && 16 in entry);
  oneOf(entry, first ? !(10 in entry) : same(entry[10], opening.id) && 13 in entry && same(entry[13][0], opening.id));
  return fields(decode(entry.items[0], 256 << 10), parsers, optional);
}

async function checkSigned(entry, card) {
  let key = null;
  for (const each of card.feed.values()) if (await holds(each.key, entry.signature, entry.signed)) key = each;
  check(key !== null, "bad-signature", `an entry that ${card.name} did not sign`);
  check(!key.revoked, "key-revoked", `an entry under a key that ${card.name} has revoked`);
  const [number, , role, , signature] = entry[16];
  const officer = card.officers[number - 1];
  const known = officer !== undefined && (role === "" || officer.roles.includes(role));
  const good = known && (await holds(officer.key, signature, await actMessage(entry)));
  check(good, "bad-act", `an act that no officer of ${card.name} signed`);
  return officer;
}

function checkOpening(said, opening, cards) {
  const parties = said[1].map(hex);
  const posts = cards.map((each) => hex(each.post));
  const apart = (values) => new Set(values).size === values.length;
  oneOf(said, apart(parties) && parties.includes(hex(opening[3])) && apart(said[2]) && said[2].every((each) => LANGUAGE.test(each)));
  oneOf(said, !(3 in said) || said[3] < parties.length);
  check(posts.every((each, at) => at === 0 || posts[at - 1] < each), "bad-order", "the cards are out of order");
  check(posts.every((each) => parties.includes(each)), "not-a-member", "a card of no party");
  check(parties.every((each) => posts.includes(each)), "no-card", "a party has no card");
}

async function versionDigest(opening, shown) {
  const version = [opening.id, shown.revision, shown.languages, shown.lines];
  return sha256(context("openline/joint-statement/1"), encode(version));
}

/** Everything; throws Wrong at the first thing that does not hold. Returns who signed what. */
async function verify() {
  const shown = readShown();
  for (const each of shown.lines.flat()) {
    const fits = each !== "" && each === each.trim() && !UNSEEN.test(each) && UTF8.encode(each).length <= 4096;
    check(fits, "bad-field", "a text has characters that a reader cannot see");
  }
  oneOf(shown, shown.lines.length > 0 && shown.lines.length <= 200);
  const { cards, opening, approvals, release } = await readProof(shown.proof);
  const card = (entry) => {
    const found = cards.find((each) => same(each.post, entry[3]));
    check(found !== undefined, "no-card", "an entry of no party");
    return found;
  };
  const said = readBody(opening, "opening", opening);
  checkOpening(said, opening, cards);
  const drafter = await checkSigned(opening, card(opening));
  const digest = await versionDigest(opening, shown);
  check(said[2].join() === shown.languages.join(), "changed-text", "the languages shown are not the ones agreed");
  check(opening[11] === shown.traffic, "changed-text", "the traffic class shown is not the one signed");
  const signed = new Map(cards.map((each) => [each, []]));
  let before = "";
  for (const entry of approvals) {
    const body = readBody(entry, "approval", opening);
    const officer = await checkSigned(entry, card(entry));
    check(same(body[1], digest), "changed-text", `the text shown is not the one that ${card(entry).name} approved`);
    const place = `${hex(entry[3])} ${String(entry[16][0]).padStart(20, "0")}`;
    check(place > before, "bad-order", "approvals are out of order, or there twice");
    before = place;
    signed.get(card(entry)).push({ officer, time: entry[16][3] });
  }
  const end = readBody(release, "release", opening);
  const releaser = await checkSigned(release, card(release));
  oneOf(release, same(release[3], opening[3]));
  check(same(end[2], digest), "changed-text", "the text shown is not the one that was released");
  check(!(4 in said) || release[6] >= said[4], "too-early", "it was released before the time agreed");
  const persons = said[5] ? 1 : 2;
  const approved = [...signed.values()].filter((each) => each.length >= persons).length;
  const needed = said[3] || cards.length;
  check(approved >= needed, "too-few-approvals", "fewer parties approved it than were agreed");
  return { cards, signed, persons, needed, approved, drafter, releaser, release, opening, digest, said, card, traffic: shown.traffic };
}

// What people see of it

function put(parent, name, words, kind = "") {
  const made = document.createElement(name);
  made.textContent = words;
  if (kind) made.className = kind;
  parent.append(made);
  return made;
}

const when = (time) => new Date(Number(time)).toISOString().replace(/\.\d+Z$/, "Z");
const holding = (officer) => (officer.device ? "key on the officer's own device" : "the post vouches for the person");

async function tell(found) {
  const place = document.querySelector("#found");
  put(place, "h2", "Who signed");
  const table = put(place, "table", "");
  const top = put(table, "tr", "");
  for (const each of ["Organisation, by its own word", "Digits of its keys: compare them", "Approved exactly these words"]) {
    put(top, "th", each);
  }
  for (const each of found.cards) {
    const one = put(table, "tr", "");
    put(one, "td", each.name, "said");
    put(one, "td", await each.digits(), "digits");
    const cell = put(one, "td", "");
    const approvals = found.signed.get(each);
    for (const { officer, time } of approvals) {
      const ended = officer.ended ? "; the post has ended this officer since" : "";
      put(cell, "div", `${officer.name}, ${when(time)} by their clock (${holding(officer)}${ended})`, "said");
    }
    if (approvals.length < found.persons) put(cell, "div", "not signed for this organisation");
  }
  const drafter = found.card(found.opening).name;
  put(place, "p", `Drafted by ${drafter}, ${found.drafter.name}.`, "said");
  put(place, "p", `Released by ${drafter}, ${found.releaser.name}, ${when(found.release[6])} by their clock.`, "said");
  put(place, "p", `Statement ${hex(found.opening.id)}, version ${hex(found.digest)}.`, "digits");
}

function conclude(kind, words) {
  const verdict = document.querySelector("#verdict");
  if (verdict === null) return;
  verdict.dataset.verdict = kind;
  verdict.textContent = words;
}

async function main() {
  try {
    if (!globalThis.crypto?.subtle) throw new Unable("this browser gives a page like this no cryptography");
    if (!(await isAble())) throw new Unable("this browser does not check Ed25519 signatures rightly");
    const found = await verify();
    await tell(found);
    const count = `${found.approved} of ${found.cards.length} organisations approved exactly the words below`;
    conclude("holds", `${CLASSES[found.traffic]}The signatures hold: ${count}, in every language. Whose keys these are, only the digits tell.`);
  } catch (error) {
    if (error instanceof Wrong) conclude("refused", `REFUSED (${error.code}): ${error.message}.`);
    else if (error instanceof Unable) conclude("unable", `Not verified here: ${error.message}. Use "openline verify FILE".`);
    else conclude("refused", `REFUSED: the page could not be read (${error.message}).`);
  }
}

// What stands after this script is a part of the page, too.
document.addEventListener("DOMContentLoaded", main);
