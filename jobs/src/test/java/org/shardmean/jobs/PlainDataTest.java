package org.shardmean.jobs;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.util.List;
import org.apache.commons.lang3.SerializationUtils;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files are data: nothing in the product makes objects of classes that a file names. Spark's own
 * messages are serialized objects, so a class may say how it is read from one; opening such a
 * stream is Spark's business alone.
 */
class PlainDataTest {
  private static final List<ArchRule> RULES =
      List.of(
          noClasses().should().beAssignableTo(ObjectInputStream.class),
          noClasses().should().callConstructorWhere(ofAny("java.io.ObjectInputStream")),
          noClasses()
              .should()
              .callMethodWhere(ofAny("java.io.ObjectInput").and(named("readObject|readUnshared"))),
          noClasses().should().callMethodWhere(named("deserialize|objectFile|.*DefaultTyping.*")),
          noClasses().should().dependOnClassesThat().areAssignableTo(JsonTypeInfo.class),
          noClasses()
              .should()
              .dependOnClassesThat()
              .haveNameMatching(
                  "java\\.beans\\.XML.*|org\\.deeplearning4j\\.util\\..*|.*SerializationUtils"),
          noClasses()
              .should()
              .callMethodWhere(
                  ofAny("org.nd4j.linalg.factory.Nd4j").and(named("read.*|load.*|from.*"))),
          noClasses()
              .should()
              .callMethodWhere(
                  named("fromJson|fromYaml|load").and(inPackage("org.deeplearning4j."))));

  @Test
  void noFileOfTheProductMakesObjectsOfClassesThatAFileNames() {
    JavaClasses product =
        new ClassFileImporter()
            .withImportOption(location -> !location.contains("/test-classes/"))
            .importPackages("org.shardmean");

    assertTrue(product.contain("org.shardmean.model.SavedModel"), "the library is looked through");
    assertTrue(product.contain(Main.class), "the jobs are looked through");
    check(product);
  }

  @Test
  void aClassMaySayHowItIsReadFromAMessage() {
    assertDoesNotThrow(() -> check(only(Message.class)));
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        OpensAStream.class,
        ReadsFromAStream.class,
        OwnStream.class,
        Deserializes.class,
        OpensWithDl4j.class,
        AllowsTypes.class
      })
  void theRuleFindsWhatItForbids(Class<?> offender) {
    assertThrows(AssertionError.class, () -> check(only(offender)));
  }

  private static void check(JavaClasses classes) {
    RULES.forEach(rule -> rule.allowEmptyShould(true).check(classes));
  }

  private static JavaClasses only(Class<?> type) {
    return new ClassFileImporter().importClasses(type);
  }

  private static DescribedPredicate<JavaCall<?>> ofAny(String type) {
    return target(owner(assignableTo(type)));
  }

  private static DescribedPredicate<JavaCall<?>> named(String expression) {
    return target(nameMatching(expression));
  }

  private static DescribedPredicate<JavaCall<?>> inPackage(String prefix) {
    return DescribedPredicate.describe(
        "of " + prefix, call -> call.getTargetOwner().getName().startsWith(prefix));
  }

  /** As Spark's messages are. */
  static final class Message implements java.io.Serializable {
    private static final long serialVersionUID = 1L;
    private transient int number;

    private void readObject(ObjectInputStream in) throws IOException {
      number = in.readInt();
    }

    int number() {
      return number;
    }
  }

  static final class OpensAStream {
    static int read(byte[] bytes) throws IOException {
      try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
        return in.readInt();
      }
    }
  }

  static final class ReadsFromAStream {
    static Object read(java.io.ObjectInput in) throws IOException, ClassNotFoundException {
      return in.readObject();
    }
  }

  static final class OwnStream extends ObjectInputStream {
    OwnStream() throws IOException {}
  }

  static final class Deserializes {
    static Object read(byte[] bytes) {
      return SerializationUtils.deserialize(bytes);
    }
  }

  static final class OpensWithDl4j {
    static Object read(byte[] bytes) throws IOException {
      return ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(bytes));
    }
  }

  static final class AllowsTypes {
    static JsonMapper mapper(JsonMapper.Builder builder) {
      return builder
          .activateDefaultTyping(
              com.fasterxml.jackson.databind.jsontype.impl.LaissezFaireSubTypeValidator.instance)
          .build();
    }
  }
}
