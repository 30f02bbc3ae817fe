/* Points and lines of the whole graph, drawn by the graphics processor: WebGL, without a library, since the arrays of the columns are
   what it takes. Where there is no WebGL, `whole_canvas.js` draws the same. */

const POINTS = `
attribute vec2 place; attribute float radius; attribute vec4 colour; attribute float corners;
uniform vec2 middle; uniform vec2 scale; uniform float pixels;
varying vec4 shade; varying float square;
void main() {
  gl_Position = vec4((place - middle) * scale, 0.0, 1.0);
  gl_PointSize = radius * pixels * 2.0;
  shade = colour; square = corners;
}`;
const POINT_PIXELS = `
precision mediump float;
varying vec4 shade; varying float square;
void main() {
  vec2 at = gl_PointCoord * 2.0 - 1.0;
  if (square < 0.5 && dot(at, at) > 1.0) discard;
  gl_FragColor = vec4(shade.rgb * shade.a, shade.a);
}`;
const LINES = `
attribute vec2 place;
uniform vec2 middle; uniform vec2 scale;
void main() { gl_Position = vec4((place - middle) * scale, 0.0, 1.0); }`;
const LINE_PIXELS = `
precision mediump float;
uniform vec4 colour;
void main() { gl_FragColor = vec4(colour.rgb * colour.a, colour.a); }`;

/**
 * Draws on a canvas; null where there is no WebGL.
 * @param {HTMLCanvasElement} canvas
 */
function glRenderer(canvas) {
  const gl = canvas.getContext("webgl", { antialias: true, alpha: true, preserveDrawingBuffer: false });
  if (!gl) return null;
  const [points, lines] = [program(gl, POINTS, POINT_PIXELS), program(gl, LINES, LINE_PIXELS)];
  if (!points || !lines) return null;
  const buffers = Object.fromEntries(["place", "radius", "colour", "corners", "ends"].map((name) => [name, gl.createBuffer()]));
  let [count, vertices] = [0, 0];

  function fill(name, values) {
    gl.bindBuffer(gl.ARRAY_BUFFER, buffers[name]);
    gl.bufferData(gl.ARRAY_BUFFER, values, gl.STATIC_DRAW);
  }

  /** What is drawn: `places` x and y in turn, `colours` four bytes each, `ends` the four coordinates of each line. */
  function set({ places, radii, colours, corners, ends }) {
    fill("place", places);
    fill("radius", radii);
    fill("colour", colours);
    fill("corners", corners);
    fill("ends", ends);
    [count, vertices] = [radii.length, ends.length / 2];
  }

  function attribute(of, name, buffer, size, /** @type {number} */ type = gl.FLOAT, normalised = false) {
    const at = gl.getAttribLocation(of, name);
    gl.bindBuffer(gl.ARRAY_BUFFER, buffers[buffer]);
    gl.enableVertexAttribArray(at);
    gl.vertexAttribPointer(at, size, type, normalised, 0, 0);
    return at;
  }

  /** @param {{middle: number[], scale: number[], line: number[], pixels: number}} view */
  function draw({ middle, scale, line, pixels }) {
    gl.viewport(0, 0, canvas.width, canvas.height);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    const used = [];
    const use = (of) => {
      used.splice(0).forEach((at) => gl.disableVertexAttribArray(at));
      gl.useProgram(of);
      gl.uniform2fv(gl.getUniformLocation(of, "middle"), middle);
      gl.uniform2fv(gl.getUniformLocation(of, "scale"), scale);
    };
    use(lines);
    gl.uniform4fv(gl.getUniformLocation(lines, "colour"), line);
    used.push(attribute(lines, "place", "ends", 2));
    gl.drawArrays(gl.LINES, 0, vertices);
    use(points);
    gl.uniform1f(gl.getUniformLocation(points, "pixels"), pixels);
    used.push(
      attribute(points, "place", "place", 2), attribute(points, "radius", "radius", 1),
      attribute(points, "colour", "colour", 4, gl.UNSIGNED_BYTE, true), attribute(points, "corners", "corners", 1),
    );
    gl.drawArrays(gl.POINTS, 0, count);
  }

  return { set, draw, isLost: () => gl.isContextLost() };
}

function program(gl, vertex, fragment) {
  const result = gl.createProgram();
  for (const [kind, source] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]]) {
    const shader = gl.createShader(kind);
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(result, shader);
  }
  gl.linkProgram(result);
  return gl.getProgramParameter(result, gl.LINK_STATUS) ? result : null;
}

export { glRenderer };
