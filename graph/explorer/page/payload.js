/* What stands in the page: the records of the first view, or of all of it, with words, names and the summary. */
import * as dom from "./dom.js";

const payload = given();

/* What stands in the page; of one that is not whole nothing can be shown but that. */
function given() {
  try {
    // Of a large page they were packed (`unpack.js`).
    const text = window.unpackedData ?? document.getElementById("data").textContent;
    delete window.unpackedData;
    return JSON.parse(text);
  } catch (error) {
    dom.at("without-scripts").textContent = "Denne filen er ikke hel: dataene i den kan ikke leses. Last den ned på nytt. / This file is not whole: its data cannot be read. Download it again.";
    throw error;
  }
}

/** The address of something by its short name. @param {string} id @returns {string} */
function startOf(id) {
  const colon = id.indexOf(":");
  return (payload.starts[id.slice(0, colon)] ?? "") + id.slice(colon + 1);
}

export { payload, startOf };
