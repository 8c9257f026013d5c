package org.shardmean.model;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;

/** A class of the class path that runs code where it is deserialized, constructed or loaded. */
public final class Gadget implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Set from outside, so that looking it up does not load this class's namesake. */
  static final String RAN = "org.shardmean.gadget.ran";

  /** Loaded only by a file that names it. */
  public static final class Bait {
    static {
      System.setProperty(RAN, "loaded");
    }
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    System.setProperty(RAN, "deserialized");
  }

  static byte[] serialized() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new Gadget());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
