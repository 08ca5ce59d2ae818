package org.equipoise.experiments.data.inspection;

/**
 * A file that cannot be read.
 *
 * @param split the split that it lies in
 * @param name its name below the folder, with slashes
 * @param reason what is wrong with it, to follow its name
 */
public record DamagedFile(String split, String name, String reason) {}
