package org.shardmean.settings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.shardmean.average.AveragingSettings;
import org.shardmean.average.MomentPolicy;
import org.shardmean.average.OuterKind;
import org.shardmean.average.SumPlace;
import org.shardmean.model.Activation;
import org.shardmean.model.InitialWeights;
import org.shardmean.model.ModelSpec;
import org.shardmean.run.Language;
import org.shardmean.run.RunConfig;
import org.shardmean.run.Validation;
import org.shardmean.train.EngineKind;
import org.shardmean.train.LearningRate;
import org.shardmean.train.LocalSettings;
import org.shardmean.train.Optimizer;
import org.shardmean.train.Schedule;
import org.shardmean.wire.WireFormat;

class ReproducingCommandTest {
  @Property(tries = 100)
  void readsBackAsTheSameRun(@ForAll("configs") RunConfig config) {
    String[] words = ReproducingCommand.of(config).split(" ", -1);
    String[] options = new String[(words.length - 2) / 2];
    for (int i = 0; i < options.length; i++) {
      options[i] = words[2 + 2 * i] + "=" + words[3 + 2 * i];
    }

    ResolvedRun again =
        ResolvedRun.of(Given.of(options), new DataShape(60_000, 784, 10), Slots.of(1));

    assertEquals(config, again.config());
    assertEquals(List.of(), again.reasons());
  }

  @Provide
  Arbitrary<RunConfig> configs() {
    Arbitrary<Double> share = Arbitraries.doubles().between(0, 0.99).ofScale(6);
    Arbitrary<Double> rate = Arbitraries.doubles().between(1e-9, 10).ofScale(12);
    Arbitrary<LearningRate> rates =
        Combinators.combine(Arbitraries.of(Schedule.class), rate, share).as(LearningRate::new);
    Arbitrary<LocalSettings> locals =
        Combinators.combine(
                Arbitraries.of(EngineKind.class),
                Arbitraries.of(Optimizer.class),
                rates,
                Arbitraries.integers().between(1, 60),
                share,
                share,
                share)
            .as(LocalSettings::new);
    Arbitrary<AveragingSettings> averagings =
        Combinators.combine(
                Arbitraries.integers().between(1, 60),
                Arbitraries.integers().between(1, 16),
                Arbitraries.of(OuterKind.class),
                rate,
                share,
                Arbitraries.of(MomentPolicy.class),
                Arbitraries.of(true, false),
                Arbitraries.of(WireFormat.class))
            .as(
                (workers, rounds, outer, outerRate, momentum, moments, reshuffle, wire) ->
                    new AveragingSettings(
                        workers,
                        rounds,
                        outer,
                        outerRate,
                        momentum,
                        moments,
                        reshuffle,
                        wire,
                        SumPlace.AUTO))
            .flatMap(one -> Arbitraries.of(SumPlace.class).map(one::withPlace))
            .filter(one -> one.place() != SumPlace.SLICED || one.moments() != MomentPolicy.KEPT);
    return Combinators.combine(
            Arbitraries.of("mnist", "generated:70000", "hdfs://name:8020/digits"),
            share.map(Validation::new),
            locals,
            averagings,
            Arbitraries.longs(),
            Arbitraries.integers().between(1, 99))
        .as(
            (data, validation, local, averaging, seed, count) ->
                new RunConfig(
                    "a-name",
                    data,
                    validation,
                    new ModelSpec(List.of(784, count, 10), Activation.TANH),
                    InitialWeights.GLOROT,
                    count,
                    local,
                    averaging,
                    count,
                    seed,
                    Language.EN));
  }

  @Test
  void aShellReadsAnyNameAsOneWord() throws IOException, InterruptedException {
    String name = "it's \"a\" $name `x` \\ here";
    RunConfig run =
        ResolvedRun.of(Given.of("--name=" + name), new DataShape(60_000, 784, 10), Slots.of(1))
            .config();
    String command = ReproducingCommand.of(run).replaceFirst("^deploy/submit", "printf '%s\\\\n'");

    Process shell = new ProcessBuilder("sh", "-c", command).start();
    List<String> words = new String(shell.getInputStream().readAllBytes(), UTF_8).lines().toList();

    assertEquals(0, shell.waitFor());
    assertEquals(name, words.get(words.indexOf("--name") + 1));
  }
}
