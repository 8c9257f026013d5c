package org.shardmean.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.shardmean.run.Reconstructions;
import org.shardmean.run.Reconstructions.Group;
import org.shardmean.run.Reconstructions.OfEpoch;
import org.shardmean.run.Reconstructions.Point;
import org.shardmean.run.ShownImages;

/** What an autoencoder gives back, the map of its codes, and groups of images, laid out. */
record CodeView(Reconstructions all, int height, int width, Texts t, Figures n) {
  static final double MAP_WIDTH = 420;
  static final double MAP_HEIGHT = 300;
  private static final double MARGIN = 8;

  /** Colours of classes on the map; the label tells those of one colour apart. */
  private static final int COLOURS = 6;

  /** Of what an autoencoder's run keeps; none of another's. */
  static Optional<CodeView> of(ShownImages images, Texts t, Figures n) {
    return images
        .reconstructions()
        .map(some -> new CodeView(some, images.height(), images.width(), t, n));
  }

  /**
   * A row of images, in the order of the originals.
   *
   * @param name what they are
   * @param images as addresses
   */
  record Row(String name, List<String> images) {}

  /** A label on the map. */
  record Mark(double x, double y, int label, String style) {}

  /** Originals, and what was given back after some epochs. */
  List<Row> byEpoch() {
    List<Row> rows = new ArrayList<>(List.of(row(t.text("code.original"), all.originals())));
    for (OfEpoch epoch : all.byEpoch()) {
      rows.add(row(t.text("code.epoch", n.count(epoch.epoch())), epoch.images()));
    }
    return rows;
  }

  /** Originals, the same with noise, and what is given back for these. */
  List<Row> noise() {
    return List.of(
        row(t.text("code.original"), all.originals()),
        row(t.text("code.noisy"), all.noise().noisy()),
        row(t.text("code.cleaned"), all.noise().cleaned()));
  }

  private Row row(String name, List<byte[]> images) {
    return new Row(name, images.stream().map(this::image).toList());
  }

  String image(byte[] pixels) {
    return GreyPng.of(pixels, height, width).dataUri();
  }

  /** What noise does, in figures. */
  String denoised() {
    return t.text(
        "code.noiseFigures", n.error(all.noise().errorBefore()), n.error(all.noise().errorAfter()));
  }

  /** The classes that have at least one image. */
  List<Integer> classes() {
    return IntStream.range(0, all.errors().size())
        .filter(label -> Double.isFinite(all.errors().get(label)))
        .boxed()
        .toList();
  }

  /** A bar for each of {@link #classes}. */
  StackedBars bars() {
    return StackedBars.of(
        List.of("compute"),
        classes().stream().map(label -> new double[] {all.errors().get(label)}).toList());
  }

  /** The hardest and the easiest class, in a sentence. */
  String range() {
    int hardest = classes().get(0);
    int easiest = hardest;
    for (int label : classes()) {
      hardest = all.errors().get(label) > all.errors().get(hardest) ? label : hardest;
      easiest = all.errors().get(label) < all.errors().get(easiest) ? label : easiest;
    }
    return t.text(
        "code.errorRange",
        easiest,
        n.error(all.errors().get(easiest)),
        hardest,
        n.error(all.errors().get(hardest)));
  }

  List<Mark> marks() {
    return all.map().stream().map(CodeView::mark).toList();
  }

  private static Mark mark(Point point) {
    return new Mark(
        across(point.x()), upwards(point.y()), point.label(), "k" + point.label() % COLOURS);
  }

  /** From a share of the map's width. */
  static double across(double share) {
    return tenths(MARGIN + (MAP_WIDTH - 2 * MARGIN) * share);
  }

  /** From a share of the map's height. */
  static double upwards(double share) {
    return tenths(MAP_HEIGHT - MARGIN - (MAP_HEIGHT - 2 * MARGIN) * share);
  }

  private static double tenths(double value) {
    return Math.round(10 * value) / 10.0;
  }

  String shareOfMap() {
    return n.percent(all.share(), 0);
  }

  /** How well groups agree with classes that they never saw. */
  String groupsFound() {
    return t.text(
        "code.groupsFound",
        n.percent(Reconstructions.purity(all.ofCodes()), 1),
        n.percent(Reconstructions.purity(all.ofPixels()), 1));
  }

  String said(Group group) {
    return t.text(
        "code.group",
        group.label(),
        n.percent((double) group.ofLabel() / group.images(), 0),
        n.count(group.images()));
  }
}
