package org.shardmean.comparison;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.shardmean.run.Problem;

/** A rival under the clock. Whatever goes wrong with it is written down and ends nothing else. */
public final class RivalTraining {
  private static final long SECONDS_TO_STOP = 30;

  private final Rival rival;
  private final Course.Listener listener;
  private final long mostMinutes;
  private final Supplier<Optional<RivalLibrary>> library;

  /**
   * @param listener hears of settings, preparation and milestones
   * @param mostMinutes it may take; what it reached by then counts
   */
  public RivalTraining(Rival rival, Course.Listener listener, long mostMinutes) {
    this(rival, listener, mostMinutes, () -> found(rival));
  }

  RivalTraining(
      Rival rival,
      Course.Listener listener,
      long mostMinutes,
      Supplier<Optional<RivalLibrary>> library) {
    this.rival = requireNonNull(rival, "rival");
    this.listener = requireNonNull(listener, "listener");
    this.mostMinutes = mostMinutes;
    this.library = requireNonNull(library, "library");
  }

  /** Trains it with the library that is found for it. */
  public Contender run(JavaSparkContext spark, Lesson lesson) {
    CourseRecorder recorder = new CourseRecorder(listener);
    Optional<String> problem =
        problemOf(
            () -> {
              library().train(rival, spark, lesson, recorder);
              return null;
            },
            spark);
    return new Contender(rival.id(), rival.title(), recorder.close(), problem);
  }

  private Optional<String> problemOf(Callable<Void> training, JavaSparkContext spark) {
    FutureTask<Void> task = new FutureTask<>(training);
    Thread thread = new Thread(task, "rival " + rival.title());
    thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
    thread.setDaemon(true);
    thread.start();
    try {
      task.get(mostMinutes, TimeUnit.MINUTES);
      return Optional.empty();
    } catch (TimeoutException e) {
      stop(thread, task, spark);
      return Optional.of(
          "it was stopped after %d minutes; --most-minutes gives it more".formatted(mostMinutes));
    } catch (ExecutionException | CancellationException e) {
      return Optional.of(Problem.of(e));
    } catch (InterruptedException e) {
      stop(thread, task, spark);
      Thread.currentThread().interrupt();
      return Optional.of("it was interrupted");
    }
  }

  /**
   * Its thread may go on for a while; Spark is closed after that, and what it says is not heard.
   */
  private static void stop(Thread thread, FutureTask<Void> task, JavaSparkContext spark) {
    task.cancel(true);
    spark.sc().cancelAllJobs();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(SECONDS_TO_STOP));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private RivalLibrary library() {
    try {
      return library
          .get()
          .orElseThrow(
              () ->
                  new RivalMissingException(
                      "its library is not here; deploy/submit compare fetches it from Maven Central"
                          + " where there is a network",
                      null));
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new RivalMissingException("a part of its library is missing: " + Problem.root(e), e);
    }
  }

  /** On the class path of this thread. */
  private static Optional<RivalLibrary> found(Rival rival) {
    for (RivalLibrary one : ServiceLoader.load(RivalLibrary.class)) {
      if (one.trains(rival)) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }
}
