package org.equipoise.experiments.data.cifar;

/**
 * A binary file of the official release.
 *
 * @param name its name within the folder
 * @param images how many images it holds
 * @param sha256 its SHA-256, 64 lower-case hex digits
 */
record PublishedFile(String name, int images, String sha256) {}
