/**
 * Stages by content: which computation a stage is, whatever method or arm asks for it, and the
 * cache that keeps its result for all of them.
 */
package org.equipoise.experiments.stage;
