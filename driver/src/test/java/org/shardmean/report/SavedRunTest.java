package org.shardmean.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.shardmean.JsonMutation;
import org.shardmean.Mutation;
import org.shardmean.Reading;
import org.shardmean.run.Language;
import org.shardmean.run.RunDirectory;
import org.shardmean.run.RunRecord;

/** Runs read back from their folders: whole, or refused in one line. */
class SavedRunTest {
  private static final RunRecord SMALL = SampleRuns.completed("one", 3, 2);
  private static final byte[] SOUND = ResultJson.write(SMALL).getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;

  static List<RunRecord> runs() {
    return List.of(
        SampleRuns.fiveEpochs(),
        SampleRuns.withTest(SampleRuns.fiveEpochs(), 0.021),
        SampleRuns.inLanguage(SampleRuns.fiveEpochs(), Language.JA),
        SampleRuns.stoppedEarly(),
        SampleRuns.disturbed(),
        SampleRuns.notMnist(),
        SampleRuns.diverged(),
        SampleRuns.autoencoder(),
        SamplePages.hostile());
  }

  @ParameterizedTest
  @MethodSource("runs")
  void itsReportIsTheSameOnceMore(RunRecord run) {
    String first = HtmlReport.render(run, SampleExamples.of(run));

    SavedRun saved = SampleFolders.saved(folder, run);

    assertEquals(first, saved.report());
  }

  @Test
  void aRunThatFailedAtOnceHasAReportToo() {
    String report = SampleFolders.saved(folder, SampleRuns.failedAtOnce()).report();

    assertTrue(report.contains("This run failed") && report.contains("No epoch was completed."));
  }

  @Test
  void itsReportCanBeInAnotherLanguage() {
    SavedRun saved = SampleFolders.saved(folder, SampleRuns.fiveEpochs());

    HtmlPage page = new HtmlPage(saved.in(Language.DE).report());

    assertTrue(page.contains("<html lang=\"de\">"));
    assertEquals(Language.EN, saved.record().config().language());
  }

  @Test
  void withoutItsImagesTheReportHasNone() throws IOException {
    SampleFolders.saved(folder, SampleRuns.fiveEpochs());
    Files.delete(folder.resolve(RunDirectory.EXAMINED));

    SavedRun saved = read().read().orElseThrow();

    assertTrue(saved.images().isEmpty());
    assertTrue(saved.report().contains("No images were kept to be shown."));
  }

  @Test
  void aFolderWithoutARunThatEndedIsRefused() throws IOException {
    assertTrue(
        read().fault().endsWith("found no result.json; give the folder of a run that has ended"));
    Files.writeString(folder.resolve(RunDirectory.RESULT), "");
    assertTrue(read().fault().contains("result.json"), read().fault());
  }

  @Test
  void aNewerSchemaIsRefused() throws IOException {
    SampleFolders.saved(folder, SampleRuns.fiveEpochs());
    Path result = folder.resolve(RunDirectory.RESULT);
    Files.writeString(result, Files.readString(result).replace("\"schema\": 1", "\"schema\": 2"));

    assertTrue(
        read()
            .fault()
            .endsWith(
                "expected version 1, found version 2; read it with the Shardmean that wrote it"),
        read().fault());
  }

  @Test
  void filesThatAreCutOffAreRefused() throws IOException {
    for (String name : List.of(RunDirectory.RESULT, RunDirectory.EXAMINED, RunDirectory.MODEL)) {
      SampleFolders.saved(folder, SampleRuns.fiveEpochs());
      Path file = folder.resolve(name);
      byte[] bytes = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));

      String fault = read().fault();

      assertTrue(fault.contains(name), fault);
    }
  }

  @Test
  void theNetworkOfAnotherRunIsRefused() throws IOException {
    SampleFolders.saved(folder, SampleRuns.completed("other", 3, 1));
    byte[] other = Files.readAllBytes(folder.resolve(RunDirectory.MODEL));
    SampleFolders.saved(folder, SampleRuns.fiveEpochs());
    Files.write(folder.resolve(RunDirectory.MODEL), other);

    assertTrue(
        read().fault().contains("model.zip: expected the run's network of 109,386"),
        read().fault());
  }

  @Property(tries = 3000)
  void aMutatedRecordIsReadOrRefused(@ForAll("mutations") Mutation mutation) {
    String json = new String(mutation.applyTo(SOUND), StandardCharsets.UTF_8);

    Reading<RunRecord> reading =
        Reading.of(() -> ResultJson.readRun("result.json", json, SMALL.parameters()));

    assertFalse(reading.read().isEmpty() && !reading.fault().startsWith("result.json"));
  }

  @Provide
  Arbitrary<Mutation> mutations() {
    return JsonMutation.some();
  }

  private Reading<SavedRun> read() {
    return Reading.of(
        () -> {
          try {
            return SavedRun.read(RunDirectory.open(new Configuration(), folder.toString()));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
