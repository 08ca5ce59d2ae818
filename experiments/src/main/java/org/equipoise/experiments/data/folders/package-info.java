/** Data sets of image files: a folder a class, or a list. */
package org.equipoise.experiments.data.folders;
