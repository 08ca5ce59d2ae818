package org.equipoise.experiments.data.images;

/**
 * A decoded image.
 *
 * @param height rows, &gt;= 1
 * @param width columns, &gt;= 1
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param values unsigned bytes, (height, width, channels), row-major; never changed
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared: an array of pixels on its way.
record Pixels(int height, int width, int channels, byte[] values) {}
