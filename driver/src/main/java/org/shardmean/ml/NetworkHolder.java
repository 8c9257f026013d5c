package org.shardmean.ml;

import java.io.Serializable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;

/** Where a model has its network: in itself, or in a broadcast that tasks fetch. */
interface NetworkHolder extends Serializable {
  TableNetwork network();

  /** Sends a network to whichever executors ask for it. */
  static Sent send(TableNetwork network, SparkSession spark) {
    return new Sent(JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(network));
  }

  /** In a broadcast. Spark releases it once no plan refers to it. */
  record Sent(Broadcast<TableNetwork> broadcast) implements NetworkHolder {
    @Override
    public TableNetwork network() {
      return broadcast.value();
    }
  }
}
