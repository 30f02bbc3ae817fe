/* A link to exactly this view. */
import * as dom from "./dom.js";
import * as dialogs from "./share_dialog.js";
import * as files from "./share_files.js";
import * as state from "./state.js";
import * as texts from "./texts.js";

const { el } = dom;
const { text } = texts;

texts.add({
  copyLink: ["Kopier lenke", "Copy link"],
  linkCopied: ["Lenken til denne visningen er kopiert.", "The link to this view is copied."],
  linkNotCopied: ["Nettleseren lot oss ikke kopiere. Merk teksten og kopier den selv.", "The browser did not let us copy. Select the words and copy them yourself."],
  linkOfFile: [
    "Denne siden er åpnet fra en fil. En lenke til filen virker bare der filen ligger. Har mottakeren filen, eller ligger siden på nettet, kan delen etter # settes bak adressen dens.",
    "This page was opened from a file. A link to the file works only where the file is. Whoever has the file, or its page on the web, can put the part after # behind its address.",
  ],
  linkPart: ["Delen etter #", "The part after #"],
  linkPublished: ["Den samme visningen på nettet", "The same view on the web"],
  linkHere: ["Lenken til filen her", "The link to the file here"],
});

state.define("theme", {
  read: (given) => (["light", "dark"].includes(given.get("theme")) ? given.get("theme") : null),
  save(parts, theme) {
    if (theme) parts.set("theme", theme);
  },
});

/** Whether the page lies on a server. @returns {boolean} */
function isOnWeb() {
  return location.protocol.startsWith("http");
}

/** Whether it lies where others can open it, and not on one's own machine alone. @returns {boolean} */
function isPublic() {
  return isOnWeb() && !/^(localhost|127\.|\[::1\])/.test(location.hostname);
}

/** Where the page is published, if it says so; without the part after #. @returns {string} */
function published() {
  if (isOnWeb()) return location.href.split("#")[0];
  const canonical = document.querySelector("link[rel=canonical]")?.getAttribute("href") ?? "";
  return /^https?:\/\//.test(canonical) ? canonical.split("#")[0] : "";
}

async function copyWords(words) {
  dom.announce(text((await files.copy(words)) ? "linkCopied" : "linkNotCopied"));
}

/* Copies the address, or, from a file, says what of it can be sent on. */
async function copy() {
  const hash = state.serialise(state.now);
  if (isOnWeb() && (await files.copy(location.href.split("#")[0] + hash))) {
    dom.announce(text("linkCopied"));
    dom.at("share-status").textContent = text("linkCopied");
    return;
  }
  const parts = [["link-part", "linkPart", hash], ...(published() ? [["link-published", "linkPublished", published() + hash]] : []), ["link-here", "linkHere", location.href.split("#")[0] + hash]];
  dialogs.open("link-dialog", text("copyLink"), el("p", {}, text(isOnWeb() ? "linkNotCopied" : "linkOfFile")),
    ...parts.map(([id, key, words]) => dialogs.copied(id, text(key), words, () => copyWords(words))));
}

export { copy, copyWords, isOnWeb, isPublic, published };
