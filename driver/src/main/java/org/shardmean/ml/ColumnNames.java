package org.shardmean.ml;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.shardmean.data.RowScaling;
import org.shardmean.data.RowSet;
import org.shardmean.data.TableForm;
import org.shardmean.spark.TableColumns;

/** What the parts of a pipeline before this one have noted in a table's metadata. */
record ColumnNames(StructType schema) {

  /** What the rows of a table are; its one column of features has as many numbers as there are. */
  TableForm form(TableColumns columns, RowSet.Shape shape, RowScaling scaling) {
    String features = columns.features().get(0);
    return new TableForm(
        List.of(new TableForm.Column(features, shape.inputs(), features(features, shape.inputs()))),
        columns.label(),
        columns.label().map(label -> classes(label, columns.classes())).orElse(List.of()),
        columns.targets(),
        scaling);
  }

  /** As {@code VectorAssembler} names them; empty unless each has a name. */
  private List<String> features(String column, int width) {
    StructField field = schema.apply(column);
    if (!field.metadata().contains("ml_attr")) {
      return List.of();
    }
    AttributeGroup group = AttributeGroup.fromStructField(field);
    if (group.attributes().isEmpty()) {
      return List.of();
    }
    List<String> names =
        Arrays.stream(group.attributes().get())
            .flatMap(
                attribute ->
                    attribute.name().isDefined()
                        ? Stream.of(attribute.name().get())
                        : Stream.empty())
            .toList();
    return names.size() == width ? names : List.of();
  }

  /** As {@code StringIndexer} names them; empty unless each has a name. */
  private List<String> classes(String label, int classes) {
    return valuesOf(label).filter(names -> names.size() == classes).orElse(List.of());
  }

  private Optional<List<String>> valuesOf(String label) {
    return Attribute.fromStructField(schema.apply(label)) instanceof NominalAttribute nominal
            && nominal.values().isDefined()
        ? Optional.of(new ArrayList<>(List.of(nominal.values().get())))
        : Optional.empty();
  }
}
