package org.shardmean.report;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.shardmean.data.DataSummary;
import org.shardmean.data.Redacted;
import org.shardmean.metrics.ClassifiedExample;
import org.shardmean.model.SavedModel;

/** What data is and what a model is, to be shown; either may be left out. */
public record Inspection(Optional<Data> data, Optional<Model> model) {
  public Inspection {
    requireNonNull(data, "data");
    requireNonNull(model, "model");
  }

  /**
   * A dataset.
   *
   * @param name as shown to people
   * @param notices what a reader must know first
   * @param samples training images
   */
  public record Data(
      String name,
      List<String> notices,
      DataSummary train,
      DataSummary test,
      List<ClassifiedExample> samples) {
    public Data {
      requireNonNull(name, "name");
      notices = List.copyOf(notices);
      requireNonNull(train, "train");
      requireNonNull(test, "test");
      samples = List.copyOf(samples);
    }

    /** All samples on one sheet, each with its label: the bytes of a PNG file. */
    public byte[] sheet(int columns, int scale) {
      return GreyPng.sheet(
          samples.stream()
              .map(example -> GreyPng.of(example.image().pixels(), train.height(), train.width()))
              .toList(),
          samples.stream().map(ClassifiedExample::actual).toList(),
          columns,
          scale);
    }
  }

  /**
   * A saved model.
   *
   * @param file as given; {@link Redacted}
   * @param size of the images it takes; empty where nobody knows
   */
  public record Model(String file, SavedModel saved, Optional<ImageSize> size) {
    public Model {
      file = Redacted.of(file);
      requireNonNull(saved, "saved");
      requireNonNull(size, "size");
    }
  }

  /** In pixels. */
  public record ImageSize(int height, int width) {}
}
