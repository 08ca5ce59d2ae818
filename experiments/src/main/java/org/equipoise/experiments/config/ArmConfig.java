package org.equipoise.experiments.config;

import org.equipoise.api.method.MethodSpec;

/**
 * One arm of an experiment.
 *
 * @param id its name in reports and folders: letters, digits, {@code .}, {@code _} and {@code -}
 * @param method what it does
 */
public record ArmConfig(String id, MethodSpec method) {}
