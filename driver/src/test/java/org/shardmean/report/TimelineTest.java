package org.shardmean.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.shardmean.average.Drift;
import org.shardmean.metrics.Score;
import org.shardmean.metrics.TrainingScore;
import org.shardmean.run.EpochRecord;
import org.shardmean.run.RoundRecord;
import org.shardmean.run.RunEvent;
import org.shardmean.run.TimeSplit;

class TimelineTest {
  private static final List<EpochRecord> TWO =
      List.of(
          epoch(1, 1, round(1, 1, 2, 1, 1), round(1, 2, 4, 0, 1)),
          epoch(2, 0.5, round(2, 1, 2, 0, 1), round(2, 2, 1, 0, 0.5)));

  @Test
  void partsFollowEachOtherOnOneScale() {
    Timeline timeline = Timeline.of(TWO, List.of());

    assertEquals(10, timeline.seconds());
    List<Timeline.Part> first = timeline.rows().items().get(0).parts();
    assertEquals(
        List.of(
            new Timeline.Part(0, 200, "compute"),
            new Timeline.Part(200, 100, "waiting"),
            new Timeline.Part(300, 100, "sync"),
            new Timeline.Part(400, 400, "compute"),
            new Timeline.Part(800, 0, "waiting"),
            new Timeline.Part(800, 100, "sync"),
            new Timeline.Part(900, 100, "evaluation")),
        first);
    List<Timeline.Part> second = timeline.rows().items().get(1).parts();
    assertEquals(new Timeline.Part(450, 50, "evaluation"), second.get(6));
  }

  @Test
  void disturbancesStandWhereTheirRoundBegins() {
    List<RunEvent> events =
        List.of(
            event("epoch 1 · round 2"),
            event("epoch 2, round 1"),
            event("epoch 2 · evaluation"),
            event("images to show"),
            event("epoch 12 · round 1"));

    List<Timeline.Row> rows = Timeline.of(TWO, events).rows().items();

    assertEquals(List.of(400.0), rows.get(0).marks().stream().map(Timeline.Mark::at).toList());
    assertEquals(List.of(0.0, 450.0), rows.get(1).marks().stream().map(Timeline.Mark::at).toList());
  }

  @Test
  void manyEpochsAreAnExcerptAndTheDrawingStaysSmall() {
    List<EpochRecord> many =
        IntStream.rangeClosed(1, 500)
            .mapToObj(
                e ->
                    new EpochRecord(
                        e,
                        TrainingScore.EMPTY,
                        Score.empty(2),
                        new TimeSplit(32, 0, 0, 0),
                        IntStream.rangeClosed(1, 100).mapToObj(r -> round(e, r, 1, 0, 0)).toList()))
            .toList();

    Timeline timeline = Timeline.of(many, List.of());

    int parts = timeline.rows().items().stream().mapToInt(row -> row.parts().size()).sum();
    assertTrue(parts <= 4000, "parts: " + parts);
    assertEquals(500, timeline.rows().items().size() + timeline.rows().leftOut());
  }

  @Test
  void timesThatAreNotFiniteTakeNoRoom() {
    List<EpochRecord> odd = List.of(epoch(1, Double.NaN, round(1, 1, Double.NaN, -1, 1)));

    Timeline timeline = Timeline.of(odd, List.of());

    assertFalse(
        timeline.rows().items().get(0).parts().stream()
            .anyMatch(part -> !(part.length() >= 0) || Double.isInfinite(part.length())));
    assertEquals(List.of(), Timeline.of(List.of(), List.of()).rows().items());
  }

  private static EpochRecord epoch(int epoch, double evaluation, RoundRecord... rounds) {
    TimeSplit time = new TimeSplit(0, 0, 0, evaluation);
    for (RoundRecord round : rounds) {
      time = time.plus(round.time());
    }
    return new EpochRecord(epoch, TrainingScore.EMPTY, Score.empty(2), time, List.of(rounds));
  }

  private static RoundRecord round(
      int epoch, int round, double compute, double waiting, double sync) {
    return new RoundRecord(
        epoch,
        round,
        TrainingScore.EMPTY,
        new TimeSplit(compute, waiting, sync, 0),
        0,
        0,
        new Drift(0, 0, 0, 0));
  }

  private static RunEvent event(String during) {
    return new RunEvent(RunEvent.Kind.EXECUTOR_LOST, during, "executor 1 lost", 1);
  }
}
