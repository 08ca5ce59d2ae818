/**
 * The native engine: threads, seeds, gradient mode.
 *
 * <p>The only package that knows which engine it is; everything else speaks DJL's neutral API.
 */
package org.equipoise.experiments.engine;
