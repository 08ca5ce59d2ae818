/**
 * Metrics of classification. States hold whole numbers, so that shards merge exactly; what is
 * undefined is absent. Equal scores are ordered by class id, the lowest first.
 */
package org.equipoise.evaluation.classification;
