package org.shardmean.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.shardmean.average.CodedSum;
import org.shardmean.average.RoundWire;
import org.shardmean.metrics.ConfusionMatrix;
import org.shardmean.metrics.Score;
import org.shardmean.metrics.TrainingScore;
import org.shardmean.train.LocalResult;
import org.shardmean.train.RoundPlan;
import org.shardmean.train.TrainingState;
import org.shardmean.wire.WireFormat;

class MessageTest {
  private static final RoundPlan PLAN = new RoundPlan(-5, 7, 4, 3, 2);
  private static final TrainingState STATE =
      new TrainingState(new float[] {1, -2, 0.3f}, new float[] {0, 4, 5, 6, 7, 8e-9f}, 9);

  private static final Message.Asker TASK = new Message.Asker(1, 3);

  private static final Score SCORE =
      new Score(1.25, new ConfusionMatrix(new long[][] {{3, 1}, {1L << 40, 2}}));

  private static final Score WITHOUT_CLASSES = new Score(7, 2.5, ConfusionMatrix.empty(0));

  @ParameterizedTest
  @EnumSource
  void whatIsWrittenIsRead(WireFormat format) {
    RoundWire wire = RoundWire.of(format, PLAN, 3);
    float[] start = {1, 1, 1};
    TrainingScore score = new TrainingScore(40, 12.5, 30);
    CodedSum first = wire.leaf(4, new LocalResult(STATE, score, 2, 0.25), start);
    RoundAnswer answer = new RoundAnswer(List.of(first, first), List.of(), "executor 3");

    Message.Train next = (Message.Train) read(new Message.Train(6, PLAN, wire.start(STATE)));
    Message.Trained done = (Message.Trained) read(new Message.Trained(TASK, 2, 6, answer));

    assertEquals(6, next.step());
    assertEquals(PLAN, next.plan());
    assertSameState(wire.start(STATE).state(), next.start().state());
    assertEquals(TASK, done.asker());
    assertEquals(2, done.block());
    assertEquals(6, done.step());
    assertEquals("executor 3", done.answer().executor());
    CodedSum second = done.answer().sums().get(1);
    assertEquals(first.of(), second.of());
    assertEquals(score, second.score());
    assertArrayEquals(first.spreads(), second.spreads());
    assertEquals(0.25, second.seconds());
    assertSameState(first.mean().state(), second.mean().state());
  }

  @Test
  void aScoringAndItsAnswerAreRead() {
    Message.Validate asked = (Message.Validate) read(new Message.Validate(3, STATE.parameters()));
    assertEquals(3, asked.step());
    assertArrayEquals(STATE.parameters(), asked.parameters());

    Message.Scored answer =
        new Message.Scored(
            TASK, 1, 3, List.of(List.of(SCORE, Score.empty(2), WITHOUT_CLASSES), List.of()));
    assertEquals(answer, read(answer));
  }

  @Test
  void messagesWithoutStatesAreReadToo() {
    assertEquals(new Message.Ready(TASK, 8), read(new Message.Ready(TASK, 8)));
    assertInstanceOf(Message.NoMore.class, read(new Message.NoMore()));
    assertEquals(new Message.Copy(2), read(new Message.Copy(2)));
    byte[] work = new Message.Copy(5).bytes();
    Message.InPlaceOf lost = (Message.InPlaceOf) read(new Message.InPlaceOf(4, work));
    assertEquals(4, lost.block());
    assertArrayEquals(work, lost.work());
  }

  @Test
  void whatIsCutOffOrUnknownIsRefused() {
    for (Message message :
        List.of(
            new Message.Train(1, PLAN, RoundWire.of(WireFormat.INT8, PLAN, 3).start(STATE)),
            new Message.Validate(2, STATE.parameters()),
            new Message.InPlaceOf(2, new Message.Validate(2, STATE.parameters()).bytes()),
            new Message.Scored(TASK, 1, 2, List.of(List.of(SCORE))))) {
      byte[] whole = message.bytes();
      for (int length = 0; length < whole.length; length++) {
        byte[] cut = Arrays.copyOf(whole, length);
        assertThrows(UncheckedIOException.class, () -> Message.of(cut), length + " bytes");
      }
    }
    assertThrows(UncheckedIOException.class, () -> Message.of(new byte[] {11, 0, 0, 0, 0}));
  }

  private static void assertSameState(TrainingState expected, TrainingState actual) {
    assertArrayEquals(expected.parameters(), actual.parameters());
    assertArrayEquals(expected.moments(), actual.moments());
    assertEquals(expected.steps(), actual.steps());
  }

  private static Message read(Message message) {
    return Message.of(message.bytes());
  }
}
