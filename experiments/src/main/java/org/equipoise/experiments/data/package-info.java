/** Data sets, their file formats, and images on their way into a model. */
package org.equipoise.experiments.data;
