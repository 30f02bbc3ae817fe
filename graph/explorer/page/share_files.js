/* Files that leave the page: saved under a name, by the reader's own browser. */
import * as dom from "./dom.js";

/** Saves content as a file. @param {BlobPart|BlobPart[]} content @param {string} type its media type @param {string} name */
function save(content, type, name) {
  const blob = content instanceof Blob ? content : new Blob(Array.isArray(content) ? content : [content], { type: `${type};charset=utf-8` });
  const address = URL.createObjectURL(blob);
  const link = dom.el("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

/** Copies words. @param {string} words @returns {Promise<boolean>} whether the browser let us. */
async function copy(words) {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    // Pages that are opened from disk may not use the clipboard everywhere: select and copy the old way.
    const field = dom.el("textarea", { class: "unseen" });
    field.value = words;
    (document.querySelector("dialog[open]") ?? document.body).append(field);
    const before = document.activeElement;
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    before?.focus?.({ preventScroll: true });
    return done;
  }
}

export { save, copy };
