package org.equipoise.experiments.data.inspection;

/**
 * An image file of a folder.
 *
 * @param split the split that it lies in
 * @param className its class
 * @param name its name below the folder, with slashes
 */
public record PlacedFile(String split, String className, String name) {}
