package org.shardmean.train;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.shardmean.metrics.TrainingScore;
import org.shardmean.model.Dl4jNetworks;
import org.shardmean.model.ModelSpec;
import org.shardmean.model.OpenBlas;

/** The reference: every step is DL4J's own {@link MultiLayerNetwork#fit(INDArray, INDArray)}. */
public final class Dl4jEngine implements Engine {
  private final ModelSpec spec;
  private final LocalSettings settings;
  private final OutputFunction outputs;
  private final WeighedLoss loss;
  private final CurrentRate rate = new CurrentRate();
  private final MultiLayerNetwork network;

  public Dl4jEngine(ModelSpec spec, LocalSettings settings) {
    oneThread();
    this.spec = spec;
    this.settings = settings;
    this.outputs = OutputFunction.of(spec, settings.labelSmoothing());
    this.loss = new WeighedLoss(Dl4jNetworks.loss(spec));
    this.network =
        Dl4jNetworks.network(
            spec, new float[spec.parameters()], updater(), settings.weightDecay(), loss);
  }

  /**
   * The jar that DL4J comes from here; nothing is loaded but a class.
   *
   * @throws IllegalStateException if it comes from no file
   */
  public static URI jar() {
    try {
      return MultiLayerNetwork.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("expected DL4J in a jar file", e);
    }
  }

  /**
   * One thread a task: Spark has a task for every core already. Also stops ND4J from calling
   * System.gc every few seconds.
   */
  private static void oneThread() {
    // Before ND4J, which would load it without choosing its kernels.
    OpenBlas.load();
    Nd4j.getMemoryManager().togglePeriodicGc(false);
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
    // After ND4J, which has just given it all cores.
    OpenBlas.load();
  }

  @Override
  public void load(TrainingState state) {
    state.requireParameters(spec.parameters());
    float[] moments = state.momentsFor(settings.optimizer());
    network.setParams(Dl4jNetworks.row(state.parameters()));
    if (moments.length > 0) {
      network.getUpdater().getStateViewArray().assign(Dl4jNetworks.row(moments));
    }
    network.getLayerWiseConfigurations().setIterationCount(Math.toIntExact(state.steps()));
  }

  @Override
  public TrainingScore step(Batch batch, double learningRate) {
    OpenBlas.limitToOneThread();
    INDArray features = features(batch);
    TrainingScore before = outputs.score(floats(network.output(features, false)), batch);
    rate.value = learningRate;
    loss.weigh(weights(batch));
    network.fit(features, targets(batch));
    return before;
  }

  @Override
  public void predict(Batch batch, float[] into) {
    OpenBlas.limitToOneThread();
    float[] found = floats(network.output(features(batch), false));
    System.arraycopy(found, 0, into, 0, batch.count() * spec.outputs());
  }

  @Override
  public TrainingState state() {
    float[] moments =
        settings.optimizer().moments() == 0
            ? new float[0]
            : network.getUpdater().getStateViewArray().dup().data().asFloat();
    int steps = network.getLayerWiseConfigurations().getIterationCount();
    return new TrainingState(network.params().dup().data().asFloat(), moments, steps);
  }

  @Override
  public void close() {
    network.close();
  }

  private static INDArray features(Batch batch) {
    int size = batch.count() * batch.inputs();
    return Nd4j.createFromArray(Arrays.copyOf(batch.features(), size))
        .reshape('c', batch.count(), batch.inputs());
  }

  /** Rows are examples, columns outputs. */
  private INDArray targets(Batch batch) {
    int size = batch.count() * spec.outputs();
    float[] targets = spec.isClassifier() ? oneHot(batch) : Arrays.copyOf(batch.targets(), size);
    return Nd4j.createFromArray(targets).reshape('c', batch.count(), spec.outputs());
  }

  private static Optional<float[]> weights(Batch batch) {
    return batch.isWeighted()
        ? Optional.of(Arrays.copyOf(batch.weights(), batch.count()))
        : Optional.empty();
  }

  /** The labels, smoothed if so set. */
  private float[] oneHot(Batch batch) {
    int classes = spec.classes();
    float elsewhere = (float) (settings.labelSmoothing() / classes);
    float right = (float) (1 - settings.labelSmoothing()) + elsewhere;
    float[] targets = new float[batch.count() * classes];
    Arrays.fill(targets, elsewhere);
    for (int row = 0; row < batch.count(); row++) {
      targets[row * classes + batch.labels()[row]] = right;
    }
    return targets;
  }

  private static float[] floats(INDArray output) {
    return output.dup('c').data().asFloat();
  }

  private IUpdater updater() {
    return switch (settings.optimizer()) {
      case SGD -> new Sgd(rate);
      case MOMENTUM -> new Nesterovs(rate, LocalSettings.MOMENTUM);
      case ADAM ->
          Adam.builder()
              .learningRateSchedule(rate)
              .beta1(LocalSettings.BETA1)
              .beta2(LocalSettings.BETA2)
              .epsilon(LocalSettings.EPSILON)
              .build();
    };
  }

  /** Hands DL4J the rate of the current step. */
  private static final class CurrentRate implements ISchedule {
    private static final long serialVersionUID = 1L;
    private double value;

    @Override
    public double valueAt(int iteration, int epoch) {
      return value;
    }

    /** The network's copies of its configuration must follow the same rate. */
    @Override
    @SuppressWarnings("MissingSuperCall")
    public ISchedule clone() {
      return this;
    }
  }
}
