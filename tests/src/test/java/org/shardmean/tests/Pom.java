package org.shardmean.tests;

import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;

/** What the project's POMs say. */
final class Pom {
  private Pom() {}

  static String version() throws Exception {
    return read("pom.xml", "/project/version");
  }

  /** A property of the parent's. */
  static String property(String name) throws Exception {
    return read("pom.xml", "/project/properties/*[name()='" + name + "']");
  }

  /** The class in the application jar's manifest. */
  static String mainClass() throws Exception {
    return read("jobs/pom.xml", "//mainClass");
  }

  /** A jar that jobs builds, from the project's folder. */
  static String jar(String property) throws Exception {
    return read("jobs/pom.xml", "/project/properties/*[name()='%s']".formatted(property))
        .replace("${project.build.directory}", "jobs/target");
  }

  private static String read(String file, String xpath) throws Exception {
    Path path = Project.ROOT.resolve(file);
    Document document =
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(path.toFile());
    String value = XPathFactory.newInstance().newXPath().evaluate(xpath, document).strip();
    if (value.isEmpty()) {
      throw new AssertionError(path + ": expected " + xpath + ", found nothing");
    }
    return value;
  }
}
