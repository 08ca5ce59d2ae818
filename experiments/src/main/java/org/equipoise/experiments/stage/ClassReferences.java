package org.equipoise.experiments.stage;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Reads which classes a class file refers to.
 *
 * <p>Every class whose code one calls, creates, extends, nests or catches stands in the constant
 * pool as a {@code CONSTANT_Class}.
 *
 * @see <a href="https://docs.oracle.com/javase/specs/jvms/se17/html/jvms-4.html#jvms-4.4">The Java
 *     Virtual Machine Specification, section 4.4</a>
 */
final class ClassReferences {

  private static final int MAGIC = 0xCAFEBABE;

  private ClassReferences() {}

  /** Returns the internal names, such as {@code java/lang/String}; of an array its elements'. */
  static SortedSet<String> of(byte[] classFile) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile));
    if (in.readInt() != MAGIC) {
      throw new IOException("not a class file");
    }
    in.skipNBytes(Short.BYTES + Short.BYTES);
    int size = in.readUnsignedShort();
    String[] texts = new String[size];
    List<Integer> classes = new ArrayList<>();
    for (int i = 1; i < size; i++) {
      int tag = in.readUnsignedByte();
      switch (tag) {
        case 1 -> texts[i] = in.readUTF();
        case 7 -> classes.add(in.readUnsignedShort());
        case 5, 6 -> {
          in.skipNBytes(Long.BYTES);
          // Longs and doubles take two places, of which the second is unusable.
          i++;
        }
        case 8, 16, 19, 20 -> in.skipNBytes(Short.BYTES);
        case 15 -> in.skipNBytes(Byte.BYTES + Short.BYTES);
        case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(Integer.BYTES);
        default -> throw new IOException("unknown constant of tag " + tag);
      }
    }
    SortedSet<String> names = new TreeSet<>();
    for (int index : classes) {
      String name = texts[index].replaceFirst("^\\[+", "");
      boolean array = name.length() < texts[index].length();
      if (!array) {
        names.add(name);
      } else if (name.startsWith("L")) {
        names.add(name.substring(1, name.length() - 1));
      }
    }
    return names;
  }
}
