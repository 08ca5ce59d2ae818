/** The training loop: one stage in, weights out, resumable at any step. */
package org.equipoise.experiments.training;
