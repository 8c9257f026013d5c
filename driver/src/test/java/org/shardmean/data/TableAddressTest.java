package org.shardmean.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableAddressTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "people.csv",
        "s3a://bucket/part-*.parquet",
        "hdfs:///tables/people.parquet/",
        "rows.JSONL.gz",
        "a.libsvm",
        "folder#label=y",
        "folder#"
      })
  void filesThatSparkReadsAndNamedColumnsAreTables(String text) {
    assertTrue(TableAddress.isOne(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mnist", "generated:100", "../fashion-mnist", "csv", "a.csv/images"})
  void foldersOfImagesAreNot(String text) {
    assertFalse(TableAddress.isOne(text));
  }

  @Test
  void namesOfAnyLettersComeBack() {
    TableAddress address =
        new TableAddress(
            "hdfs:///p/part-*.parquet",
            List.of("a b", "x*", "50%", "1,5&2=#", "ねこ"),
            List.of("kind=1"),
            Optional.of("w&w"),
            Optional.of(InvalidRows.SKIP));
    assertEquals(address, TableAddress.read(address.written()));
    assertEquals(
        "t.csv#features=a%20b,f*&label=y",
        new TableAddress(
                "t.csv", List.of("a b", "f*"), List.of("y"), Optional.empty(), Optional.empty())
            .written());
    assertEquals("t.csv", TableAddress.read("t.csv").written());
    assertEquals("part-*.parquet", address.name());
  }

  @Test
  void columnsThatAreGivenGoBeforeThoseOfTheAddress() {
    TableAddress address = TableAddress.read("t.csv#features=a&label=y&weight=w");
    assertEquals(address, address.with(List.of(), List.of(), Optional.empty(), Optional.empty()));
    TableAddress other =
        address.with(List.of("b"), List.of("z"), Optional.of("v"), Optional.of(InvalidRows.SKIP));
    assertEquals("t.csv#features=b&label=z&weight=v&handle-invalid=skip", other.written());
    assertEquals(
        Optional.of(InvalidRows.ERROR),
        other
            .with(List.of(), List.of(), Optional.empty(), Optional.of(InvalidRows.ERROR))
            .invalid());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "#label=y",
        "t.csv#y",
        "t.csv#label=",
        "t.csv#color=red",
        "t#&",
        "t#handle-invalid=keep"
      })
  void whatIsNoAddressIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> TableAddress.read(text));
  }
}
