// Files that the post makes for the browser: asked for, taken whole, and kept where the browser keeps its downloads.

import { t } from "./tongue.js";
import { Refusal, UNANSWERED } from "./wire.js";

export async function download(name: string, body: object): Promise<void> {
  let response: Response;
  try {
    response = await fetch(`/api/v1/download/${name}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      cache: "no-store",
      credentials: "same-origin",
      redirect: "error",
    });
    if (response.ok) return keep(await response.blob(), nameOf(response));
  } catch {
    throw new Refusal(UNANSWERED, 0, t("The file did not come whole. Ask for it again."));
  }
  const { error } = (await response.json()) as { error: { code: string; message: string; advice: string } };
  throw new Refusal(error.code, response.status, `${error.message} ${error.advice}`.trim());
}

function nameOf(response: Response): string {
  return /filename="([\w.-]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1] ?? "file";
}

export function keep(data: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(data);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
