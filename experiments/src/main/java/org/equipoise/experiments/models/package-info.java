/** Backbones, and the network that a backbone and a head make. */
package org.equipoise.experiments.models;
