/** The parts that configs can name: found by {@code ServiceLoader}, checked, listed. */
package org.equipoise.experiments.registry;
