package org.equipoise.experiments.run;

import java.nio.file.Path;

/**
 * Where relative paths of a pretrained model's files start.
 *
 * @param directory the folder of data sets
 */
record ModelFiles(Path directory) {}
