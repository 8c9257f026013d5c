package org.shardmean.comparison;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/** Keeps a course as it goes on, and tells a listener. It may be asked from another thread. */
final class CourseRecorder implements Course.Listener {
  private final Course.Listener listener;
  private Course course = Course.EMPTY;
  private boolean closed;

  CourseRecorder(Course.Listener listener) {
    this.listener = requireNonNull(listener, "listener");
  }

  @Override
  public synchronized void trainsWith(Map<String, String> settings) {
    if (!closed) {
      course = course.withSettings(settings);
      listener.trainsWith(settings);
    }
  }

  @Override
  public synchronized void prepared(double seconds) {
    if (!closed) {
      course = course.withPreparation(seconds);
      listener.prepared(seconds);
    }
  }

  @Override
  public synchronized void passed(Milestone milestone) {
    if (!closed) {
      course = course.with(milestone);
      listener.passed(milestone);
    }
  }

  /** The course until now; what comes later is not heard. */
  synchronized Course close() {
    closed = true;
    return course;
  }
}
