package org.equipoise.api.data;

import java.nio.file.Path;

/**
 * Where a data set finds its files.
 *
 * @param directory the folder of data sets; it need not exist
 * @param acceptUnverified whether well-formed files with another checksum than the published one
 *     are accepted (and recorded)
 */
public record DataContext(Path directory, boolean acceptUnverified) {}
