package org.shardmean.ml;

import java.util.Optional;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;
import org.shardmean.data.InvalidRows;

/**
 * How an estimator trains. What is not set follows from the data, the cluster and the preset, as
 * for {@code deploy/submit train}; {@code explainParams} describes each.
 *
 * @param <E> the estimator
 */
public interface TrainingParams<E extends TrainingParams<E>> extends Params {
  /** Of {@code maxIter}. */
  int DEFAULT_EPOCHS = 20;

  /** The params themselves. */
  TrainingParamSet own();

  /** This estimator. */
  E self();

  /** Units of the input, every hidden layer and the output. */
  default IntArrayParam layers() {
    return own().layers;
  }

  default int[] getLayers() {
    return $(layers());
  }

  default E setLayers(int[] units) {
    set(layers(), units);
    return self();
  }

  /** Epochs. */
  default IntParam maxIter() {
    return own().maxIter;
  }

  default int getMaxIter() {
    return (Integer) $(maxIter());
  }

  default E setMaxIter(int epochs) {
    set(maxIter(), epochs);
    return self();
  }

  /** The highest learning rate. */
  default DoubleParam stepSize() {
    return own().stepSize;
  }

  default double getStepSize() {
    return (Double) $(stepSize());
  }

  default E setStepSize(double rate) {
    set(stepSize(), rate);
    return self();
  }

  /** Seed of all random draws. */
  default LongParam seed() {
    return own().seed;
  }

  default long getSeed() {
    return (Long) $(seed());
  }

  default E setSeed(long value) {
    set(seed(), value);
    return self();
  }

  /** Rows of a minibatch. */
  default IntParam blockSize() {
    return own().blockSize;
  }

  default int getBlockSize() {
    return (Integer) $(blockSize());
  }

  default E setBlockSize(int rows) {
    set(blockSize(), rows);
    return self();
  }

  /** How a gradient becomes a step. */
  default Param<String> solver() {
    return own().solver;
  }

  default String getSolver() {
    return $(solver());
  }

  default E setSolver(String name) {
    set(solver(), name);
    return self();
  }

  /** Whether features are brought to one size. */
  default BooleanParam standardization() {
    return own().standardization;
  }

  default boolean getStandardization() {
    return (Boolean) $(standardization());
  }

  default E setStandardization(boolean isOn) {
    set(standardization(), isOn);
    return self();
  }

  /** Logical workers. */
  default IntParam numWorkers() {
    return own().numWorkers;
  }

  default int getNumWorkers() {
    return (Integer) $(numWorkers());
  }

  default E setNumWorkers(int workers) {
    set(numWorkers(), workers);
    return self();
  }

  /** Epochs without a better validation before training stops. */
  default IntParam patience() {
    return own().patience;
  }

  default int getPatience() {
    return (Integer) $(patience());
  }

  default E setPatience(int epochs) {
    set(patience(), epochs);
    return self();
  }

  /** Column of the rows' weights. */
  default Param<String> weightCol() {
    return own().weightCol;
  }

  default String getWeightCol() {
    return $(weightCol());
  }

  default E setWeightCol(String column) {
    set(weightCol(), column);
    return self();
  }

  /** Column that tells rows to validate on. */
  default Param<String> validationIndicatorCol() {
    return own().validationIndicatorCol;
  }

  default String getValidationIndicatorCol() {
    return $(validationIndicatorCol());
  }

  default E setValidationIndicatorCol(String column) {
    set(validationIndicatorCol(), column);
    return self();
  }

  /** What becomes of rows with missing or invalid values. */
  default Param<String> handleInvalid() {
    return own().handleInvalid;
  }

  default String getHandleInvalid() {
    return $(handleInvalid());
  }

  default E setHandleInvalid(String policy) {
    set(handleInvalid(), policy);
    return self();
  }

  /** Folder of the runs' folders. */
  default Param<String> checkpointDir() {
    return own().checkpointDir;
  }

  default String getCheckpointDir() {
    return $(checkpointDir());
  }

  default E setCheckpointDir(String folder) {
    set(checkpointDir(), folder);
    return self();
  }

  /** Further settings, each {@code name=value}. */
  default StringArrayParam settings() {
    return own().settings;
  }

  default String[] getSettings() {
    return $(settings());
  }

  default E setSettings(String[] namesAndValues) {
    set(settings(), namesAndValues);
    return self();
  }

  /** A param's value, if it was set or has a default. */
  default <T> Optional<T> find(Param<T> param) {
    return isDefined(param) ? Optional.of($(param)) : Optional.empty();
  }

  /** What becomes of rows that cannot be examples. */
  default InvalidRows invalidRows() {
    return InvalidRows.read(getHandleInvalid());
  }

  /** What is so where nobody sets it; an estimator's constructor calls it. */
  default void setDefaults() {
    setDefault(maxIter(), DEFAULT_EPOCHS);
    setDefault(seed(), 42L);
    setDefault(standardization(), true);
    setDefault(patience(), 0);
    setDefault(handleInvalid(), InvalidParam.ERROR);
    setDefault(settings(), new String[0]);
  }
}
