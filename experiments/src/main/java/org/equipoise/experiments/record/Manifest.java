package org.equipoise.experiments.record;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run was made from: data, code and machine.
 *
 * @param data SHA-256 (hex) of what was read, by file or split name
 * @param code SHA-256 (hex) of the code of every part used, by part
 * @param environment Java, operating system, processor, engine, threads
 */
public record Manifest(
    SortedMap<String, String> data, SortedMap<String, String> code, Environment environment) {

  /** The name of a manifest's file in the folder of its run. */
  public static final String FILE = "manifest.json";

  /** Copies the maps. */
  public Manifest {
    data = Collections.unmodifiableSortedMap(new TreeMap<>(data));
    code = Collections.unmodifiableSortedMap(new TreeMap<>(code));
  }
}
