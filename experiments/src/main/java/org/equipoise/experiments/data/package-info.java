/** Data sets, their file formats, and examples on their way into a model. */
package org.equipoise.experiments.data;
