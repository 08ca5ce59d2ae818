/** Statistics over the seeds of an experiment. */
package org.equipoise.evaluation.statistics;
