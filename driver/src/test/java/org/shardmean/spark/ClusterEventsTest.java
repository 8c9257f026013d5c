package org.shardmean.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.spark.ExceptionFailure;
import org.apache.spark.SparkException;
import org.apache.spark.TaskKilled;
import org.apache.spark.scheduler.JobFailed;
import org.apache.spark.scheduler.JobResult;
import org.apache.spark.scheduler.JobSucceeded$;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.StageInfo;
import org.apache.spark.scheduler.TaskInfo;
import org.apache.spark.scheduler.TaskLocality;
import org.junit.jupiter.api.Test;
import org.shardmean.run.RunEvent;
import scala.Option;
import scala.collection.mutable.ArrayBuffer;

class ClusterEventsTest {
  private final List<RunEvent> heard = new ArrayList<>();
  private final ClusterEvents events = new ClusterEvents(heard::add);

  @Test
  void aLostExecutorIsToldInALineWhenItsJobIsDone() {
    begin("epoch 4 · round 2");
    events.onExecutorRemoved(
        new SparkListenerExecutorRemoved(1_000, "3", "Command exited with code 137\n\tat stack"));
    assertEquals(List.of(), heard);
    end(3_100, JobSucceeded$.MODULE$);

    assertEquals(
        List.of(
            new RunEvent(
                RunEvent.Kind.EXECUTOR_LOST,
                "epoch 4, round 2",
                "Executor 3 was lost in epoch 4, round 2 (Command exited with code 137); its work was repeated, 2.1 s",
                2.1)),
        heard);
  }

  /** The end of the shared job used to count, though the round was done again only after it. */
  @Test
  void whereRoundsShareAJobTheJobThatDoesTheRoundAgainCounts() {
    begin("epochs 1 to 5");
    events.onOtherEvent(new TrainingStep("epoch 1 · round 1", false, 1_050));
    events.onOtherEvent(new TrainingStep("epoch 1 · round 1", true, 1_050));
    events.onOtherEvent(new TrainingStep("epoch 1 · round 2", false, 1_050));
    events.onExecutorRemoved(new SparkListenerExecutorRemoved(1_000, "3", "gone"));
    end(1_400, JobSucceeded$.MODULE$);
    assertEquals(List.of(), heard);
    begin("epoch 1 · round 2");
    end(1_700, JobSucceeded$.MODULE$);

    assertEquals(
        List.of("Executor 3 was lost in epoch 1, round 2 (gone); its work was repeated, 0.7 s"),
        heard.stream().map(RunEvent::line).toList());
  }

  @Test
  void whereOtherTasksDoItsWorkTheEndOfTheStepCounts() {
    begin("epochs 1 to 5");
    events.onOtherEvent(new TrainingStep("epoch 1 · round 2", false, 900));
    events.onExecutorRemoved(new SparkListenerExecutorRemoved(1_000, "3", "gone"));
    assertEquals(List.of(), heard);
    events.onOtherEvent(new TrainingStep("epoch 1 · round 2", true, 1_200));

    assertEquals(
        List.of("Executor 3 was lost in epoch 1, round 2 (gone); its work was repeated, 0.2 s"),
        heard.stream().map(RunEvent::line).toList());
  }

  /** It is told with the last step at the latest. */
  @Test
  void anExecutorThatIsLostAfterItsLastAnswerIsToldToo() {
    begin("epochs 1 to 5");
    events.onOtherEvent(new TrainingStep("epoch 5 · evaluation", false, 1_050));
    events.onExecutorRemoved(new SparkListenerExecutorRemoved(1_000, "3", "gone"));
    events.onOtherEvent(new TrainingStep("epoch 5 · evaluation", true, 1_050));
    end(1_100, JobSucceeded$.MODULE$);

    assertEquals(1, heard.size());
  }

  @Test
  void attemptsThatFailForOneReasonAreOneLine() {
    begin("epoch 1 · evaluation");
    events.onTaskEnd(failed("disk gone"));
    events.onTaskEnd(failed("disk gone"));
    events.onTaskEnd(failed("<b>other</b>\nsecond line"));
    end(2_000, JobSucceeded$.MODULE$);

    assertEquals(
        List.of(
            "2 tasks failed in epoch 1, evaluation (IOException: disk gone); repeated, 1.0 s",
            "1 task failed in epoch 1, evaluation (IOException: <b>other</b>); repeated, 1.0 s"),
        heard.stream().map(RunEvent::line).toList());
  }

  @Test
  void whyAJobFailedIsLeftToWhoeverEndsTheRun() {
    begin("epoch 1 · round 1");
    events.onTaskEnd(failed("always"));
    end(2_000, new JobFailed(new SparkException("gave up")));
    begin("epoch 1 · round 2");
    end(3_000, JobSucceeded$.MODULE$);

    assertEquals(List.of(), heard);
  }

  @Test
  void whatSparkEndsByItselfIsNoDisturbance() {
    begin("epoch 1 · round 1");
    events.onExecutorRemoved(
        new SparkListenerExecutorRemoved(1_000, "1", "Executor killed by driver."));
    events.onTaskEnd(
        end(
            new TaskKilled(
                "another attempt succeeded", new ArrayBuffer<>(), new ArrayBuffer<>(), none())));
    end(2_000, JobSucceeded$.MODULE$);

    assertEquals(List.of(), heard);
  }

  @Test
  void theRoundsOfTheWarmUpAreNotTheRuns() {
    Properties properties = properties("epoch 1 · round 1");
    properties.setProperty("spark.jobGroup.id", "warm-up");
    events.onJobStart(new SparkListenerJobStart(0, 0, new ArrayBuffer<StageInfo>(), properties));

    assertEquals("the warm-up", events.during());
  }

  @Test
  void aLineIsShortWhateverTheReason() {
    begin("epoch 1 · round 1");
    events.onExecutorRemoved(new SparkListenerExecutorRemoved(0, "1", "x".repeat(100_000)));
    end(1_000, JobSucceeded$.MODULE$);

    assertTrue(heard.get(0).line().length() < 500, heard.get(0).line());
  }

  private void begin(String description) {
    events.onJobStart(
        new SparkListenerJobStart(0, 0, new ArrayBuffer<StageInfo>(), properties(description)));
  }

  private static Properties properties(String description) {
    Properties properties = new Properties();
    properties.setProperty("spark.job.description", description);
    return properties;
  }

  private void end(long time, JobResult result) {
    events.onJobEnd(new SparkListenerJobEnd(0, time, result));
  }

  private static SparkListenerTaskEnd failed(String message) {
    return end(
        new ExceptionFailure(
            "java.io.IOException",
            message,
            new StackTraceElement[0],
            "",
            Option.empty(),
            new ArrayBuffer<>(),
            new ArrayBuffer<>(),
            none()));
  }

  private static SparkListenerTaskEnd end(org.apache.spark.TaskEndReason reason) {
    TaskInfo task = new TaskInfo(0, 0, 0, 0, 0, "1", "host", TaskLocality.ANY(), false);
    task.markFinished(org.apache.spark.TaskState.FAILED(), 1_000);
    return new SparkListenerTaskEnd(0, 0, "result", reason, task, null, null);
  }

  private static scala.collection.Seq<Object> none() {
    return new ArrayBuffer<>();
  }
}
