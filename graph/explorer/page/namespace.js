/* Everything of the page hangs on one name. The files are put one after another, in the order that html.py lists. */
"use strict";
const motegraf = {};
window.motegraf = motegraf;
