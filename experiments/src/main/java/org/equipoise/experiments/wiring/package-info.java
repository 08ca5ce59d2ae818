/** Guice wiring of what all runs share. */
package org.equipoise.experiments.wiring;
