// A file made by the kernel, as a download: the page stays where it is.

import type { Reply } from "./contract.ts";

export function giveFile({ name, type }: Reply, bytes: ArrayBufferView): void {
  const copy = new Uint8Array(bytes.byteLength);
  copy.set(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const address = URL.createObjectURL(new Blob([copy], { type: type ?? "application/octet-stream" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name ?? "casework";
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
