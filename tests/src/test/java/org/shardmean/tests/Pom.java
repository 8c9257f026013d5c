package org.shardmean.tests;

import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

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

  /** The texts of all elements that an XPath finds. */
  static List<String> all(String file, String xpath) throws Exception {
    NodeList found =
        (NodeList)
            XPathFactory.newInstance()
                .newXPath()
                .evaluate(xpath, document(file), XPathConstants.NODESET);
    return IntStream.range(0, found.getLength())
        .mapToObj(i -> found.item(i).getTextContent().strip())
        .toList();
  }

  private static Document document(String file) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(Project.ROOT.resolve(file).toFile());
  }

  private static String read(String file, String xpath) throws Exception {
    String value = XPathFactory.newInstance().newXPath().evaluate(xpath, document(file)).strip();
    if (value.isEmpty()) {
      throw new AssertionError(file + ": expected " + xpath + ", found nothing");
    }
    return value;
  }
}
