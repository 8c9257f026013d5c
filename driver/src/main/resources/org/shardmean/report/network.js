"use strict";
/*
 * The network that this page was written for, and what is done to a drawing before the network sees
 * it. Nothing here touches the page.
 */

/** A dense network: hidden layers with one activation, and softmax at the end. */
class Network {
  /**
   * @param layers units of the input, of every hidden layer and of the output, such as
   *     [784, 128, 64, 10]
   * @param activation of the hidden layers: "relu", "sigmoid" or "tanh"
   * @param parameters layer by layer: for each unit the weights of all its inputs, one unit after
   *     another; then the biases of all units
   */
  constructor(layers, activation, parameters) {
    this.layers = layers;
    this.activation = activation;
    this.parameters = parameters;
  }

  /** Parameters from base64 text: float32, little-endian. */
  static floats(base64) {
    const bytes = Uint8Array.from(atob(base64), c => c.charCodeAt(0));
    const view = new DataView(bytes.buffer);
    return Float32Array.from({length: bytes.length / 4}, (_, i) => view.getFloat32(4 * i, true));
  }

  /**
   * The values of every layer for one image, the input first, the probabilities last.
   *
   * @param pixels 0 to 255
   */
  forward(pixels) {
    const values = [Array.from(pixels, pixel => pixel / 255)];
    let at = 0;
    for (let l = 1; l < this.layers.length; l++) {
      const inputs = values[l - 1];
      const units = this.layers[l];
      const biases = at + inputs.length * units;
      const sums = new Array(units);
      for (let unit = 0; unit < units; unit++) {
        let sum = this.parameters[biases + unit];
        for (let i = 0; i < inputs.length; i++) {
          sum += inputs[i] * this.parameters[at + unit * inputs.length + i];
        }
        sums[unit] = sum;
      }
      const isLast = l === this.layers.length - 1;
      values.push(isLast ? softmax(sums) : sums.map(ACTIVATIONS[this.activation]));
      at = biases + units;
    }
    return values;
  }
}

const ACTIVATIONS = {
  relu: z => Math.max(0, z),
  sigmoid: z => 1 / (1 + Math.exp(-z)),
  tanh: Math.tanh,
};

/** e^z of each, divided by their sum; the largest is taken off first, against overflow. */
function softmax(sums) {
  const largest = Math.max(...sums);
  const powers = sums.map(z => Math.exp(z - largest));
  const all = powers.reduce((a, b) => a + b, 0);
  return powers.map(power => power / all);
}

/* ---- From a drawing to the network's input ---- */

/**
 * A drawing as MNIST's authors prepared theirs: the ink scaled to fit a box of 20 × 20 pixels with
 * its shape kept, and moved so that its centre of mass is the centre of the 28 × 28 pixels.
 *
 * @param ink {pixels, width, height}, 0 (paper) to 255 (ink), row by row
 * @param side of the network's input: 28 for MNIST; of others the box is as much smaller
 * @returns side * side whole numbers from 0 to 255
 */
function normalised(ink, side) {
  const box = boundingBox(ink);
  if (box === null) {
    return new Uint8Array(side * side);
  }
  const scale = side * 20 / 28 / Math.max(box.right - box.left, box.bottom - box.top);
  const mass = centreOfMass(ink);
  const left = box.left - boxStart((mass.x - box.left) * scale, side) / scale;
  const top = box.top - boxStart((mass.y - box.top) * scale, side) / scale;
  return resampled(ink, left, top, scale, side);
}

/**
 * Where the box begins along one axis: at a whole pixel, so that the mass is within half a pixel of
 * the centre of the middle pixel, as MNIST has it.
 */
function boxStart(mass, side) {
  return Math.round((side + 1) / 2 - mass);
}

/** The whole drawing, without scaling or centring. */
function asDrawn(ink, side) {
  return resampled(ink, 0, 0, side / ink.width, side);
}

/** The smallest box around all ink that can be seen; null where there is none. */
function boundingBox({pixels, width, height}) {
  const box = {left: width, top: height, right: 0, bottom: 0};
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (pixels[y * width + x] > 32) {
        box.left = Math.min(box.left, x);
        box.right = Math.max(box.right, x + 1);
        box.top = Math.min(box.top, y);
        box.bottom = y + 1;
      }
    }
  }
  return box.right > 0 ? box : null;
}

/** The mean place of the ink, each pixel weighted by how dark it is. */
function centreOfMass({pixels, width, height}) {
  let sum = 0;
  let x = 0;
  let y = 0;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const mass = pixels[row * width + column];
      sum += mass;
      x += mass * (column + 0.5);
      y += mass * (row + 0.5);
    }
  }
  return {x: x / sum, y: y / sum};
}

/**
 * A square part of a drawing at another size. Each new pixel is the mean of the area that it
 * covers, so thin lines fade but never drop out. Beyond the drawing is paper.
 *
 * @param left of the part, in pixels of the drawing
 * @param top of the part
 * @param scale new pixels for each old one
 */
function resampled({pixels, width, height}, left, top, scale, side) {
  const size = 1 / scale;
  const across = overlaps(left, size, side, width);
  const down = overlaps(top, size, side, height);
  const result = new Uint8Array(side * side);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      let sum = 0;
      for (const [y, heightShare] of down[row]) {
        for (const [x, widthShare] of across[column]) {
          sum += pixels[y * width + x] * heightShare * widthShare;
        }
      }
      result[row * side + column] = Math.round(sum * scale * scale);
    }
  }
  return result;
}

/** For each new pixel: which old pixels it covers along one axis, and how much of each. */
function overlaps(from, size, count, most) {
  return Array.from({length: count}, (_, i) => {
    const start = from + i * size;
    const end = start + size;
    const covered = [];
    for (let old = Math.max(0, Math.floor(start)); old < Math.min(most, end); old++) {
      covered.push([old, Math.min(end, old + 1) - Math.max(start, old)]);
    }
    return covered;
  });
}
