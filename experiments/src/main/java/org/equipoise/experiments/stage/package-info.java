/** Stages by content: which computation a stage is, whatever method or arm asks for it. */
package org.equipoise.experiments.stage;
