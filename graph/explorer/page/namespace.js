/* Everything of the page hangs on one name. The files are put one after another, each after those from which it takes a name at its head. */
"use strict";
const motegraf = {};
window.motegraf = motegraf;
// It says why nothing else is there, where this line may not run.
document.getElementById("without-scripts").remove();
