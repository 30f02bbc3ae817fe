/* Watches a page from before its first script on: when names and nodes are first drawn, and when a click is answered. */
(() => {
  const NODES = 20;
  const context = CanvasRenderingContext2D.prototype;
  const { fill, fillText } = context;
  const watch = { picture: null, answer: null, whole: null, node, forget };
  let filled = 0;
  let released = null;
  window.watch = watch;

  /* What happens when the frame is done in which this is called. */
  function framed(then) {
    requestAnimationFrame(() => setTimeout(then));
  }

  function drawn() {
    if (watch.begun) return;
    watch.begun = true;
    framed(() => { watch.picture = performance.now(); });
  }

  /* Words are measured on a canvas that is on no page; what is drawn counts only there. */
  context.fillText = function text(words, ...rest) {
    if (this.canvas.isConnected && /\p{L}{2}/u.test(words)) drawn();
    return fillText.call(this, words, ...rest);
  };
  context.fill = function shape(...given) {
    if (this.canvas.isConnected && window.network && ++filled === NODES) drawn();
    return fill.apply(this, given);
  };

  addEventListener("pointerup", (event) => { released = event.timeStamp; }, { capture: true });

  /* When ours has all it will have; pyvis's has it with its picture. */
  const looking = setInterval(() => {
    const { motegraf } = window;
    if (!motegraf?.data?.isWhole() || (motegraf.selection.LARGE && !motegraf.counts.isReady())) return;
    watch.whole = performance.now();
    clearInterval(looking);
  }, 20);

  /* Where a node of the drawing stands in the window; from then on its answer is waited for. */
  function node(number) {
    if (window.motegraf) {
      const { cards } = window.motegraf.network.drawn();
      const card = cards[number % cards.length];
      const canvas = document.getElementById("canvas");
      scrollTo(0, scrollY + canvas.getBoundingClientRect().top + card.y - innerHeight / 2);
      const corner = canvas.getBoundingClientRect();
      const name = window.motegraf.data.label(card.id);
      const observer = new MutationObserver(() => {
        if (document.querySelector("#proof h2.title")?.textContent !== name) return;
        observer.disconnect();
        framed(() => { watch.answer = performance.now() - released; });
      });
      observer.observe(document.getElementById("proof"), { childList: true, subtree: true });
      return { x: corner.left + card.x + card.w / 2, y: corner.top + card.y + card.h / 2 };
    }
    const { network } = window;
    const ids = network.body.data.nodes.getIds();
    const id = ids[(number * 7) % ids.length];
    network.unselectAll();
    // A node that is near the middle can be pressed whatever else is drawn over it: any answer counts.
    network.moveTo({ position: network.getPositions([id])[id], scale: 1, animation: false });
    network.once("selectNode", () => framed(() => { watch.answer = performance.now() - released; }));
    const corner = document.querySelector("canvas").getBoundingClientRect();
    const place = network.canvasToDOM(network.getPositions([id])[id]);
    return { x: corner.left + place.x, y: corner.top + place.y };
  }

  function forget() {
    watch.answer = null;
  }
})();
