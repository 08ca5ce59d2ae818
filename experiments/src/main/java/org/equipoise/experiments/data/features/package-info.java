/** Tables of precomputed features as data sets. */
package org.equipoise.experiments.data.features;
