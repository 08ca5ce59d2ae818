/** Records: what a run leaves behind, and all that reports read. */
package org.equipoise.experiments.record;
