/** Statistics over the seeds of an experiment: spread, tests of a difference, intervals. */
package org.equipoise.evaluation.statistics;
