/** Plans: every run of an experiment as a value, before anything runs. */
package org.equipoise.experiments.plan;
