/* Dialogs: the browser's own, named by their heading; closed, the focus is back at what opened them. */
import * as dom from "./dom.js";
import * as texts from "./texts.js";

const { el } = dom;

texts.add({
  dialogClose: ["Lukk", "Close"],
});

/** Opens a dialog. @param {string} id @param {string} heading @param {(Node|string|null)[]} children @returns {HTMLDialogElement} */
function open(id, heading, ...children) {
  const opener = document.activeElement;
  dom.at(id)?.remove();
  const dialog = /** @type {HTMLDialogElement} */ (el("dialog", { id, class: "share-dialog", "aria-labelledby": `${id}-title` },
    el("h2", { id: `${id}-title` }, heading), children,
    el("p", { class: "closing" }, el("button", { type: "button", class: "button", onclick: () => dialog.close() }, texts.text("dialogClose")))));
  dialog.addEventListener("close", () => {
    dialog.remove();
    // What opened it may have been made anew meanwhile.
    if (opener?.isConnected) opener.focus();
    else dom.at(opener?.id)?.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Words to copy in a field, and a button that does. @param {string} id @param {string} label @param {string} words @param {() => void} copy @returns {Element} */
function copied(id, label, words, copy) {
  const field = el("textarea", { id, readonly: true, rows: words.length > 120 ? 5 : 2, spellcheck: "false" });
  field.value = words;
  return el("div", { class: "copied" }, el("label", { for: id }, label), field, el("button", { type: "button", class: "button", id: `${id}-copy`, onclick: copy }, texts.text("copy")));
}

export { open, copied };
