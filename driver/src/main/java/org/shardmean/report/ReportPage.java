package org.shardmean.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.shardmean.data.GreyImage;
import org.shardmean.data.VisibleText;
import org.shardmean.metrics.ClassifiedExample;
import org.shardmean.metrics.ConfusionMatrix;
import org.shardmean.metrics.Score;
import org.shardmean.metrics.Wilson;
import org.shardmean.model.InitialParameters;
import org.shardmean.model.ParameterLayout;
import org.shardmean.model.Task;
import org.shardmean.run.EpochRecord;
import org.shardmean.run.RoundRecord;
import org.shardmean.run.RunRecord;
import org.shardmean.run.RunStatus;
import org.shardmean.run.ShownImages;
import org.shardmean.run.TimeSplit;

/**
 * What the templates show of a run.
 *
 * @param pad the network for the page's script
 * @param isUnfinished whether the run goes on
 * @param t the texts, in one language
 * @param n how numbers are written in it
 */
record ReportPage(
    RunRecord run, ShownImages images, DrawingPad pad, boolean isUnfinished, Texts t, Figures n) {
  /** The sections, by their ids in the page. */
  static final List<String> SECTIONS =
      List.of(
          "data",
          "network",
          "learning",
          "epochs",
          "code",
          "residuals",
          "confusion",
          "examples",
          "confidence",
          "play",
          "time",
          "settings");

  /** Those that are about classes. */
  private static final List<String> OF_CLASSES = List.of("confusion", "examples", "confidence");

  /** The one that shows classified images. */
  private static final String OF_IMAGES = "examples";

  /** The one about what an autoencoder gives back. */
  private static final String OF_CODES = "code";

  /** The one about how far answers with numbers are from their targets. */
  private static final String OF_NUMBERS = "residuals";

  /** Units of the first layer that are shown at once, and at most. */
  static final int WEIGHT_IMAGES_AT_ONCE = 32;

  static final int MOST_WEIGHT_IMAGES = 128;

  /** Classes whose counts and scores are shown at once; those of more can be opened. */
  static final int CLASSES_AT_ONCE = 12;

  /** Examples that are shown at once; the others can be opened. */
  static final int MISCLASSIFIED_AT_ONCE = 28;

  static final int CORRECT_AT_ONCE = 21;

  /** Columns of a table that are named in a sentence. */
  private static final int COLUMNS_NAMED = 30;

  /** Labels that are named in a sentence. */
  private static final int LABELS_NAMED = 20;

  private static final int MOST_EPOCHS_LISTED = 400;
  private static final int MOST_ROUNDS_LISTED = 400;

  /** Mistakes that are named in a sentence, and in a list beside the matrix of many classes. */
  private static final int MISTAKES_NAMED = 3;

  private static final int MISTAKES_LISTED = 20;

  /** The parts of an epoch's time, as they are stacked. */
  static final List<String> TIME_PARTS = List.of("compute", "waiting", "sync", "evaluation");

  /** The page without its drawing pad, which makes it too large. */
  ReportPage withoutPad() {
    return new ReportPage(run, images, pad.tooLarge(), isUnfinished, t, n);
  }

  /** Whether the network tells classes apart, so that there is an accuracy. */
  boolean isClassifier() {
    return run.config().model().isClassifier();
  }

  /** The sections of this page. */
  List<String> sections() {
    return SECTIONS.stream()
        .filter(section -> isClassifier() || !OF_CLASSES.contains(section))
        .filter(section -> code().isPresent() || rowCode().isPresent() || !section.equals(OF_CODES))
        .filter(section -> isRegression() || !section.equals(OF_NUMBERS))
        .filter(section -> !isOfRows() || !section.equals(OF_IMAGES))
        .toList();
  }

  /** A loss as it is written here: of pixels with more decimals. */
  String loss(double loss) {
    return isClassifier() ? n.loss(loss) : n.error(loss);
  }

  /** Whether it gives images back; a network that is neither answers with numbers. */
  boolean isAutoencoder() {
    return Task.of(run.config().model().output()) == Task.AUTOENCODER;
  }

  /** Whether it answers with numbers. */
  boolean isRegression() {
    return Task.of(run.config().model().output()) == Task.REGRESSION;
  }

  /** Whether the examples are rows of numbers rather than images. */
  boolean isOfRows() {
    return run.data().isOfRows();
  }

  /** How far the answers are from each target. */
  List<ResidualsView> residuals() {
    return IntStream.range(0, images.residuals().size())
        .mapToObj(target -> new ResidualsView(target + 1, images.residuals().get(target), t, n))
        .toList();
  }

  /** The features of a table by their weights; none for images. */
  Optional<FeatureWeights> featureWeights() {
    return isOfRows() ? FeatureWeights.of(run) : Optional.empty();
  }

  /** What a class is called. */
  String className(int number) {
    return VisibleText.of(run.data().className(number));
  }

  /** What each class is called, for the script; none where it is its number. */
  String classNamesJson() {
    return JsonNodeFactory.instance
        .arrayNode()
        .addAll(
            run.data().table().stream()
                .flatMap(form -> form.classes().stream())
                .map(name -> JsonNodeFactory.instance.textNode(VisibleText.of(name)))
                .toList())
        .toString();
  }

  /** The columns of a table that the rows come from. */
  Optional<String> columns() {
    return run.data()
        .table()
        .map(
            form ->
                t.list(
                        form.features().stream()
                            .limit(COLUMNS_NAMED)
                            .map(column -> VisibleText.of(column.name()))
                            .toList())
                    + (form.features().size() > COLUMNS_NAMED ? " …" : ""));
  }

  /** The columns that the network learns to answer with. */
  Optional<String> learned() {
    return run.data()
        .table()
        .map(
            form ->
                t.list(
                    Stream.concat(form.label().stream(), form.targets().stream())
                        .map(VisibleText::of)
                        .toList()))
        .filter(names -> !names.isEmpty());
  }

  /** What an autoencoder gives back; none for a classifier. */
  Optional<CodeView> code() {
    return CodeView.of(images, t, n);
  }

  /** What an autoencoder gives back of rows; none for other networks. */
  Optional<RowCodeView> rowCode() {
    return images
        .givenBackRows()
        .flatMap(
            some -> run.data().table().map(form -> new RowCodeView(some, form, codeUnits(), t, n)));
  }

  /** Units of the narrowest layer. */
  int codeUnits() {
    return Collections.min(run.config().model().layers());
  }

  String name() {
    return VisibleText.of(run.config().name());
  }

  /** A sentence of the record, in the page's language where it is known. */
  String inWords(String sentence) {
    return VisibleText.of(RecordedSentences.in(t, sentence));
  }

  String dataName() {
    return VisibleText.of(run.data().name());
  }

  String master() {
    return VisibleText.of(run.environment().master());
  }

  /** The epoch whose model was saved. */
  Optional<EpochRecord> saved() {
    return run.kept();
  }

  boolean isSaved(EpochRecord epoch) {
    return saved().stream().anyMatch(saved -> saved.epoch() == epoch.epoch());
  }

  boolean isBest(EpochRecord epoch) {
    return run.best().stream().anyMatch(best -> best.epoch() == epoch.epoch());
  }

  boolean endedWell() {
    return run.status() == RunStatus.COMPLETED || run.status() == RunStatus.STOPPED_EARLY;
  }

  /** Whether every epoch is scored on the test images, so that validation and test are one set. */
  boolean isValidatedOnTest() {
    return run.config().validation().onTest();
  }

  /** What the validation examples are, in a word or two. */
  String validationName() {
    return t.text(isValidatedOnTest() ? "validation.test" : "validation.heldOut");
  }

  /** Where the true accuracy lies with 95% confidence, in words. */
  String interval(Score score) {
    Wilson interval = Wilson.of(score.confusion().correct(), score.examples());
    return t.text("interval", n.percent(interval.low()), n.percent(interval.high()));
  }

  /** Seconds of training over all epochs. */
  double trainSeconds() {
    return run.epochs().stream().mapToDouble(EpochRecord::trainSeconds).sum();
  }

  /** Training examples a second of training, over all epochs. */
  double imagesPerSecond() {
    return run.epochs().stream().mapToLong(epoch -> epoch.training().examples()).sum()
        / trainSeconds();
  }

  /** Whether every epoch trained on as many examples as there are. */
  boolean everyExampleOnce() {
    return run.epochs().stream()
        .allMatch(epoch -> epoch.training().examples() == run.data().trainExamples());
  }

  /** How many training images a worker has: one number, or two neighbours. */
  String shardSizes() {
    int workers = run.config().averaging().workers();
    int smallest = run.data().trainExamples() / workers;
    return run.data().trainExamples() % workers == 0
        ? n.count(smallest)
        : t.text("data.shardSizes", n.count(smallest), n.count(smallest + 1));
  }

  /** How many images of each class there are in the parts of the data that were counted. */
  ClassCounts classCounts() {
    List<ClassCounts.Part> parts = new ArrayList<>();
    parts.add(new ClassCounts.Part(t.text("data.train"), images.trainPerClass()));
    saved()
        .filter(epoch -> epoch.validation().isOfClasses())
        .ifPresent(
            epoch ->
                parts.add(
                    ClassCounts.Part.of(
                        t.text(isValidatedOnTest() ? "data.test" : "data.validation"),
                        epoch.validation().confusion())));
    run.test()
        .filter(Score::isOfClasses)
        .ifPresent(score -> parts.add(ClassCounts.Part.of(t.text("data.test"), score.confusion())));
    return new ClassCounts(parts);
  }

  /** Some classes by their labels, the first of many. */
  String labels(List<Integer> classes) {
    String first = t.list(classes.stream().limit(LABELS_NAMED).map(this::className).toList());
    return classes.size() <= LABELS_NAMED
        ? first
        : t.text("counts.more", first, n.count(classes.size() - LABELS_NAMED));
  }

  /** A sample as its numbers; none where there is no sample, or a line would be too long. */
  Optional<String> numbersOf(ClassifiedExample sample) {
    return Math.max(images.width(), images.height()) > PixelNumbers.MOST_PIXELS_ACROSS
        ? Optional.empty()
        : Optional.of(
            PixelNumbers.of(
                new GreyImage(sample.image().pixels(), images.height(), images.width())));
  }

  NetworkTable network() {
    return NetworkTable.of(run.config().model());
  }

  /** The first layer's units as images before and after training, all on one scale. */
  record WeightImages(List<String> before, List<String> after) {}

  /** None when the first layer's inputs are not the pixels. */
  Optional<WeightImages> weightImages() {
    if (isOfRows()) {
      return Optional.empty();
    }
    int height = run.data().height();
    int width = run.data().width();
    ParameterLayout layout = new ParameterLayout(run.config().model());
    if (layout.inputs(0) != height * width || run.parameters().length != layout.size()) {
      return Optional.empty();
    }
    float[] drawn =
        InitialParameters.draw(
            run.config().model(), run.config().initialWeights(), run.config().seed());
    FirstLayer before = FirstLayer.of(layout, drawn, height, width, MOST_WEIGHT_IMAGES);
    FirstLayer after = FirstLayer.of(layout, run.parameters(), height, width, MOST_WEIGHT_IMAGES);
    float limit = Math.max(before.limit(), after.limit());
    return Optional.of(new WeightImages(before.images(limit), after.images(limit)));
  }

  /**
   * Which of the page's images excite each unit most; they are numbered as they stand in the page:
   * samples, misclassified, correct.
   */
  ExcitingImages excitingImages() {
    List<byte[]> shown =
        Stream.of(
                images.samples(),
                images.examination().misclassified(),
                images.examination().correct())
            .flatMap(List::stream)
            .map(example -> example.image().pixels())
            .toList();
    return ExcitingImages.of(
        new ParameterLayout(run.config().model()), run.parameters(), shown, MOST_WEIGHT_IMAGES);
  }

  LearningCurves learning() {
    return new LearningCurves(run.epochs(), isClassifier(), t, n);
  }

  RoundCurves rounds() {
    return new RoundCurves(run.epochs(), isClassifier(), t, n);
  }

  /** One weight through the first steps; none where it was not followed. */
  Optional<WeightView> weight() {
    return run.firstSteps().weight().map(weight -> new WeightView(weight, run, t, n));
  }

  /** Gradient descent on a slice of the loss surface; none where there is none. */
  Optional<SliceView> slice() {
    return run.firstSteps().slice().map(slice -> new SliceView(slice, t, n));
  }

  Excerpt<EpochRecord> listedEpochs() {
    return Excerpt.of(run.epochs(), MOST_EPOCHS_LISTED);
  }

  Excerpt<RoundRecord> listedRounds() {
    return Excerpt.of(
        run.epochs().stream().flatMap(epoch -> epoch.rounds().stream()).toList(),
        MOST_ROUNDS_LISTED);
  }

  ConfusionView confusion(EpochRecord saved) {
    return ConfusionView.of(run.epochs(), saved);
  }

  /** The matrices of the epochs for the script; none where there is but the saved one. */
  String confusionJson(ConfusionView view) {
    return view.json(view.epochs().stream().map(this::epochTitle).toList());
  }

  private String epochTitle(EpochRecord epoch) {
    return t.text(
        "confusion.summary",
        epoch.epoch(),
        n.percent(epoch.validation().accuracy()),
        n.loss(epoch.validation().loss()));
  }

  /** The most frequent mistakes, in a sentence. */
  String mistakes(ConfusionMatrix confusion) {
    List<String> named =
        ShadedMatrix.mistakes(confusion, MISTAKES_NAMED).stream()
            .map(
                m ->
                    t.text(
                        "confusion.mistake",
                        className(m.actual()),
                        className(m.predicted()),
                        n.count(m.count())))
            .toList();
    return named.isEmpty()
        ? t.text("confusion.noMistake")
        : t.text("confusion.mistakes", t.list(named));
  }

  /** The most frequent mistakes, for the table beside a matrix of many classes. */
  List<ShadedMatrix.Mistake> listedMistakes(ConfusionMatrix confusion) {
    return ShadedMatrix.mistakes(confusion, MISTAKES_LISTED);
  }

  List<ShownExample> shown(List<ClassifiedExample> wanted) {
    return wanted.stream()
        .map(example -> ShownExample.of(example, images.height(), images.width()))
        .toList();
  }

  /** An example's probabilities in words. */
  String spoken(ShownExample shown) {
    return t.text(
        "examples.spoken",
        t.list(
            shown.columns().stream()
                .map(c -> t.text("examples.column", c.label(), n.percent(c.probability(), 1)))
                .toList()));
  }

  /** The probability that label smoothing trains the actual class towards; 1 without it. */
  double smoothedTarget() {
    double smoothing = run.config().local().labelSmoothing();
    return 1 - smoothing + smoothing / run.data().classes();
  }

  ReliabilityView reliability() {
    return new ReliabilityView(images.examination().reliability(), t, n);
  }

  /** The time of all epochs together. */
  TimeSplit time() {
    return run.epochs().stream().map(EpochRecord::time).reduce(TimeSplit.ZERO, TimeSplit::plus);
  }

  StackedBars timeBars(List<EpochRecord> epochs) {
    return StackedBars.of(TIME_PARTS, epochs.stream().map(epoch -> parts(epoch.time())).toList());
  }

  private static double[] parts(TimeSplit time) {
    return Stream.of(time.compute(), time.waiting(), time.sync(), time.evaluation())
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  Timeline timeline() {
    return Timeline.of(run.epochs(), run.events());
  }

  /** Whether anything disturbed the epochs that are drawn. */
  boolean hasMarks(Timeline timeline) {
    return timeline.rows().items().stream().anyMatch(row -> !row.marks().isEmpty());
  }

  List<String> commandParts() {
    return CommandParts.of(VisibleText.of(run.command())).parts();
  }

  List<ResolvedSetting> settings() {
    return ResolvedSetting.of(run.config(), run.reasons());
  }

  /** Those of the lecture's training that the default preset would choose otherwise. */
  List<ResolvedSetting> unlikeTheDefault() {
    return settings().stream().filter(setting -> setting.byDefault().isPresent()).toList();
  }

  List<String> otherReasons() {
    return ResolvedSetting.otherReasons(run.reasons());
  }
}
