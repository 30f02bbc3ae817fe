/* Ways to send a view on: its link, the block to put in one's own page, the list of views that one keeps. */
import * as dom from "./dom.js";
import * as embed from "./embed.js";
import * as savedViews from "./saved_views.js";
import * as link from "./share_link.js";
import * as title from "./share_title.js";
import * as texts from "./texts.js";

const { text } = texts;

texts.add({
  share: ["Del", "Share"],
});

function show(now) {
  title.show(now);
  const box = dom.at("share");
  box.setAttribute("aria-label", text("share"));
  const button = (id, key, act, values) => dom.el("button", { type: "button", class: "quiet", id, onclick: act }, text(key, values));
  dom.replace(box, dom.el("span", {}, text("share")), button("share-link", "copyLink", link.copy),
    now.view === "questions" ? null : button("share-embed", "embed", embed.show), button("share-views", "savedViews", savedViews.show, { count: savedViews.count() }), dom.el("span", { id: "share-status" }));
}

export { show };
