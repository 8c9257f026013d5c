import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.shardmean.predict.Predictor;

/** Prints the digit of every image in a file of bytes, image after image; without Spark. */
public final class PredictExample {
  private PredictExample() {}

  public static void main(String[] arguments) throws IOException {
    Predictor digits = Predictor.read(Path.of(arguments[0]));
    byte[] images = Files.readAllBytes(Path.of(arguments[1]));
    for (int at = 0; at < images.length; at += digits.inputs()) {
      byte[] pixels = Arrays.copyOfRange(images, at, at + digits.inputs());
      System.out.println(digits.predict(pixels));
    }
  }
}
