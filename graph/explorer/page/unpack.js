/* Unpacks the data and the scripts of a large page, and runs the scripts. It stands behind them in the file, alone: `html.py` packs them,
   and the policy of the page lets no other scripts run, also when they are put in by this one. */
(async () => {
  const root = document.documentElement;
  const note = document.getElementById("without-scripts");

  async function unpacked(element) {
    const bytes = Uint8Array.from(atob(element.textContent), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new TextDecoder().decode(await new Response(stream).arrayBuffer());
  }

  if (!("DecompressionStream" in window)) {
    note.textContent = "Denne siden er pakket, og nettleseren er for gammel til å pakke den ut. Bruk en nyere (Chrome 80, Firefox 113, Safari 16.4 eller senere); alt som vises her, står også i motegraf.ttl. / This page is packed, and the browser is too old to unpack it. Use a newer one (Chrome 80, Firefox 113, Safari 16.4 or later); all that it shows stands in motegraf.ttl too.";
    return;
  }
  // What the note says is not so while the scripts are on their way.
  root.dataset.unpacking = "";
  try {
    const [data, ...scripts] = await Promise.all([...document.querySelectorAll("script[data-packed]")].map(unpacked));
    window.unpackedData = data;
    for (const text of scripts) {
      const script = document.createElement("script");
      script.dataset.unpacked = "";
      script.textContent = text;
      document.head.append(script);
      script.remove();
    }
  } catch {
    note.textContent = "Denne filen er ikke hel: dataene i den kan ikke leses. Last den ned på nytt. / This file is not whole: its data cannot be read. Download it again.";
  } finally {
    delete root.dataset.unpacking;
  }
})();
