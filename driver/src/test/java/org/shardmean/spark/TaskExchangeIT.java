package org.shardmean.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rpc.RpcAddress;
import org.apache.spark.rpc.RpcCallContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.shardmean.metrics.Score;

/** What tasks are told, where some of them are lost. Three tasks, whose answers are empty. */
class TaskExchangeIT {
  private static JavaSparkContext spark;
  private TaskExchange exchange;

  @BeforeAll
  static void start() {
    spark = new JavaSparkContext(LocalSpark.conf(1));
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @BeforeEach
  void threeTasksWait() {
    exchange = new TaskExchange(spark.sc().env().rpcEnv(), 3);
  }

  @Test
  void everyTaskDoesItsOwnPart() {
    Call[] calls = {ready(0, 0), ready(1, 0), ready(2, 0)};
    assertTrue(exchange.isReady(0));
    begin();
    for (Call call : calls) {
      assertOwn(1, call);
    }
    answer(0, 0, 1);
    answer(1, 1, 1);
    assertFalse(exchange.isComplete(0));
    answer(2, 2, 1);
    assertTrue(exchange.isComplete(0));
    assertEquals(Set.of(0, 1, 2), exchange.answers().keySet());
  }

  @Test
  void whatALostTaskLeavesUndoneGoesToOneThatWaits() {
    begin();
    Call first = answer(0, 0, 1);
    Call second = answer(1, 1, 1);
    assertEquals(Optional.empty(), first.answer());
    lose(2, 0);
    assertInPlaceOf(2, 1, first);
    assertEquals(Optional.empty(), second.answer());
    answer(0, 2, 1);
    assertTrue(exchange.isComplete(0));
  }

  @Test
  void orToOneThatComesLater() {
    begin();
    lose(2, 0);
    assertFalse(exchange.isComplete(0));
    assertInPlaceOf(2, 1, answer(1, 1, 1));
    assertEquals(Optional.empty(), answer(0, 0, 1).answer());
  }

  @Test
  void whatASubstituteLeavesUndoneGoesToTheNext() {
    begin();
    lose(2, 0);
    assertInPlaceOf(2, 1, answer(0, 0, 1));
    Call last = answer(1, 1, 1);
    assertEquals(Optional.empty(), last.answer());
    lose(0, 0);
    assertInPlaceOf(2, 1, last);
  }

  /** The reply was lost on its way, and the task asks once more. */
  @Test
  void aSubstituteThatAsksAgainIsToldAgain() {
    begin();
    lose(2, 0);
    assertInPlaceOf(2, 1, answer(0, 0, 1));
    assertInPlaceOf(2, 1, ready(0, 1));
  }

  @Test
  void aTaskThatWasStartedAgainDoesItsPartFromTheNextStepOn() {
    begin();
    lose(2, 0);
    assertInPlaceOf(2, 1, answer(0, 0, 1));
    Call again = again(2);
    assertEquals(Optional.empty(), again.answer());
    answer(0, 2, 1);
    begin();
    assertOwn(2, again);
  }

  @Test
  void aTaskThatWasStartedAgainBeforeAnyoneTookItsPartDoesIt() {
    begin();
    lose(2, 0);
    assertOwn(1, again(2));
    assertEquals(0, exchange.lost());
    assertEquals(Optional.empty(), answer(0, 0, 1).answer());
  }

  /** Spark has given it up; what it did is as good as any other's work. */
  @Test
  void theAnswerOfATaskThatWasThoughtLostCountsAndItEnds() {
    begin();
    lose(2, 0);
    assertEquals(new Message.NoMore(), answer(2, 2, 1).answer().orElseThrow());
    assertEquals(Set.of(2), exchange.answers().keySet());
    begin();
    assertInPlaceOf(2, 2, answer(0, 0, 2));
  }

  @Test
  void aTaskThatIsLostBeforeTheFirstStepIsNotWaitedFor() {
    ready(0, 0);
    Call lost = ready(1, 0);
    ready(2, 0);
    lose(1, 0);
    assertTrue(exchange.isReady(0));
    begin();
    assertEquals(Optional.empty(), lost.answer());
    assertInPlaceOf(1, 1, answer(0, 0, 1));
  }

  @Test
  void whereAllAreLostNoneIsLeft() {
    begin();
    lose(0, 0);
    lose(1, 0);
    lose(2, 0);
    assertEquals(3, exchange.lost());
  }

  @Test
  void aTaskIsToldOnceWhatToKeepASecondCopyOf() {
    begin();
    exchange.copy(Map.of(1, 2));
    assertEquals(new Message.Copy(2), answer(1, 1, 1).answer().orElseThrow());
    assertEquals(Optional.empty(), ready(1, 1).answer());
  }

  /** Spark's listeners hear of a loss late. */
  @Test
  void aLossThatIsHeardOfWhenTheTaskIsBackChangesNothing() {
    begin();
    assertOwn(1, again(2));
    lose(2, 0);
    assertEquals(0, exchange.lost());
    assertEquals(Optional.empty(), answer(0, 0, 1).answer());
  }

  /** Its first question comes after Spark has given it up. */
  @Test
  void anAttemptThatWasLostBeforeItsFirstStepEnds() {
    begin();
    lose(2, 0);
    assertEquals(new Message.NoMore(), ready(2, 0).answer().orElseThrow());
    assertEquals(1, exchange.lost());
    assertInPlaceOf(2, 1, answer(0, 0, 1));
  }

  /** The reply was lost on its way, and meanwhile the lost task has come again. */
  @Test
  void aSubstituteIsToldAgainAlsoWhereTheLostTaskIsBack() {
    begin();
    lose(2, 0);
    assertInPlaceOf(2, 1, answer(0, 0, 1));
    assertEquals(Optional.empty(), again(2).answer());
    assertInPlaceOf(2, 1, ready(0, 1));
  }

  @Test
  void aLostTasksPartWaitsForTheOneThatHoldsItsImages() {
    exchange.copy(Map.of(1, 2));
    assertEquals(new Message.Copy(2), ready(1, 0).answer().orElseThrow());
    begin();
    Call other = answer(0, 0, 1);
    lose(2, 0);
    assertEquals(Optional.empty(), other.answer());
    assertInPlaceOf(2, 1, answer(1, 1, 1));
  }

  @Test
  void ifThatOneIsLostTooAnyOtherTakesIt() {
    exchange.copy(Map.of(1, 2));
    ready(1, 0);
    begin();
    Call other = answer(0, 0, 1);
    lose(2, 0);
    lose(1, 0);
    assertInPlaceOf(1, 1, other);
    assertInPlaceOf(2, 1, answer(0, 1, 1));
  }

  /** So no more than one task holds its images. */
  @Test
  void whoHasTakenALostPartTakesItAgainInTheNextStep() {
    begin();
    lose(2, 0);
    assertInPlaceOf(2, 1, answer(0, 0, 1));
    answer(0, 2, 1);
    answer(1, 1, 1);
    begin();
    assertEquals(Optional.empty(), answer(1, 1, 2).answer());
    assertInPlaceOf(2, 2, answer(0, 0, 2));
    assertEquals(Optional.empty(), ready(1, 2).answer());
  }

  private void lose(int task, int attempt) {
    exchange.lose(new Message.Asker(task, attempt));
  }

  private Call again(int task) {
    return ask(new Message.Ready(new Message.Asker(task, 1), 0));
  }

  private void begin() {
    exchange.begin(step -> new Message.Validate(step, new float[0]));
  }

  private Call ready(int task, int step) {
    return ask(new Message.Ready(new Message.Asker(task, 0), step));
  }

  private Call answer(int task, int block, int step) {
    return ask(new Message.Scored(new Message.Asker(task, 0), block, step, List.<List<Score>>of()));
  }

  private Call ask(Message.Question question) {
    Call call = new Call();
    exchange.receiveAndReply(call).apply(question.bytes());
    return call;
  }

  private static void assertOwn(int step, Call call) {
    Message told = call.answer().orElseThrow();
    assertEquals(step, assertInstanceOf(Message.Validate.class, told).step());
  }

  private static void assertInPlaceOf(int block, int step, Call call) {
    Message.InPlaceOf told = assertInstanceOf(Message.InPlaceOf.class, call.answer().orElseThrow());
    assertEquals(block, told.block());
    assertArrayEquals(new Message.Validate(step, new float[0]).bytes(), told.work());
  }

  /** A task's question that waits for its answer. */
  private static final class Call implements RpcCallContext {
    private byte[] reply;

    Optional<Message> answer() {
      return Optional.ofNullable(reply).map(Message::of);
    }

    @Override
    public void reply(Object response) {
      assertEquals(Optional.empty(), answer());
      reply = (byte[]) response;
    }

    @Override
    public void sendFailure(Throwable e) {
      throw new AssertionError(e);
    }

    @Override
    public RpcAddress senderAddress() {
      throw new AssertionError("nobody needs it");
    }
  }
}
