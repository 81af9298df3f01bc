// Passkeys: made, signed in with, and asked to sign what was shown in full.  All bytes go as base64url.

import { post, type Me, type Shown } from "./wire.js";
import { t } from "./tongue.js";

export interface Drafted {
  draft: string;
  challenge: string;
  until: number;
  shown: DraftShown;
}

// All that is signed with a draft, as the post has it.
export interface DraftShown {
  draft: string;
  line: string;
  kind: string;
  class: Shown["class"];
  precedence: Shown["precedence"];
  exchange: string | null;
  refers: string[];
  says: unknown[];
  made: string;
  until: string;
  drafter: string | null;
  asked: { officer: string; role: string; time: string; drafting: boolean } | null;
}

const ES256 = -7;
const ED25519 = -8;
const MINUTES_5 = 300_000;

// A passkey belongs to a name, never to an address in numbers.
export function possible(): boolean {
  return isSecureContext && "PublicKeyCredential" in window && !/^[\d.]+$|^\[/.test(location.hostname);
}

// The passkeys of whoever has signed in that sign acts under the name by which this page was reached.
export function signing(me: Me | null): string[] {
  if (!possible()) return [];
  return (me?.passkeys ?? []).filter((each) => each.signs && each.rp === location.hostname).map((each) => each.id);
}

export async function signIn(): Promise<Me> {
  const options = await post<{ challenge: string; rp: string }>("passkey-options", {});
  const made = await asked(options.challenge, []);
  return post<Me>("passkey-sign-in", { id: made.id, challenge: options.challenge, ...made.said });
}

// A new passkey of the officer, by a one-time link or of whoever has signed in: made, then asked to prove itself.
export async function take(officer: string, token: string): Promise<Me> {
  const made = (await navigator.credentials.create({
    publicKey: {
      rp: { id: location.hostname, name: "Openline" },
      user: { id: crypto.getRandomValues(new Uint8Array(16)), name: officer, displayName: officer },
      challenge: crypto.getRandomValues(new Uint8Array(32)),
      pubKeyCredParams: [ES256, ED25519].map((alg) => ({ type: "public-key", alg })),
      authenticatorSelection: { residentKey: "required", userVerification: "required" },
      timeout: MINUTES_5,
    },
  })) as PublicKeyCredential | null;
  const key = (made?.response as AuthenticatorAttestationResponse | undefined)?.getPublicKey();
  if (!made || !key) throw new Error(t("The device gave no public key that can be used here."));
  const fresh = { public: text(key), token };
  const { challenge } = await post<{ challenge: string }>("passkey-prove", fresh);
  const proof = await asked(challenge, [made.id]);
  return post<Me>("passkey-add", { ...fresh, id: made.id, ...proof.said });
}

export async function sign<T>(drafted: Drafted, keys: string[]): Promise<T> {
  const made = await asked(drafted.challenge, keys);
  return post<T>("draft-sign", { draft: drafted.draft, ...made.said });
}

interface Made {
  id: string;
  said: { authenticator: string; client: string; signature: string };
}

async function asked(challenge: string, allowed: string[]): Promise<Made> {
  const made = (await navigator.credentials.get({
    publicKey: {
      challenge: bytes(challenge),
      rpId: location.hostname,
      userVerification: "required",
      allowCredentials: allowed.map((id) => ({ type: "public-key", id: bytes(id) })),
      timeout: MINUTES_5,
    },
  })) as PublicKeyCredential | null;
  if (!made) throw new Error(t("The device has not signed."));
  const response = made.response as AuthenticatorAssertionResponse;
  const said = {
    authenticator: text(response.authenticatorData),
    client: text(response.clientDataJSON),
    signature: text(response.signature),
  };
  return { id: text(made.rawId), said };
}

function text(data: ArrayBuffer): string {
  const said = btoa(String.fromCharCode(...new Uint8Array(data)));
  return said.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function bytes(said: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(said.replaceAll("-", "+").replaceAll("_", "/")), (each) => each.charCodeAt(0));
}
