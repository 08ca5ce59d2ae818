/** The outside of safetensors files: what lies where, and whether that can be so. */
package org.equipoise.experiments.safetensors;
