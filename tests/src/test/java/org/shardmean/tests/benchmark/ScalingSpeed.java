package org.shardmean.tests.benchmark;

/**
 * How fast workers on executors of one core each train.
 *
 * @param kind strong, the same images for any number of workers, or weak, as many for each
 * @param workers and executors
 * @param images in all
 * @param imagesPerSecond over the epochs but the first
 * @param shardBytes kept in an executor's memory, of the executor with the most
 * @param heapBytes the highest heap use seen on an executor, garbage included
 */
public record ScalingSpeed(
    String kind,
    int workers,
    int images,
    Spread imagesPerSecond,
    long shardBytes,
    long heapBytes) {}
