package org.shardmean.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.shardmean.run.ConfigurationException;

class RedactedTest {
  @ParameterizedTest
  @CsvSource({
    "ftp://user:password@host/digits, ftp://***@host/digits",
    "s3a://KEY:SEC+RET@bucket/a/b, s3a://***@bucket/a/b",
    "ftp://only-user@host:21/x, ftp://***@host:21/x",
    "ftp://user:p@ss@host/x, ftp://***@host/x",
    "'no file at ftp://u:p@h/x; check ftp://v:q@h/y', 'no file at ftp://***@h/x; check ftp://***@h/y'",
    "NoSuchFileException: ftp:/user:password@host/x, NoSuchFileException: ftp:/***@host/x",
    "file:/user@home/a:b@c, file:/user@home/a:b@c",
    "hdfs://name:8020/user@home/digits, hdfs://name:8020/user@home/digits",
    "mail me@home.org, mail me@home.org",
    "--conf spark.hadoop.fs.s3a.secret.key=X/1+ y, --conf spark.hadoop.fs.s3a.secret.key=*** y",
    "fs.azure.account.key.a.dfs.core.windows.net=X==, fs.azure.account.key.a.dfs.core.windows.net=***",
    "https://h/a?X-Amz-Signature=0f&size=1, https://h/a?X-Amz-Signature=***&size=1",
    "'javax.jdo.option.ConnectionPassword=p; b=1', 'javax.jdo.option.ConnectionPassword=***; b=1'",
    "the secret = x, the secret = x",
    "seed=42, seed=42",
    "generated:600, generated:600"
  })
  void hidesWhoAndWithWhatPassword(String text, String redacted) {
    assertEquals(redacted, Redacted.of(text));
  }

  @Property(tries = 200)
  void noPasswordWithoutASlashSurvives(
      @ForAll @NotEmpty @CharRange(from = '!', to = '.') @CharRange(from = ':', to = '~')
          String password) {
    String secret = "<" + password + ">";

    assertEquals("x ftp://***@host/a", Redacted.of("x ftp://user:" + secret + "@host/a"));
  }

  @ParameterizedTest
  @CsvSource("ftp://user:secret@host/digits")
  void errorsAndDatasetsHideIt(String address) {
    ImageSet images = ImageSet.of(1, 1, 2, new byte[2], new byte[] {0, 1});
    Dataset dataset =
        new Dataset(address, address, false, images, images, List.of("from " + address));

    assertFalse(dataset.toString().contains("secret"), dataset::toString);
    assertFalse(new DataException(address).getMessage().contains("secret"));
    assertFalse(new ConfigurationException(address).problems().get(0).contains("secret"));
    assertFalse(new ConfigurationException(address).getMessage().contains("secret"));
    assertFalse(new MnistUnavailableException(address, null).getMessage().contains("secret"));
  }
}
