package org.equipoise.evaluation.detection.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A JSON file, read from front to end, that knows where it is: each error names the file, the entry
 * and the reason. Not safe for use by several threads.
 */
final class JsonEntries implements AutoCloseable {

  private static final int GZIP_FIRST = 0x1f;
  private static final int GZIP_SECOND = 0x8b;
  private static final int BUFFER = 1 << 16;

  // NaN and Infinity are what Python writes; they are refused with better words than the parser's.
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private final Path file;
  private final JsonParser parser;
  private String list = "";
  private long entry;
  private double[] numbers = new double[16];

  private JsonEntries(Path file, JsonParser parser) {
    this.file = file;
    this.parser = parser;
  }

  /** Opens a file, plain or gzipped. */
  static JsonEntries open(Path file, ReadProgress progress) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new DetectionFileException(
          file, "", Files.exists(file) ? "is not a file" : "there is no such file", null);
    }
    InputStream in = new CountedStream(Files.newInputStream(file), Files.size(file), progress);
    try {
      return new JsonEntries(file, JSON.createParser(unzipped(in)));
    } catch (IOException e) {
      in.close();
      throw new DetectionFileException(file, "", reason(e), e);
    }
  }

  private static InputStream unzipped(InputStream file) throws IOException {
    BufferedInputStream in = new BufferedInputStream(file, BUFFER);
    in.mark(2);
    boolean zipped = in.read() == GZIP_FIRST && in.read() == GZIP_SECOND;
    in.reset();
    return zipped ? new GZIPInputStream(in, BUFFER) : in;
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }

  /** Something that reads from here, and may find it wrong. */
  @FunctionalInterface
  interface Body {

    void read() throws IOException;
  }

  /** Reads, and gives all that goes wrong a place. */
  void read(Body body) throws IOException {
    try {
      body.read();
    } catch (DetectionFileException e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) {
      throw new DetectionFileException(file, place(), reason(e), e);
    }
  }

  private String place() {
    return list.isEmpty() ? "" : list + (entry == 0 ? "" : " " + entry);
  }

  private static String reason(Exception error) {
    String message = String.valueOf(error.getMessage());
    if (error instanceof JsonProcessingException wrong) {
      // What is beyond a limit of the parser has no location.
      JsonLocation at = wrong.getLocation();
      String where =
          at == null ? "" : " in line " + at.getLineNr() + ", column " + at.getColumnNr();
      // Jackson adds where an object began that has no end, and which source it may not show.
      String what =
          String.valueOf(wrong.getOriginalMessage()).replaceAll(" \\(start marker at .*", "");
      return "no valid JSON" + where + ": " + what.lines().findFirst().orElse("");
    }
    if (error instanceof EOFException || error instanceof ZipException) {
      return "the gzipped file is damaged or ends too early: " + message;
    }
    return message;
  }

  IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(what);
  }

  /** Returns the next token, which must be there. */
  JsonToken next() throws IOException {
    JsonToken token = parser.nextToken();
    if (token == null) {
      throw wrong("the file ends too early");
    }
    return token;
  }

  /** Goes to the next field of an object; null at its end. */
  String nextField() throws IOException {
    String name = parser.nextFieldName();
    if (name == null && parser.currentToken() != JsonToken.END_OBJECT) {
      throw wrong("the file ends too early");
    }
    return name;
  }

  /** Passes over the value that comes next. */
  void skip() throws IOException {
    next();
    parser.skipChildren();
  }

  /** Reads the list that comes next, entry by entry; each must be an object. */
  void entries(String name, Body each) throws IOException {
    list = name;
    entry = 0;
    require(next(), JsonToken.START_ARRAY, "a list");
    for (JsonToken token = next(); token != JsonToken.END_ARRAY; token = next()) {
      entry++;
      require(token, JsonToken.START_OBJECT, "an object");
      each.read();
    }
    list = "";
    entry = 0;
  }

  /** Makes sure that nothing follows. */
  void end() throws IOException {
    if (parser.nextToken() != null) {
      throw wrong("something follows after the end");
    }
  }

  void require(JsonToken found, JsonToken expected, String what) {
    if (found != expected) {
      throw wrong("expected " + what + ", found " + describe(found));
    }
  }

  private static String describe(JsonToken token) {
    return switch (token) {
      case START_ARRAY -> "a list";
      case START_OBJECT -> "an object";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "true or false";
      case VALUE_NULL -> "null";
      default -> "the end";
    };
  }

  /** Returns the whole number that comes next; {@code 3.0} is one. */
  long integer(String field) throws IOException {
    return integerOf(field, next());
  }

  private long integerOf(String field, JsonToken token) throws IOException {
    if (token == JsonToken.VALUE_NUMBER_INT) {
      return parser.getLongValue();
    }
    if (token == JsonToken.VALUE_NUMBER_FLOAT) {
      double value = parser.getDoubleValue();
      if (value == Math.rint(value) && Math.abs(value) < 1L << 53) {
        return (long) value;
      }
      throw wrong(field + ": expected a whole number, found " + value);
    }
    throw wrong(field + ": expected a whole number, found " + describe(token));
  }

  /** Returns the number that comes next. */
  double number(String field) throws IOException {
    return numberOf(field, next());
  }

  private double numberOf(String field, JsonToken token) throws IOException {
    if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
      throw wrong(field + ": expected a number, found " + describe(token));
    }
    double value = token == JsonToken.VALUE_NUMBER_FLOAT ? decimal() : parser.getDoubleValue();
    if (!Double.isFinite(value)) {
      throw wrong(field + ": must be finite, is " + value);
    }
    return value;
  }

  private double decimal() throws IOException {
    double value =
        ShortDecimal.of(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
    return Double.isNaN(value) ? parser.getDoubleValue() : value;
  }

  /** Returns the flag that comes next: a number that is not 0, or true. */
  boolean flag(String field) throws IOException {
    JsonToken token = next();
    return switch (token) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> numberOf(field, token) != 0;
    };
  }

  /** Returns the string that comes next. */
  String string(String field) throws IOException {
    JsonToken token = next();
    if (token != JsonToken.VALUE_STRING) {
      throw wrong(field + ": expected a string, found " + describe(token));
    }
    return parser.getText();
  }

  /** Returns the whole numbers of the list that comes next. */
  long[] integers(String field) throws IOException {
    return integersHere(field, next());
  }

  /** Returns the whole numbers of the list that begins with a token. */
  long[] integersHere(String field, JsonToken first) throws IOException {
    requireList(field, first);
    long[] values = new long[8];
    int count = 0;
    for (JsonToken token = next(); token != JsonToken.END_ARRAY; token = next()) {
      if (count == values.length) {
        values = Arrays.copyOf(values, 2 * count);
      }
      values[count++] = integerOf(field, token);
    }
    return Arrays.copyOf(values, count);
  }

  private void requireList(String field, JsonToken token) {
    if (token != JsonToken.START_ARRAY) {
      throw wrong(field + ": expected a list of numbers, found " + describe(token));
    }
  }

  /** Returns the numbers of the list that comes next. */
  double[] numbers(String field) throws IOException {
    requireList(field, next());
    return numbersHere(field);
  }

  /** Returns the numbers of the list that the parser is in. */
  double[] numbersHere(String field) throws IOException {
    int count = 0;
    for (JsonToken token = next(); token != JsonToken.END_ARRAY; token = next()) {
      if (count == numbers.length) {
        numbers = Arrays.copyOf(numbers, 2 * count);
      }
      numbers[count++] = numberOf(field, token);
    }
    return Arrays.copyOf(numbers, count);
  }

  /**
   * Returns the bytes of the string that the parser is at; other characters become none of them.
   */
  byte[] bytesHere() throws IOException {
    char[] text = parser.getTextCharacters();
    int from = parser.getTextOffset();
    byte[] bytes = new byte[parser.getTextLength()];
    for (int i = 0; i < bytes.length; i++) {
      char c = text[from + i];
      bytes[i] = c < 128 ? (byte) c : 0;
    }
    return bytes;
  }
}
