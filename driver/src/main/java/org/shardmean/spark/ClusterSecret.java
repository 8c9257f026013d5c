package org.shardmean.spark;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SecurityManager;
import org.apache.spark.SparkConf;
import org.apache.spark.network.TransportContext;
import org.apache.spark.network.client.TransportClientFactory;
import org.apache.spark.network.crypto.AuthClientBootstrap;
import org.apache.spark.network.sasl.SecretKeyHolder;
import org.apache.spark.network.server.NoOpRpcHandler;
import org.apache.spark.network.util.MapConfigProvider;
import org.apache.spark.network.util.TransportConf;
import scala.Tuple2;

/**
 * The secret that a driver shares with a standalone cluster. With a wrong one, Spark itself would
 * try for a minute, print a page of warnings, and not say what is wrong.
 */
public final class ClusterSecret {
  private static final String SCHEME = "spark://";
  private static final String USER = "sparkSaslUser";

  private ClusterSecret() {}

  /**
   * Takes the secret from the environment into the settings, where Spark's driver wants it, and
   * asks the first master of a standalone cluster that can be reached whether it has the same. Does
   * nothing on other clusters, without {@code spark.authenticate}, or where no master can be
   * reached, which Spark says itself. Takes at most 40 seconds for each master.
   *
   * @throws ClusterException if there is no secret, or the master has another one or none
   */
  public static void agree(SparkConf conf) {
    String master = conf.get("spark.master", "");
    if (master.startsWith(SCHEME) && conf.getBoolean("spark.authenticate", false)) {
      String secret = secret(conf, master);
      conf.set(SecurityManager.SPARK_AUTH_SECRET_CONF(), secret);
      for (String address : master.substring(SCHEME.length()).split(",", -1)) {
        if (isAgreed(address, secret, conf)) {
          return;
        }
      }
    }
  }

  private static String secret(SparkConf conf, String master) {
    String secret = System.getenv(SecurityManager.ENV_AUTH_SECRET());
    if (secret == null) {
      secret = conf.get(SecurityManager.SPARK_AUTH_SECRET_CONF(), "");
    }
    if (secret.isEmpty()) {
      throw new ClusterException(
          master
              + ": expected the cluster's secret, because spark.authenticate is on, found none; name"
              + " its file in SHARDMEAN_SECRET_FILE");
    }
    return secret;
  }

  /** False where nobody listens. */
  private static boolean isAgreed(String address, String secret, SparkConf conf) {
    int colon = address.lastIndexOf(':');
    TransportConf transport = new TransportConf("rpc", new MapConfigProvider(withBounds(conf)));
    AuthClientBootstrap handshake = new AuthClientBootstrap(transport, USER, new OneSecret(secret));
    try (TransportContext context = new TransportContext(transport, new NoOpRpcHandler(), true);
        TransportClientFactory clients = context.createClientFactory(List.of(handshake))) {
      clients
          .createClient(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)))
          .close();
      return true;
    } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (RuntimeException e) {
      throw new ClusterException(
          SCHEME
              + address
              + ": expected a master with our secret, found one with another secret or none; name"
              + " the file with the cluster's secret in SHARDMEAN_SECRET_FILE, or write 'none' there"
              + " for a cluster without one");
    }
  }

  private static Map<String, String> withBounds(SparkConf conf) {
    Map<String, String> all = new HashMap<>();
    for (Tuple2<String, String> pair : conf.getAll()) {
      all.put(pair._1, pair._2);
    }
    all.put("spark.rpc.io.connectionCreationTimeout", "20s");
    all.put("spark.network.auth.rpcTimeout", "20s");
    return all;
  }

  private record OneSecret(String secret) implements SecretKeyHolder {
    @Override
    public String getSaslUser(String application) {
      return USER;
    }

    @Override
    public String getSecretKey(String application) {
      return secret;
    }

    /** A secret is never shown. */
    @Override
    public String toString() {
      return "a secret";
    }
  }
}
