import org.apache.spark.api.java.JavaSparkContext;
import org.shardmean.RunResult;
import org.shardmean.Shardmean;
import org.shardmean.Training;
import org.shardmean.data.Dataset;

/** Trains on MNIST from a Java program, prints the best accuracy, and writes the run's folder. */
public final class Example {
  private Example() {}

  public static void main(String[] arguments) {
    try (JavaSparkContext spark = Shardmean.localContext("demo")) {
      RunResult result = Training.of(Dataset.mnist("data/mnist"))
          .layers(784, 128, 64, 10).workers(4).epochs(5).seed(7)
          .run(spark);
      System.out.println(result.best().validationAccuracy());
      result.saveTo("runs/demo");
    }
  }
}
