package org.equipoise.evaluation.detection;

import java.util.Optional;

/**
 * A category.
 *
 * @param id its id in files
 * @param name its name
 * @param frequency its group; LVIS has them
 */
public record Category(long id, String name, Optional<FrequencyGroup> frequency) {}
