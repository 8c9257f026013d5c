package org.shardmean.train;

import org.shardmean.data.Examples;
import org.shardmean.data.RandomOrder;
import org.shardmean.metrics.TrainingScore;
import org.shardmean.model.ModelSpec;

/** Trains one worker for one round. Belongs to one thread at a time. */
public final class LocalTrainer implements AutoCloseable {
  private final Engine engine;
  private final Batch batch;
  private final LocalSettings settings;

  /** Of the last shard; the next round of the epoch goes on in it. */
  private RandomOrder order = new RandomOrder(0, 0);

  /** One with an engine of its own. */
  public LocalTrainer(ModelSpec spec, LocalSettings settings) {
    this.engine = settings.engine().create(spec, settings);
    this.settings = settings;
    this.batch = new Batch(settings.batchSize(), spec);
  }

  /**
   * Local steps on this round's share of the worker's shard, from {@code start}, which is copied.
   */
  public LocalResult train(RoundPlan plan, int worker, Examples shard, TrainingState start) {
    long began = System.nanoTime();
    engine.load(start);
    orderFor(plan, worker, shard.count());
    int[] examples = new int[Math.min(settings.batchSize(), shard.count())];
    int batches = settings.batches(shard.count());
    int from = plan.firstBatch(batches);
    int end = plan.endBatch(batches);
    TrainingScore score = TrainingScore.EMPTY;
    for (int b = from; b < end; b++) {
      int first = b * settings.batchSize();
      int count = Math.min(settings.batchSize(), shard.count() - first);
      order.copyInto(first, examples, count);
      batch.fill(shard, examples, 0, count, settings.inputDropout(), plan.maskSeed(worker, b));
      score = score.plus(engine.step(batch, settings.rate().at(plan.progress(b, batches))));
    }
    return new LocalResult(engine.state(), score, end - from, (System.nanoTime() - began) * 1e-9);
  }

  /** A short order is a list, which is made once an epoch where this has one worker to train. */
  private void orderFor(RoundPlan plan, int worker, int examples) {
    if (!order.isOf(examples, plan.orderSeed(worker))) {
      order = plan.order(worker, examples);
    }
  }

  @Override
  public void close() {
    engine.close();
  }
}
