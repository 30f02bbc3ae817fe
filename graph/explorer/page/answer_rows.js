/* The rows of the answers to ready questions, which of a large graph are a block of their own. */
import * as chunks from "./chunks.js";
import { payload } from "./payload.js";

let read = null;

/** Resolves when every question has the rows of its answer, which of a large graph stand apart. @returns {Promise<void>} */
async function arrive() {
  if (areHere()) return;
  await chunks.read();
  const element = document.getElementById("answers");
  // It goes when it is read: who asks meanwhile waits for the first.
  if (element) read = chunks.inflated(element).then((answers) => answers.forEach((each, place) => { payload.questions[place].rows = each; }));
  await read;
}

/** Whether they are here. @returns {boolean} */
function areHere() {
  return payload.questions.every((question) => question.rows);
}

export { areHere, arrive };
