package org.shardmean.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.shardmean.JsonMutation;
import org.shardmean.Mutation;
import org.shardmean.Reading;
import org.shardmean.data.DataException;

/** Whatever {@code result.json} holds, it is read or refused with a {@link DataException}. */
class ResultJsonHostileTest {
  private static final byte[] SOUND =
      ResultJson.write(SampleRuns.completed("one", 3, 2)).getBytes(UTF_8);

  @Property(tries = 5000)
  void aMutatedFileIsReadOrRefused(@ForAll("mutations") Mutation mutation) {
    read(new String(mutation.applyTo(SOUND), UTF_8))
        .read()
        .ifPresent(
            saved ->
                saved.epochs().forEach(epoch -> assertTrue(isNoInfinity(epoch), epoch.toString())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "[[],", "{\"schema\":1,\"a\":{\"b\":"})
  void aDeepFileIsRefused(String level) {
    assertTrue(read(level.repeat(100_000)).fault().contains("result.json"));
  }

  @Test
  void aNumberOfManyDigitsIsRefused() {
    String file =
        new String(SOUND, UTF_8).replace("\"schema\": 1", "\"schema\": " + "1".repeat(1 << 20));

    assertTrue(read(file).fault().contains("result.json, line "), read(file).fault());
  }

  /** Added up they came to a positive number. */
  @Test
  void bytesThatNoRoundCanMoveAreRefused() {
    for (String bytes : new String[] {"-9000000000000000000", "9000000000000000000"}) {
      String file =
          new String(SOUND, UTF_8)
              .replace("\"bytesBack\": ", "\"bytesBack\": " + bytes + ",\"of\": ");

      String fault = read(file).fault();
      assertTrue(
          fault.contains("epochs[0].rounds[0].bytesBack: expected a number of bytes"), fault);
    }
  }

  @Provide
  Arbitrary<Mutation> mutations() {
    return JsonMutation.some();
  }

  private static boolean isNoInfinity(SavedResult.Epoch epoch) {
    return !Double.isInfinite(epoch.trainLoss())
        && !Double.isInfinite(epoch.validationAccuracy())
        && !Double.isInfinite(epoch.imagesPerSecond())
        && !Double.isInfinite(epoch.time().compute())
        && !Double.isInfinite(epoch.time().sync());
  }

  private static Reading<SavedResult> read(String json) {
    return Reading.of(() -> ResultJson.read("result.json", json));
  }
}
