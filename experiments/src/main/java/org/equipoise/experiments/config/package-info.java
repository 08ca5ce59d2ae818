/** The config of an experiment: what a user writes, as records with every default spelled out. */
package org.equipoise.experiments.config;
