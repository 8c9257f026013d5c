package org.shardmean.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The Kubeflow operator's resources against a schema of the fields used, which names its source;
 * what they take over from Kubernetes, through fabric8's typed model.
 */
class SparkOperatorManifestsTest {
  @Test
  void theApplicationsFollowTheSchema() throws Exception {
    List<JsonNode> manifests = operators();

    assertEquals(2, manifests.size());
    for (JsonNode manifest : manifests) {
      assertEquals(Set.of(), problems(manifest), manifest.at("/metadata/name").asText());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/spec, mainKlass, org.shardmean.jobs.Main",
    "/spec, mode, clustered",
    "/spec, type, java",
    "/spec/driver, instances, 1",
    "/spec/executor, cores, one",
    "/spec/restartPolicy, type, Sometimes"
  })
  void aWrongFieldOrValueIsAnError(String where, String field, String value) throws Exception {
    JsonNode manifest = Manifests.ofKind("SparkApplication").get(0).deepCopy();
    ((ObjectNode) manifest.at(where)).put(field, value);

    assertFalse(problems(manifest).isEmpty());
  }

  @Test
  void aRunThatIsStillGoingKeepsTheNextOneBack() throws Exception {
    JsonNode scheduled = Manifests.ofKind("ScheduledSparkApplication").get(0);

    assertEquals("Forbid", scheduled.at("/spec/concurrencyPolicy").asText());
  }

  @Test
  void whatComesFromKubernetesHasOnlyFieldsOfItsType() throws Exception {
    for (JsonNode spec : KubernetesManifestsTest.operatorsApplications()) {
      spec.get("volumes").forEach(volume -> Manifests.typed(volume, Volume.class));
      for (JsonNode pod : List.of(spec.get("driver"), spec.get("executor"))) {
        Manifests.typed(pod.get("podSecurityContext"), PodSecurityContext.class);
        Manifests.typed(pod.get("securityContext"), SecurityContext.class);
        pod.path("volumeMounts").forEach(mount -> Manifests.typed(mount, VolumeMount.class));
      }
      assertTrue(spec.at("/driver/volumeMounts").size() > 0);
    }
  }

  private static List<JsonNode> operators() throws Exception {
    return Stream.concat(
            Manifests.ofKind("SparkApplication").stream(),
            Manifests.ofKind("ScheduledSparkApplication").stream())
        .toList();
  }

  private static Set<ValidationMessage> problems(JsonNode manifest) throws Exception {
    try (InputStream text =
        SparkOperatorManifestsTest.class.getResourceAsStream("sparkoperator-v1beta2.schema.json")) {
      JsonSchema schema =
          JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(text);
      return schema.validate(manifest);
    }
  }
}
