/** Long-tailed subsets of balanced data sets, the very ones of the published benchmarks. */
package org.equipoise.experiments.data.longtail;
