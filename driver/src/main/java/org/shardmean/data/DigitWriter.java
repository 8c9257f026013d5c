package org.shardmean.data;

import java.util.SplittableRandom;

/**
 * Draws digits as if written by hand: it picks a way of writing the digit, moves its points a
 * little, bends and slants them, joins them by a smooth line, fits the line to MNIST's box, and
 * draws it with an uneven pen.
 *
 * <p>As in MNIST, the digit fills a box of 20x20 pixels, its shape kept, and its centre of mass is
 * put near the centre of the 28x28 image. Only {@code + - * /} and the square root are used, which
 * Java defines to the last bit, so that every machine draws the same bytes.
 *
 * <p>Holds scratch space: not for use by two threads at once.
 */
final class DigitWriter {
  private static final float BOX = 20f;
  private static final float CENTRE = 14f;

  /** The length of the straight pieces of a curve, in a shape's units (a pixel is about 5). */
  private static final float PIECE = 10f;

  private static final int MOST_PIECES = 8;
  private static final int MOST_POINTS = 32;
  private static final int MOST_LINE_POINTS = MOST_POINTS * MOST_PIECES;

  private final Pen pen = new Pen();

  private final float[] pointX = new float[MOST_POINTS];
  private final float[] pointY = new float[MOST_POINTS];

  /** The line: point p joined to point p + 1 unless the pen is lifted at p. */
  private final float[] lineX = new float[MOST_LINE_POINTS];

  private final float[] lineY = new float[MOST_LINE_POINTS];
  private final boolean[] lifted = new boolean[MOST_LINE_POINTS];
  private int linePoints;

  /** Displacements of a 3x3 grid over the shape, row by row: what bends it. */
  private final float[] bendX = new float[9];

  private final float[] bendY = new float[9];

  /**
   * Draws one digit.
   *
   * @param digit 0 to 9
   * @param random where every choice comes from
   * @param pixels where to write: 28 * 28 bytes from {@code at}, all of them written
   */
  void draw(int digit, SplittableRandom random, byte[] pixels, int at) {
    DigitShape shape = DigitShapes.get(digit, (int) (uniform(random) * DigitShapes.count(digit)));
    pose(shape, random);
    bend(shape.points(), random);
    slant(shape.points(), random);
    joinByCurves(shape);
    float radius = 0.95f + 1.45f * small(random);
    fitToBox(radius, random);
    ink(radius, random);
    pen.copyTo(pixels, at);
  }

  /** A pose between the shape's two, with every point a little out of place. */
  private void pose(DigitShape shape, SplittableRandom random) {
    float between = 1.5f * uniform(random) - 0.25f;
    for (int p = 0; p < shape.points(); p++) {
      pointX[p] = shape.x(p, between) + 5f * triangular(random);
      pointY[p] = shape.y(p, between) + 5f * triangular(random);
    }
  }

  /**
   * Bends the plane: each point moves by a Bernstein polynomial of the second degree over nine
   * random displacements (Sederberg and Parry, "Free-Form Deformation of Solid Geometric Models",
   * SIGGRAPH 1986).
   */
  private void bend(int points, SplittableRandom random) {
    for (int g = 0; g < 9; g++) {
      bendX[g] = 24f * triangular(random);
      bendY[g] = 24f * triangular(random);
    }
    for (int p = 0; p < points; p++) {
      float u = pointX[p] * 0.01f;
      float v = pointY[p] * 0.01f;
      float u0 = (1f - u) * (1f - u);
      float u1 = 2f * u * (1f - u);
      float u2 = u * u;
      float v0 = (1f - v) * (1f - v);
      float v1 = 2f * v * (1f - v);
      float v2 = v * v;
      pointX[p] += weigh(bendX, u0, u1, u2, v0, v1, v2);
      pointY[p] += weigh(bendY, u0, u1, u2, v0, v1, v2);
    }
  }

  private static float weigh(
      float[] grid, float u0, float u1, float u2, float v0, float v1, float v2) {
    return v0 * (u0 * grid[0] + u1 * grid[1] + u2 * grid[2])
        + v1 * (u0 * grid[3] + u1 * grid[4] + u2 * grid[5])
        + v2 * (u0 * grid[6] + u1 * grid[7] + u2 * grid[8]);
  }

  /** Narrows or widens, slants as a hand does, and turns. */
  private void slant(int points, SplittableRandom random) {
    float widening = 0.7f + 0.75f * small(random);
    float shear = 0.15f + 0.5f * triangular(random);
    // The tangent of half the angle gives sine and cosine by division; 0.12 is 14 degrees.
    float half = 0.12f * triangular(random);
    float cosine = (1f - half * half) / (1f + half * half);
    float sine = 2f * half / (1f + half * half);
    for (int p = 0; p < points; p++) {
      float y = pointY[p] - 50f;
      float x = widening * (pointX[p] - 50f) - shear * y;
      pointX[p] = cosine * x - sine * y;
      pointY[p] = sine * x + cosine * y;
    }
  }

  /** Passes a Catmull-Rom spline through the points, in straight pieces of even length. */
  private void joinByCurves(DigitShape shape) {
    linePoints = 0;
    for (int p = 0; p < shape.points(); p++) {
      if (p == 0 || shape.liftsAt(p - 1)) {
        addToLine(pointX[p], pointY[p]);
      }
      if (shape.liftsAt(p)) {
        lifted[linePoints - 1] = true;
      } else {
        joinByCurve(shape.before(p), p, p + 1, shape.after(p + 1));
      }
    }
  }

  private void joinByCurve(int before, int from, int to, int after) {
    float dx = pointX[to] - pointX[from];
    float dy = pointY[to] - pointY[from];
    int pieces = 1 + (int) ((float) Math.sqrt(dx * dx + dy * dy) / PIECE);
    pieces = Math.min(pieces, MOST_PIECES);
    for (int piece = 1; piece <= pieces; piece++) {
      float t = (float) piece / pieces;
      addToLine(
          spline(pointX[before], pointX[from], pointX[to], pointX[after], t),
          spline(pointY[before], pointY[from], pointY[to], pointY[after], t));
    }
  }

  private static float spline(float before, float from, float to, float after, float t) {
    float slope = to - before;
    float square = 2f * before - 5f * from + 4f * to - after;
    float cube = 3f * (from - to) + after - before;
    return from + 0.5f * t * (slope + t * (square + t * cube));
  }

  private void addToLine(float x, float y) {
    lineX[linePoints] = x;
    lineY[linePoints] = y;
    lifted[linePoints] = false;
    linePoints++;
  }

  /** Scales the line, pen width included, to the box, and its centre of mass to the centre. */
  private void fitToBox(float radius, SplittableRandom random) {
    float left = lineX[0];
    float right = left;
    float top = lineY[0];
    float bottom = top;
    float mass = 0f;
    float massX = 0f;
    float massY = 0f;
    for (int p = 0; p < linePoints; p++) {
      left = Math.min(left, lineX[p]);
      right = Math.max(right, lineX[p]);
      top = Math.min(top, lineY[p]);
      bottom = Math.max(bottom, lineY[p]);
      if (!lifted[p]) {
        float dx = lineX[p + 1] - lineX[p];
        float dy = lineY[p + 1] - lineY[p];
        float length = (float) Math.sqrt(dx * dx + dy * dy);
        mass += length;
        massX += length * (lineX[p] + lineX[p + 1]) * 0.5f;
        massY += length * (lineY[p] + lineY[p + 1]) * 0.5f;
      }
    }
    float extent = Math.max(right - left, bottom - top);
    float scale = (BOX * (0.9f + 0.1f * uniform(random)) - 2f * radius) / extent;
    float offsetX = CENTRE + triangular(random) - scale * massX / mass;
    float offsetY = CENTRE + triangular(random) - scale * massY / mass;
    for (int p = 0; p < linePoints; p++) {
      lineX[p] = scale * lineX[p] + offsetX;
      lineY[p] = scale * lineY[p] + offsetY;
    }
  }

  /** Inks the line; the pressure, and with it the width, swells and fades along it. */
  private void ink(float radius, SplittableRandom random) {
    pen.clear();
    float first = uniform(random);
    float middle = 0.4f + 0.6f * uniform(random);
    float last = uniform(random);
    boolean up = true;
    for (int p = 0; p < linePoints; p++) {
      float t = (float) p / linePoints;
      float pressure = (1f - t) * (1f - t) * first + 2f * t * (1f - t) * middle + t * t * last;
      float pressed = Math.min(Pen.MOST_RADIUS, radius * (0.75f + 0.4f * pressure));
      if (up) {
        pen.putDown(lineX[p], lineY[p], pressed);
      } else {
        pen.drawTo(lineX[p], lineY[p], pressed);
      }
      up = lifted[p];
    }
  }

  /** From 0 to 1. */
  private static float uniform(SplittableRandom random) {
    return (random.nextInt() >>> 8) * 0x1p-24f;
  }

  /** From 0 to 1, most often near 0. */
  private static float small(SplittableRandom random) {
    float first = uniform(random);
    return first * uniform(random);
  }

  /** From -1 to 1, most often near 0. */
  private static float triangular(SplittableRandom random) {
    float first = uniform(random);
    return first - uniform(random);
  }
}
