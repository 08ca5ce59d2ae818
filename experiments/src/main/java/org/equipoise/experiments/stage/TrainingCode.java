package org.equipoise.experiments.stage;

/**
 * What trains the stages, as far as it changes their results.
 *
 * @param root the class where training starts; the code of all Equipoise classes that it reaches
 *     becomes part of every stage's key
 * @param engine engine and native library with their versions, such as {@code PyTorch 2.7.1 cpu
 *     linux-x86_64}
 */
public record TrainingCode(Class<?> root, String engine) {}
