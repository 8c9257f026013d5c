package org.shardmean.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Kubernetes' own resources, through fabric8's typed model, where an unknown field is an error. */
class KubernetesManifestsTest {
  private static final String OPERATOR = "sparkoperator.k8s.io/";
  private static final Map<String, Class<? extends HasMetadata>> TYPES =
      Map.of(
          "Namespace", Namespace.class,
          "PersistentVolumeClaim", PersistentVolumeClaim.class,
          "ServiceAccount", ServiceAccount.class,
          "Role", Role.class,
          "RoleBinding", RoleBinding.class,
          "NetworkPolicy", NetworkPolicy.class,
          "Pod", Pod.class);

  @Test
  void everyResourceHasOnlyFieldsOfItsType() throws Exception {
    Set<String> seen = new TreeSet<>();
    for (JsonNode manifest : kubernetesOwn()) {
      String kind = manifest.get("kind").asText();
      HasMetadata typed = Manifests.typed(manifest, TYPES.get(kind));
      String expected = HasMetadata.getApiVersion(typed.getClass());
      // The core group has no name.
      assertEquals(expected.replaceFirst("^/", ""), typed.getApiVersion(), kind);
      seen.add(kind);
    }
    assertEquals(new TreeSet<>(TYPES.keySet()), seen);
  }

  @Test
  void anUnknownFieldIsAnError() throws Exception {
    JsonNode misspelled =
        Manifests.parse(
            "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, spec: {podSelektor: {}}}");

    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class, () -> Manifests.typed(misspelled, NetworkPolicy.class));
    assertTrue(error.getMessage().contains("podSelektor"), error.getMessage());
  }

  @Test
  void allButTheTemplateLieInTheOneNamespace() throws Exception {
    for (JsonNode manifest : Manifests.all()) {
      String kind = manifest.get("kind").asText();
      if (kind.equals("Namespace")) {
        assertEquals("shardmean", manifest.at("/metadata/name").asText());
      } else if (!kind.equals("Pod")) {
        assertEquals("shardmean", manifest.at("/metadata/namespace").asText(), kind);
      }
    }
  }

  @Test
  void theBindingJoinsTheDriversAccountToItsRole() throws Exception {
    RoleBinding binding = one("RoleBinding", RoleBinding.class);
    Role role = one("Role", Role.class);

    assertEquals(role.getMetadata().getName(), binding.getRoleRef().getName());
    assertEquals(1, binding.getSubjects().size());
    assertTrue(accounts().contains(binding.getSubjects().get(0).getName()));
  }

  @Test
  void theDriverMayNotDoEverything() throws Exception {
    for (PolicyRule rule : one("Role", Role.class).getRules()) {
      assertFalse(rule.getVerbs().contains("*"), rule.toString());
      assertFalse(rule.getResources().contains("*"), rule.toString());
      assertFalse(rule.getResources().contains("secrets"), rule.toString());
    }
  }

  @Test
  void everyPodIsClosedUnlessAPolicyOpensIt() throws Exception {
    NetworkPolicy closed =
        Manifests.ofKind("NetworkPolicy").stream()
            .map(manifest -> Manifests.typed(manifest, NetworkPolicy.class))
            .filter(policy -> policy.getMetadata().getName().equals("nothing-by-default"))
            .findFirst()
            .orElseThrow();

    assertTrue(closed.getSpec().getPodSelector().getMatchLabels().isEmpty());
    assertEquals(List.of("Ingress", "Egress"), closed.getSpec().getPolicyTypes());
    assertTrue(closed.getSpec().getIngress().isEmpty());
    assertTrue(closed.getSpec().getEgress().isEmpty());
  }

  @Test
  void theOperatorsPodsGetWhatTheTemplateGives() throws Exception {
    JsonNode template = Manifests.ofKind("Pod").get(0).get("spec");
    for (JsonNode spec : operatorsApplications()) {
      for (String role : List.of("driver", "executor")) {
        assertEquals(template.get("securityContext"), spec.get(role).get("podSecurityContext"));
        assertEquals(
            template.at("/containers/0/securityContext"), spec.get(role).get("securityContext"));
      }
    }
  }

  @Test
  void whatTheOperatorsPodsNameIsThere() throws Exception {
    Set<String> claims =
        Manifests.ofKind("PersistentVolumeClaim").stream()
            .map(claim -> claim.at("/metadata/name").asText())
            .collect(Collectors.toSet());
    for (JsonNode spec : operatorsApplications()) {
      assertTrue(accounts().contains(spec.at("/driver/serviceAccount").asText()));
      assertTrue(accounts().contains(spec.at("/executor/serviceAccount").asText()));
      assertTrue(claims.contains(spec.at("/volumes/0/persistentVolumeClaim/claimName").asText()));
      assertEquals(spec.at("/volumes/0/name"), spec.at("/driver/volumeMounts/0/name"));
    }
  }

  /** The specifications of the operator's applications, scheduled or not. */
  static List<JsonNode> operatorsApplications() throws Exception {
    return Stream.concat(
            Manifests.ofKind("SparkApplication").stream().map(one -> one.get("spec")),
            Manifests.ofKind("ScheduledSparkApplication").stream()
                .map(one -> one.at("/spec/template")))
        .toList();
  }

  private static List<JsonNode> kubernetesOwn() throws Exception {
    return Manifests.all().stream()
        .filter(manifest -> !manifest.get("apiVersion").asText().startsWith(OPERATOR))
        .toList();
  }

  private static Set<String> accounts() throws Exception {
    return Manifests.ofKind("ServiceAccount").stream()
        .map(account -> account.at("/metadata/name").asText())
        .collect(Collectors.toSet());
  }

  private static <T> T one(String kind, Class<T> type) throws Exception {
    List<JsonNode> found = Manifests.ofKind(kind);
    assertEquals(1, found.size(), kind);
    return Manifests.typed(found.get(0), type);
  }
}
